import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { setVariantDealing } from '@/lib/variants/mutations'

export const PUT = route(contracts.setVariantDealing, async ({ viewer, params, body }) => {
  await setVariantDealing(await authorizeQuestion(viewer, params, 'question.edit'), body.dealing)
  return body
})
