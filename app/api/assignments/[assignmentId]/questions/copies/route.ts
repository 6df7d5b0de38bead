import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeAssignment } from '@/lib/auth/gate'
import { copyQuestions } from '@/lib/bank/mutations'

export const POST = route(contracts.copyQuestions, async ({ viewer, params, body }) => ({
  questions: await copyQuestions(
    await authorizeAssignment(viewer, params, 'question.edit'),
    body.questionIds,
  ),
}))
