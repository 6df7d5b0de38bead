import { contracts } from '@/lib/api/contracts'
import { route } from '@/lib/api/route'
import { authorizeCourse } from '@/lib/auth/gate'
import { changeMembership, removePerson } from '@/lib/people/mutations'

export const PUT = route(contracts.changeMembership, async ({ viewer, params, body }) => {
  const access = await authorizeCourse(viewer, params.courseSlug, 'course.people')
  await changeMembership(access, params.userId, body)
  return { changed: true as const }
})

export const DELETE = route(contracts.removePerson, async ({ viewer, params }) => {
  await removePerson(await authorizeCourse(viewer, params.courseSlug, 'course.people'), params.userId)
  return { removed: true as const }
})
