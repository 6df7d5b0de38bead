import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { KeepOnDevice } from '@/app/offline/keep-on-device'
import { openPage } from '@/app/open-page'
import { Problem } from '@/lib/api/problem'
import { readAttempt, readAttemptTime } from '@/lib/attempts/data'
import { authorizeAssignment, authorizeOwnAttempt } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { submitOwnEnded } from '@/lib/submission/mutations'
import { AttemptClock } from './attempt-clock'
import { AttemptProvider } from './attempt-provider'

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
  const viewer = await requirePageViewer(address)
  const opened = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    await submitOwnEnded(await authorizeAssignment(viewer, names, 'attempt.read'))
    try {
      const access = await authorizeOwnAttempt(viewer, names, 'attempt.read')
      const [attempt, time] = await Promise.all([readAttempt(access), readAttemptTime(access)])
      return { attempt, time }
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return null
      throw error
    }
  })
  if (!opened) redirect(address)
  const { attempt, time } = opened
  return (
    <AttemptProvider attempt={attempt}>
      <AttemptClock attemptId={attempt.attemptId} given={time} address={address} />
      {children}
      <KeepOnDevice owner={viewer.userId} address={address} />
    </AttemptProvider>
  )
}
