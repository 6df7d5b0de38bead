import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { removeVariant, setVariantDealt } from '@/lib/variants/mutations'

export const PUT = route(contracts.setVariantDealt, async ({ viewer, params, body }) => {
  const { questionId, variantId } = params
  await setVariantDealt(
    await authorizeQuestion(viewer, { questionId }, 'question.edit'),
    variantId,
    body.dealt,
  )
  return body
})

export const DELETE = route(contracts.removeVariant, async ({ viewer, params }) => {
  const { questionId, variantId } = params
  await removeVariant(await authorizeQuestion(viewer, { questionId }, 'question.edit'), variantId)
  return { removed: true as const }
})
