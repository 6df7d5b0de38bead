import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { foreseeEnrolment } from '@/lib/people/data'
import { enrolPeople } from '@/lib/people/mutations'

export const POST = route(contracts.enrolPeople, async ({ viewer, params, body }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'course.people')
  return body.dryRun ? foreseeEnrolment(access, body.table) : enrolPeople(access, body.table)
})
