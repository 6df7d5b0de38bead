'use client'

import { useEffect, useState } from 'react'
import type { Messages } from '@/app/messages/messages'
import type { BoundaryView, TimeView } from '@/lib/timing/view'
import { useMomentFormat } from './local-time'
import { useMessages } from './preferences'

const offsetName = 'vitrine.clock'

/** Notes how far the server's clock is ahead of this device's, in milliseconds, for pages that are shown offline. */
export function noteServerClock(serverNow: string, askedAt: number, answeredAt: number): void {
  try {
    localStorage.setItem(offsetName, String(Math.round(Date.parse(serverNow) - (askedAt + answeredAt) / 2)))
  } catch {
    // No storage: a page that was kept counts from when it was drawn.
  }
}

function notedOffset(): number | null {
  try {
    const noted = localStorage.getItem(offsetName)
    return noted === null ? null : Number(noted)
  } catch {
    return null
  }
}

/** When this browser first saw a time of the server, by that time: a drawing that is shown again is older than it says. */
const firstSeen = new Map<string, number>()

/**
 * The server's clock in milliseconds, running; this device's may be wrong and only measures what has passed. A page that
 * was kept on the device is older than it says: the offset that was noted last tells by how much.
 * @param serverNow what the server said, ISO 8601
 */
export function useServerClock(serverNow: string): number {
  const drawn = Date.parse(serverNow)
  const [now, setNow] = useState(drawn)
  useEffect(() => {
    const seen = firstSeen.get(serverNow) ?? Date.now()
    firstSeen.set(serverNow, seen)
    const tick = () => {
      const counted = drawn + Date.now() - seen
      const offset = notedOffset()
      // The server's time is never earlier than what it said.
      setNow(offset === null ? counted : Math.max(drawn, Date.now() + offset))
    }
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [drawn, serverNow])
  return now
}

/** @returns what changes next for the student, and in how many milliseconds; null: nothing does. */
export function nextChange(time: TimeView, now: number): { boundary: BoundaryView; left: number } | null {
  const boundary = time.boundaries.find(({ at }) => Date.parse(at) > now)
  return boundary ? { boundary, left: Date.parse(boundary.at) - now } : null
}

/** The one number that the student needs, with its reason: "Closes in 23 min: the assignment closes at 18:00". */
export function TimeLeft({ time }: { time: TimeView }) {
  const messages = useMessages()
  const moment = useMomentFormat()
  const now = useServerClock(time.now)
  const change = nextChange(time, now)
  if (!change) {
    const end = time.boundaries.at(-1)
    return <>{end ? messages.time.closed(moment(end.at)) : messages.time.noDates}</>
  }
  return <>{wordChange(change.boundary, change.left, moment, messages)}</>
}

export function wordChange(
  { kind, at, creditPercent }: BoundaryView,
  left: number,
  moment: (iso: string) => string,
  { time }: Messages,
): string {
  const span = time.span(left)
  switch (kind) {
    case 'opens':
      return time.opensIn(span, moment(at))
    case 'due':
      return time.dueIn(span, moment(at), creditPercent)
    case 'credit':
      return time.creditIn(span, moment(at), creditPercent)
    case 'closes':
      return time.closesIn(span, moment(at))
    case 'time-limit':
      return time.limitIn(span, moment(at))
  }
}
