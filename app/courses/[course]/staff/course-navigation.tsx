'use client'

import { PageRow, type RowPage } from '@/app/components/page-row'
import { useCourseMessages } from '@/app/courses/use-course-messages'
import { type Action, mayRole, type Role } from '@/lib/auth/permissions'

interface CoursePage extends RowPage {
  /** What one must be allowed to do for the page to open. */
  readonly action: Action
}

/** The pages of a course that the role may open, beside those of its assignments. */
export function CourseNavigation({ address, role }: { address: string; role: Role }) {
  const { navigation } = useCourseMessages()
  const pages: readonly CoursePage[] = [
    { href: address, label: navigation.assignments, action: 'assignment.overview' },
    { href: `${address}/bank`, label: navigation.bank, action: 'question.bank' },
    { href: `${address}/models`, label: navigation.models, action: 'model.read' },
    { href: `${address}/people`, label: navigation.people, action: 'course.people' },
    { href: `${address}/pictures`, label: navigation.pictures, action: 'picture.read' },
    { href: `${address}/settings`, label: navigation.settings, action: 'course.settings' },
  ]
  return <PageRow label={navigation.label} pages={pages.filter(({ action }) => mayRole(role, action))} />
}
