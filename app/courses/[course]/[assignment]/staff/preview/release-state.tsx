'use client'

import { useMomentFormat } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import type { ReleaseLine } from '@/lib/courses/view'
import { useDatesMessages } from '../dates/messages/use-dates-messages'

/** Whether the student sees score and key of each attempt at the moment of the preview, and when that begins. */
export function ReleaseState({ releases, now }: { releases: readonly ReleaseLine[]; now: string }) {
  const { preview, score, key } = useDatesMessages()
  const { colon } = useMessages().common
  const moment = useMomentFormat()
  const word = (at: string | null) =>
    at === null
      ? preview.hidden
      : Date.parse(at) <= Date.parse(now)
        ? preview.visible
        : preview.from(moment(at))
  if (releases.length === 0) return null
  return (
    <ul className="mt-3 text-13">
      {releases.map(({ number, scoreAt, keyAt }) => (
        <li key={number}>
          {preview.attempt(number)} {score + colon + word(scoreAt)} · {key + colon + word(keyAt)}
        </li>
      ))}
    </ul>
  )
}
