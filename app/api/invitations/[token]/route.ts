import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { acceptInvitation } from '@/lib/invitations/mutations'

export const POST = route(contracts.acceptInvitation, async ({ params, body }) =>
  acceptInvitation(params.token, body.password),
)
