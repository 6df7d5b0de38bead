import type { ReactNode } from 'react'
import { authorizeAssignment } from '@/lib/auth/gate'
import { admit, pageViewer } from '@/lib/auth/page-viewer'
import { StaffNavigation } from './staff-navigation'

export default async function StaffLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ course: string; assignment: string }>
}) {
  const { course, assignment } = await params
  const viewer = await pageViewer()
  // Whoever may not be here gets the page's own answer, without the way to other pages.
  const admission =
    viewer &&
    (await admit(() =>
      authorizeAssignment(viewer, { courseSlug: course, assignmentSlug: assignment }, 'assignment.overview'),
    ))
  return (
    <>
      {admission?.admitted && (
        <StaffNavigation address={`/courses/${course}/${assignment}/staff`} role={admission.value.role} />
      )}
      {children}
    </>
  )
}
