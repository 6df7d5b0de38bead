'use client'

import { useMomentFormat } from './local-time'
import { useMessages } from './preferences'

/** When the attempt was submitted, in the student's time zone, and its receipt. */
export function SubmissionLine({ submittedAt, receipt }: { submittedAt: string; receipt: string | null }) {
  const messages = useMessages()
  const moment = useMomentFormat()
  return (
    <>
      {messages.assignment.submittedAt(moment(submittedAt))}
      {receipt && (
        <>
          {' · '}
          {messages.review.receipt} <span className="font-mono text-13">{receipt}</span>
        </>
      )}
    </>
  )
}

/** Says when a score that is held back will be released, if that is known. */
export function ReleaseLine({ releasedAt }: { releasedAt: string | null }) {
  const { result } = useMessages()
  const moment = useMomentFormat()
  return <>{releasedAt ? result.notReleasedUntil(moment(releasedAt)) : result.notReleased}</>
}

/** The same of a key that is held back. */
export function KeyReleaseLine({ releasedAt }: { releasedAt: string | null }) {
  const { result } = useMessages()
  const moment = useMomentFormat()
  return <>{releasedAt ? result.keyNotReleasedUntil(moment(releasedAt)) : result.keyNotReleased}</>
}
