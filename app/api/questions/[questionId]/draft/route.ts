import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { readEditedQuestion } from '@/lib/studio/data'
import { saveDraft } from '@/lib/studio/mutations'

export const GET = route(contracts.readDraft, async ({ viewer, params }) => {
  const { stored } = await readEditedQuestion(await authorizeQuestion(viewer, params, 'question.read-key'))
  return { stored }
})

export const PUT = route(contracts.saveDraft, async ({ viewer, params, body }) =>
  saveDraft(await authorizeQuestion(viewer, params, 'question.edit'), body),
)
