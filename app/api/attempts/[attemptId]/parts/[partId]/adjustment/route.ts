import { adjustPart, removeAdjustment } from '@/lib/adjustments/mutations'
import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAttempt } from '@/lib/auth/gate'

export const PUT = route(contracts.adjustPart, async ({ viewer, params, body }) =>
  adjustPart(await authorizeAttempt(viewer, params.attemptId, 'score.adjust'), params.partId, body),
)

export const DELETE = route(contracts.removeAdjustment, async ({ viewer, params, query }) =>
  removeAdjustment(
    await authorizeAttempt(viewer, params.attemptId, 'score.adjust'),
    params.partId,
    query.adjustedAt,
  ),
)
