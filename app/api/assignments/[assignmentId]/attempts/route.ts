import { readingOfRequest } from '@/app/request-reading'
import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment } from '@/lib/auth/gate'

export const POST = route(contracts.startAttempt, async ({ request, viewer, params, query }) =>
  startAttempt(
    await authorizeAssignment(viewer, params, 'attempt.start'),
    query.number,
    readingOfRequest(request),
  ),
)
