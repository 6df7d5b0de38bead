import { recordAudit } from '@/lib/audit/mutations'
import type { AssignmentAccess } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { readExport } from '@/lib/scoreboard/data'
import type { Scoreboard } from '@/lib/scoreboard/view'

/** Remembers which scores leave Vitrine as a table, so that a regrade can say which of them it makes old. */
export async function recordExport(
  access: AssignmentAccess<'assignment.overview'>,
  board: Scoreboard,
): Promise<void> {
  const scored = board.students.filter((student) => student.points !== null)
  await staffDatabase.$transaction(async (transaction) => {
    const before = await readExport(transaction, access.assignmentId)
    const row = {
      at: new Date(board.at),
      actorId: access.viewer.userId,
      // A section that leaves alone does not call back the others' scores.
      scores: {
        ...Object.fromEntries(before?.scores ?? []),
        ...Object.fromEntries(scored.map(({ userId, points }) => [userId, points])),
      },
    }
    await transaction.scoreExport.upsert({
      where: { assignmentId: access.assignmentId },
      create: { assignmentId: access.assignmentId, ...row },
      update: row,
    })
    await recordAudit(transaction, {
      actorId: access.viewer.userId,
      action: 'scores.export',
      subject: `assignment:${access.assignmentId}`,
      after: { students: scored.length },
    })
  })
}
