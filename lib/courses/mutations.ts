import type { ResultView } from '@/lib/attempts/view'
import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess } from '@/lib/auth/gate'
import { readPreview } from '@/lib/courses/front-page/data'
import type { Preview } from '@/lib/courses/view'
import { staffDatabase } from '@/lib/database/staff'
import { readResultPreview } from '@/lib/grading/data'

/**
 * What a student sees, shown to staff, and noted in the history.
 * @returns with the result of the latest attempt that had been submitted by then; null: none had.
 * @throws Problem `not-found` when there is no such student in the course.
 */
export async function previewAssignment(
  access: AssignmentAccess<'student.preview'>,
  userId: string,
  at: Date,
): Promise<Preview & { readonly result: ResultView | null }> {
  const preview = await readPreview(access, userId, at)
  const latest = preview.releases.at(-1)
  const result = latest ? await readResultPreview(access, userId, latest.number, at) : null
  await recordAudit(staffDatabase, {
    actorId: access.viewer.userId,
    action: 'student.preview',
    actingAs: `user:${userId}`,
    subject: `assignment:${access.assignmentId} user:${userId}`,
    after: { at: at.toISOString() },
  })
  return { ...preview, result }
}
