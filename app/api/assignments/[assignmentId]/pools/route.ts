import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { setPools } from '@/lib/pools/mutations'

export const PUT = route(contracts.setPools, async ({ viewer, params, body }) => {
  const { revision } = await setPools(await authorizeAssignment(viewer, params, 'question.edit'), body)
  return { set: true as const, revision }
})
