import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { setTags } from '@/lib/bank/mutations'

export const PUT = route(contracts.setTags, async ({ viewer, params, body }) =>
  setTags(await authorizeQuestion(viewer, params, 'question.edit'), body.tags),
)
