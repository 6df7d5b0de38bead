import { randomUUID } from 'node:crypto'
import type { Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'

/** Somebody new; a member is a student of a course of their own. */
export async function newPerson(isMember: boolean): Promise<Viewer> {
  const name = randomUUID()
  const user = await staffDatabase.user.create({ data: { email: `${name}@example.org`, name } })
  if (isMember) {
    const course = await staffDatabase.course.create({
      data: { slug: name, title: { zh: '課', en: 'Course' } },
    })
    await staffDatabase.enrollment.create({ data: { userId: user.id, courseId: course.id, role: 'STUDENT' } })
  }
  return { userId: user.id, name, email: user.email }
}
