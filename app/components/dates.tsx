'use client'

import { useMomentFormat } from './local-time'
import { useMessages } from './preferences'

/**
 * When an assignment opens, is due and closes, said as far as it still matters.
 * @param now server time in milliseconds, so that a wrong clock on the device says nothing wrong
 */
export function Dates({
  dates,
  now,
}: {
  dates: { readonly opensAt: string | null; readonly dueAt: string | null; readonly closesAt: string | null }
  now: number
}) {
  const { time } = useMessages()
  const moment = useMomentFormat()
  const left = (iso: string) => Date.parse(iso) - now
  const lines: string[] = []
  if (dates.opensAt && left(dates.opensAt) > 0)
    lines.push(time.opens(moment(dates.opensAt), time.relative(left(dates.opensAt))))
  if (dates.dueAt)
    lines.push(
      left(dates.dueAt) > 0
        ? time.due(moment(dates.dueAt), time.relative(left(dates.dueAt)))
        : time.overdue(moment(dates.dueAt)),
    )
  if (dates.closesAt && dates.closesAt !== dates.dueAt)
    lines.push(
      left(dates.closesAt) > 0
        ? time.closes(moment(dates.closesAt), time.relative(left(dates.closesAt)))
        : time.closed(moment(dates.closesAt)),
    )
  return <>{lines.length > 0 ? lines.join(' · ') : time.noDates}</>
}
