import { randomUUID } from 'node:crypto'
import type { Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'

/** Somebody new; a member is a student of a course of their own. */
export async function newPerson(isMember: boolean): Promise<Viewer> {
  const name = randomUUID()
  const user = await staffDatabase.user.create({ data: { email: `${name}@example.org`, name } })
  if (isMember) {
    const courseId = await newCourse()
    await staffDatabase.enrollment.create({ data: { userId: user.id, courseId, role: 'STUDENT' } })
  }
  return { userId: user.id, name, email: user.email }
}

export async function newCourse(): Promise<string> {
  const course = await staffDatabase.course.create({
    data: { slug: randomUUID(), title: { zh: '課', en: 'Course' } },
  })
  return course.id
}
