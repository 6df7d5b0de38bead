import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { readAssignmentDocument } from '@/lib/authoring/data'
import { formatAssignmentJson } from '@/lib/interchange/assignment-document'

export const GET = route(contracts.exportAssignment, async ({ viewer, params }) => {
  const document = await readAssignmentDocument(
    await authorizeAssignment(viewer, params, 'assignment.settings'),
  )
  return new Response(formatAssignmentJson(document), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="${document.assignment.slug}.json"`,
      'Cache-Control': 'no-store',
    },
  })
})
