import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { createQuestion } from '@/lib/studio/mutations'

export const POST = route(contracts.createQuestion, async ({ viewer, params, body }) =>
  createQuestion(await authorizeAssignment(viewer, params, 'question.edit'), body),
)
