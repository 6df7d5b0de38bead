import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { KeepOnDevice } from '@/app/offline/keep-on-device'
import { AttemptClock } from './attempt-clock'
import { AttemptProvider } from './attempt-provider'
import { LostAttempt } from './lost-attempt'
import { openAttempt } from './open-attempt'

/** Loads the attempt once for all of its questions and the review. Who has not started is led to the start. */
export default async function AttemptLayout({
  params,
  children,
}: {
  params: Promise<{ course: string; assignment: string }>
  children: ReactNode
}) {
  const { course, assignment } = await params
  const address = `/courses/${course}/${assignment}`
  const opened = await openAttempt(course, assignment)
  if (!opened) redirect(address)
  const { viewer, attempt, time } = opened
  return (
    // A tab that is open on one attempt when the next one begins takes that one up as a whole, with what saves its answers.
    <AttemptProvider key={attempt.attemptId} drawn={JSON.stringify(attempt)} owner={viewer.userId}>
      <AttemptClock attemptId={attempt.attemptId} given={time} address={address} />
      <LostAttempt />
      {children}
      <KeepOnDevice owner={viewer.userId} attemptId={attempt.attemptId} address={address} />
    </AttemptProvider>
  )
}
