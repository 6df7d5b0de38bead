import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { publishQuestion } from '@/lib/questions/mutations'
import { readQuestionHistory } from '@/lib/studio/data'

export const GET = route(contracts.readQuestionHistory, async ({ viewer, params }) =>
  readQuestionHistory(await authorizeQuestion(viewer, params, 'question.edit')),
)

export const POST = route(contracts.publishQuestion, async ({ viewer, params, body }) =>
  publishQuestion(await authorizeQuestion(viewer, params, 'question.edit'), body),
)
