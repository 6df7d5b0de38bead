import type { ReactNode } from 'react'
import { StaffNavigation } from './staff-navigation'

export default async function StaffLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ course: string; assignment: string }>
}) {
  const { course, assignment } = await params
  return (
    <>
      <StaffNavigation address={`/courses/${course}/${assignment}/staff`} />
      {children}
    </>
  )
}
