import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeQuestion } from '@/lib/auth/gate'
import { readVariants } from '@/lib/variants/data'
import { askForVariant } from '@/lib/variants/mutations'

export const GET = route(contracts.readVariants, async ({ viewer, params }) => ({
  view: await readVariants(await authorizeQuestion(viewer, params, 'question.edit')),
}))

export const POST = route(contracts.makeVariant, async ({ viewer, params, body }) =>
  askForVariant(await authorizeQuestion(viewer, params, 'question.edit'), body),
)
