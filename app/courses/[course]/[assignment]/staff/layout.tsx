import type { ReactNode } from 'react'
import { countWaiting } from '@/lib/appeals/data'
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
    (await admit(async () => {
      const where = { courseSlug: course, assignmentSlug: assignment }
      const access = await authorizeAssignment(viewer, where, 'assignment.overview')
      return { role: access.role, appeals: await countWaiting(access) }
    }))
  return (
    <>
      {admission?.admitted && (
        <StaffNavigation address={`/courses/${course}/${assignment}/staff`} {...admission.value} />
      )}
      {children}
    </>
  )
}
