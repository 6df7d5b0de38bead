import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { KeepOnDevice } from '@/app/offline/keep-on-device'
import { openPage } from '@/app/open-page'
import { Problem } from '@/lib/api/problem'
import { readAttempt } from '@/lib/attempts/data'
import { authorizeAssignment, authorizeOwnAttempt } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
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
  const attempt = await openPage(async () => {
    await authorizeAssignment(viewer, { courseSlug: course, assignmentSlug: assignment }, 'attempt.read')
    try {
      return await readAttempt(
        await authorizeOwnAttempt(viewer, { courseSlug: course, assignmentSlug: assignment }, 'attempt.read'),
      )
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return null
      throw error
    }
  })
  if (!attempt) redirect(address)
  return (
    <AttemptProvider attempt={attempt}>
      {children}
      <KeepOnDevice owner={viewer.userId} address={address} />
    </AttemptProvider>
  )
}
