import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { formatCsv } from '@/lib/interchange/csv'
import { readPartPoints, readScoreboard } from '@/lib/scoreboard/data'
import { recordExport } from '@/lib/scoreboard/mutations'
import { scoreTable } from '@/lib/scoreboard/score-table'

export const GET = route(contracts.exportScores, async ({ viewer, params, query }) => {
  const access = await authorizeAssignment(viewer, params, 'assignment.overview')
  const [board, points] = await Promise.all([
    readScoreboard(access, query.section, 'current'),
    readPartPoints(access),
  ])
  await recordExport(access, board)
  return new Response(formatCsv(scoreTable(board, points)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="scores.csv"',
      'Cache-Control': 'no-store',
    },
  })
})
