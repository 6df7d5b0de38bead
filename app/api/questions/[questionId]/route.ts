import { contracts } from '@/lib/api/contracts'
import { Problem } from '@/lib/api/problem'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { readQuestionForStaff } from '@/lib/questions/data'

export const GET = route(contracts.readQuestion, async ({ viewer, params }) => {
  const { questionId } = await authorizeQuestion(viewer, params, 'question.read-key')
  const question = await readQuestionForStaff(questionId)
  if (!question) throw new Problem('not-found', `question ${questionId} has no version`)
  return question
})
