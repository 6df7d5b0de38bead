import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { saveVariantTexts } from '@/lib/variants/mutations'

export const PUT = route(contracts.saveVariantTexts, async ({ viewer, params, body }) => {
  await saveVariantTexts(await authorizeQuestion(viewer, params, 'question.edit'), body)
  return { saved: true as const }
})
