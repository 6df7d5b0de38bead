import { cache } from 'react'
import { openPage } from '@/app/open-page'
import { Problem } from '@/lib/api/problem'
import { readAttempt, readAttemptTime } from '@/lib/attempts/data'
import { authorizeAssignment, authorizeOwnAttempt } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { submitOwnEnded } from '@/lib/submission/mutations'

/**
 * The viewer's attempt and its time, read once for the layout and the question in it.
 * @returns null when the viewer has not started.
 */
export const openAttempt = cache(async (course: string, assignment: string) => {
  const viewer = await requirePageViewer(`/courses/${course}/${assignment}`)
  return openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    await submitOwnEnded(await authorizeAssignment(viewer, names, 'attempt.read'))
    try {
      const access = await authorizeOwnAttempt(viewer, names, 'attempt.read')
      const [attempt, time] = await Promise.all([readAttempt(access), readAttemptTime(access)])
      return { viewer, attempt, time }
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-found') return null
      throw error
    }
  })
})
