import path from 'node:path'
import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { requestPull } from '@/lib/models/hub/mutations'

export const POST = route(contracts.pullModel, async ({ viewer, params, body }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'model.manage')
  await requestPull(access, body, path.resolve('models'))
  return { name: body.name }
})
