import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeRegrade } from '@/lib/auth/gate'
import { formatCsv } from '@/lib/interchange/csv'
import { readRegrade } from '@/lib/regrading/data'
import { moveTable } from '@/lib/regrading/move-table'

export const GET = route(contracts.exportRegrade, async ({ viewer, params }) => {
  const regrade = await readRegrade(await authorizeRegrade(viewer, params, 'regrade.draft'))
  return new Response(formatCsv(moveTable(regrade.attempts)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="regrade-${regrade.number}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
})
