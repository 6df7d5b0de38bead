import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess } from '@/lib/auth/gate'
import { readPreview } from '@/lib/courses/data'
import type { Preview } from '@/lib/courses/view'
import { staffDatabase } from '@/lib/database/staff'

/**
 * What a student sees, shown to staff, and noted in the history.
 * @throws Problem `not-found` when there is no such student in the course.
 */
export async function previewAssignment(
  access: AssignmentAccess<'student.preview'>,
  userId: string,
  at: Date,
): Promise<Preview> {
  const preview = await readPreview(access, userId, at)
  await recordAudit(staffDatabase, {
    actorId: access.viewer.userId,
    action: 'student.preview',
    actingAs: `user:${userId}`,
    subject: `assignment:${access.assignmentId} user:${userId}`,
    after: { at: at.toISOString() },
  })
  return preview
}
