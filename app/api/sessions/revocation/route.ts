import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { revokeSessions } from '@/lib/auth/mutations'

export const POST = route(contracts.signOutEverywhere, async ({ viewer }) => {
  await revokeSessions(viewer)
  return { revoked: true as const }
})
