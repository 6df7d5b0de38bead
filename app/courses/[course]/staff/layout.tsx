import type { ReactNode } from 'react'
import { authorizeCourse } from '@/lib/auth/gate'
import { admit, pageViewer } from '@/lib/auth/page-viewer'
import { CourseNavigation } from './course-navigation'

/** Pages of a course for its staff; whoever may not be here gets the page's own answer, without the way to others. */
export default async function CourseStaffLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ course: string }>
}) {
  const { course } = await params
  const viewer = await pageViewer()
  const admission = viewer && (await admit(() => authorizeCourse(viewer, course, 'assignment.overview')))
  return (
    <>
      {admission?.admitted && (
        <CourseNavigation address={`/courses/${course}/staff`} role={admission.value.role} />
      )}
      {children}
    </>
  )
}
