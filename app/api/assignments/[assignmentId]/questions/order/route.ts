import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { orderQuestions } from '@/lib/studio/mutations'

export const PUT = route(contracts.orderQuestions, async ({ viewer, params, body }) =>
  orderQuestions(await authorizeAssignment(viewer, params, 'question.edit'), body.questionIds),
)
