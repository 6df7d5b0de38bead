'use client'

import { Clock } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useMomentFormat } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import { ReopenedLine } from '@/app/components/reopened-line'
import { nextChange, noteServerClock, useServerClock, wordChange } from '@/app/components/time-left'
import type { AttemptTime } from '@/lib/attempts/data'
import { useAttempt } from './attempt-provider'
import { RestorationNote } from './restoration-note'

/** Milliseconds between two questions to the server: an extension shows within this time. */
const between = 60_000
/** Minutes left at which the time is spoken. */
const spokenAt = [30, 10, 5, 1]

/** What the server says of an attempt while it is open, above its questions: its time, and what happened to it. */
export function AttemptClock({
  attemptId,
  given,
  address,
}: {
  attemptId: string
  given: AttemptTime
  address: string
}) {
  const time = useAttemptTime(attemptId, given)
  const { askServer } = useAttempt()
  const restoredAt = time.restoration?.restoredAt
  const isNews = restoredAt !== given.restoration?.restoredAt
  useEffect(() => {
    if (isNews && restoredAt) void askServer()
  }, [isNews, restoredAt, askServer])
  return (
    <>
      <TimeLine time={time} wasOpen={!given.submittedAt} address={address} />
      {time.reopenedAt && !time.submittedAt && (
        <p className={`${line} text-ink!`} role="status" data-testid="reopened">
          <ReopenedLine time={time} />
        </p>
      )}
      {!time.submittedAt && <RestorationNote restoration={time.restoration} />}
    </>
  )
}

/**
 * The time that is left: the number in the header, where it is always seen, and its reason at the top of the page. It
 * follows extensions, and when time is over it shows what the server has submitted.
 * @param wasOpen whether the attempt was open when the page was drawn
 */
function TimeLine({ time, wasOpen, address }: { time: AttemptTime; wasOpen: boolean; address: string }) {
  const messages = useMessages()
  const moment = useMomentFormat()
  const now = useServerClock(time.now)
  const change = nextChange(time, now)
  const spoken = useSpoken(change?.left ?? null, messages.time.left)
  const end = time.boundaries.at(-1)
  if (time.submittedAt && wasOpen)
    return (
      <p className={line} role="status">
        {messages.time.submittedByServer}{' '}
        <Link href={`${address}/result`} className="link">
          {messages.assignment.result}
        </Link>
      </p>
    )
  if (time.submittedAt || !end) return null
  if (!change)
    return (
      <p className={line} role="status">
        {messages.time.over}
      </p>
    )
  const urgent =
    change.left < 5 * 60_000 && (change.boundary.kind === 'closes' || change.boundary.kind === 'time-limit')
  return (
    <>
      <div className="pointer-events-none fixed inset-x-0 top-0 z-30 h-(--header-height)">
        <div className="mx-auto flex h-full max-w-[1440px] items-center px-4 sm:px-6 lg:px-10">
          <p
            aria-hidden="true"
            className={`numbers ml-27 flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-13 ${urgent ? 'border-warn/40 bg-warn-soft text-warn' : 'bg-raised text-quiet'}`}
          >
            <Clock size={14} />
            {messages.time.span(change.left)}
          </p>
        </div>
      </div>
      <p className={`${line} numbers`} role="timer" data-testid="time-left">
        {wordChange(change.boundary, change.left, moment, messages)}
        {time.creditPercent < 100 && ` ${messages.time.creditNow(time.creditPercent)}`}
      </p>
      <p className="sr-only" role="status">
        {spoken}
      </p>
    </>
  )
}

const line = 'mx-auto w-full max-w-[1440px] px-4 pt-3 text-13 text-quiet sm:px-6 lg:px-10'

/** Asks the server for the time again each minute, on coming back to the tab, and when time should be over. */
function useAttemptTime(attemptId: string, given: AttemptTime): AttemptTime {
  const router = useRouter()
  const { closed, reopen } = useAttempt()
  const isClosed = useRef(closed)
  useEffect(() => {
    isClosed.current = closed
  }, [closed])
  const [time, setTime] = useState(given)
  useEffect(() => setTime(given), [given])
  const ask = useCallback(async () => {
    try {
      const askedAt = Date.now()
      const wasClosed = isClosed.current
      const response = await fetch(`/api/attempts/${attemptId}/time`, { signal: AbortSignal.timeout(10_000) })
      if (!response.ok) return
      const fresh = (await response.json()) as AttemptTime
      noteServerClock(fresh.now, askedAt, Date.now())
      setTime(fresh)
      // Submitted by now, or open again after an extension: the page shows it as the server has it.
      if (Boolean(fresh.submittedAt) !== Boolean(given.submittedAt)) router.refresh()
      else if (wasClosed && !fresh.submittedAt && isRunning(fresh)) reopen()
    } catch {
      // No network: the clock goes on by what it knows, and asks again.
    }
  }, [attemptId, given.submittedAt, reopen, router])
  useEffect(() => {
    // The page may have been kept on the device. A class that starts together should not ask together.
    const timer = setTimeout(() => void ask(), 1000 + Math.random() * 4000)
    return () => clearTimeout(timer)
  }, [ask])
  const over = time.boundaries.at(-1)?.at ?? null
  useEffect(() => {
    // What the server submitted may be opened again by an extension; what the student did is final.
    if (time.submittedAt && !time.submittedByServer) return
    const ended =
      over === null || time.submittedAt ? Number.POSITIVE_INFINITY : Date.parse(over) - Date.parse(time.now)
    const untilSubmitted = ended + (time.graceSeconds + 1) * 1000
    // A class that started together should not ask together.
    const wait = Math.min(between * (1 + Math.random() / 4), Math.max(2000, untilSubmitted))
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible' || untilSubmitted <= between) void ask()
      else setTime((known) => ({ ...known }))
    }, wait)
    const onReturn = () => {
      if (document.visibilityState === 'visible') void ask()
    }
    document.addEventListener('visibilitychange', onReturn)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onReturn)
    }
  }, [ask, over, time])
  return time
}

/** Whether the server's time for the attempt has not run out. */
function isRunning(time: AttemptTime): boolean {
  const end = time.boundaries.find(({ kind }) => kind === 'closes' || kind === 'time-limit')
  return time.running && (!end || Date.parse(end.at) > Date.parse(time.now))
}

/** @returns what is spoken: the time left, once at each of a few moments. */
function useSpoken(left: number | null, word: (minutes: number) => string): string {
  const last = useRef<number | null>(null)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const due = left === null ? null : (spokenAt.findLast((minutes) => left <= minutes * 60_000) ?? null)
    if (due !== null && last.current !== due && left !== null && left > (due - 1) * 60_000)
      setSpoken(word(due))
    last.current = due
  }, [left, word])
  return spoken
}
