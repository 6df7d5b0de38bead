import { readingOfRequest } from '@/app/request-reading'
import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeOwnAttempt } from '@/lib/auth/gate'
import { submitAttempt } from '@/lib/submission/mutations'

export const POST = route(contracts.submitAttempt, async ({ request, viewer, params }) =>
  submitAttempt(await authorizeOwnAttempt(viewer, params, 'attempt.submit'), readingOfRequest(request)),
)
