import type { CourseAccess } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import type { CourseSections, SectionName } from '@/lib/sections/view'

const byName = new Intl.Collator(['zh-Hant', 'en'], { numeric: true })

/** @returns the course's sections by name, for whoever may see its students. */
export async function readSectionNames(
  access: CourseAccess<'assignment.overview' | 'assignment.statistics' | 'regrade.draft'>,
): Promise<SectionName[]> {
  const sections = await staffDatabase.section.findMany({
    where: { courseId: access.courseId },
    select: { id: true, name: true },
  })
  return sections
    .map(({ id, name }) => ({ sectionId: id, name }))
    .sort((left, right) => byName.compare(left.name, right.name))
}

export async function readCourseSections(access: CourseAccess<'course.sections'>): Promise<CourseSections> {
  const { courseId } = access
  const [sections, students] = await Promise.all([
    staffDatabase.section.findMany({ where: { courseId } }),
    staffDatabase.enrollment.findMany({
      where: { courseId, role: 'STUDENT' },
      select: { sectionId: true, user: { select: { id: true, name: true, email: true } } },
    }),
  ])
  const sizes = new Map<string, number>()
  for (const { sectionId } of students) if (sectionId) sizes.set(sectionId, (sizes.get(sectionId) ?? 0) + 1)
  return {
    sections: sections
      .map(({ id, name, simulated }) => ({
        sectionId: id,
        name,
        simulated,
        students: sizes.get(id) ?? 0,
      }))
      .sort((left, right) => byName.compare(left.name, right.name)),
    students: students
      .map(({ sectionId, user: { id, name, email } }) => ({ userId: id, name, email, sectionId }))
      .sort((left, right) => byName.compare(left.name, right.name)),
  }
}
