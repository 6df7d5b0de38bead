import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { archiveQuestion } from '@/lib/studio/mutations'

export const PUT = route(contracts.archiveQuestion, async ({ viewer, params, body }) => {
  await archiveQuestion(await authorizeQuestion(viewer, params, 'question.edit'), body.archived)
  return body
})
