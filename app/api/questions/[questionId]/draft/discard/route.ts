import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { discardDraft } from '@/lib/studio/mutations'

export const POST = route(contracts.discardDraft, async ({ viewer, params, body }) =>
  discardDraft(await authorizeQuestion(viewer, params, 'question.edit'), body.revision),
)
