import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { readFigureMaterial } from '@/lib/figure-previews/service'
import { bundledSources } from '@/lib/figures/sources'

export const GET = route(contracts.readFigureMaterial, async ({ viewer, params }) => {
  await authorizeCourse(viewer, params.courseSlug, 'figure.preview')
  return readFigureMaterial(bundledSources())
})
