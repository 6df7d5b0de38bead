import { cache } from 'react'
import { openPage } from '@/app/open-page'
import { Problem } from '@/lib/api/problem'
import { readAttemptAndTime } from '@/lib/attempts/data'
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
    try {
      const access = await authorizeOwnAttempt(viewer, names, 'attempt.read')
      await submitOwnEnded(access)
      return { viewer, ...(await readAttemptAndTime(access)) }
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'not-found')) throw error
      // No attempt, or none of the viewer's business: the refusal says which.
      await authorizeAssignment(viewer, names, 'attempt.read')
      return null
    }
  })
})
