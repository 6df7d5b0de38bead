import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { receiveModel } from '@/lib/models/receiving'

export const POST = route(contracts.uploadModel, async ({ request, viewer, params, query }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'model.manage')
  await receiveModel(access, query, request)
  return { name: query.name }
})
