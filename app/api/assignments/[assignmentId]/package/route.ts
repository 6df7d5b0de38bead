import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { exportPackage } from '@/lib/authoring/service'

export const GET = route(contracts.exportPackage, async ({ viewer, params }) => {
  const { name, zip } = await exportPackage(await authorizeAssignment(viewer, params, 'assignment.settings'))
  return new Response(new Uint8Array(zip), {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    },
  })
})
