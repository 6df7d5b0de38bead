import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { readModel } from '@/lib/models/data'
import { describeModel, removeModel } from '@/lib/models/mutations'

export const GET = route(contracts.readModel, async ({ viewer, params }) =>
  readModel(await authorizeCourse(viewer, params.courseSlug, 'model.read'), params.modelName),
)

export const PUT = route(contracts.describeModel, async ({ viewer, params, body }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'model.manage')
  await describeModel(access, params.modelName, body)
  return { described: true as const }
})

export const DELETE = route(contracts.removeModel, async ({ viewer, params }) => {
  await removeModel(await authorizeCourse(viewer, params.courseSlug, 'model.manage'), params.modelName)
  return { removed: true as const }
})
