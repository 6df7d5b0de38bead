import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { answerAppeal } from '@/lib/appeals/mutations'
import { authorizeAppeal } from '@/lib/auth/gate'

export const PUT = route(contracts.answerAppeal, async ({ viewer, params, body }) => {
  await answerAppeal(await authorizeAppeal(viewer, params, 'appeal.answer'), body)
  return { answered: true as const }
})
