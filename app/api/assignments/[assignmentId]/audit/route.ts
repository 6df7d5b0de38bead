import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { readAuditForExport } from '@/lib/audit/data'
import { authorizeAssignment } from '@/lib/auth/gate'
import { formatCsv } from '@/lib/interchange/csv'

export const GET = route(contracts.exportAudit, async ({ viewer, params, query }) => {
  const lines = await readAuditForExport(await authorizeAssignment(viewer, params, 'assignment.audit'), query)
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const table = [
    [
      'at',
      'actor',
      'actor_email',
      'acting_as',
      'action',
      'subject',
      'about',
      'before',
      'after',
      'request_id',
    ],
    ...lines.map((line) => [
      line.at,
      line.actor?.name ?? null,
      line.actor?.email ?? null,
      line.actingAs,
      line.action,
      line.subject,
      line.about,
      json(line.before),
      json(line.after),
      line.requestId,
    ]),
  ]
  return new Response(formatCsv(table), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit.csv"',
      'Cache-Control': 'no-store',
    },
  })
})
