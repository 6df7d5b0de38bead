import { pageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { listMyCourses } from '@/lib/courses/data'
import type { Studio } from './studio-address'

/** @returns where the viewer may use what a room shows; nothing for students. */
export async function readStudios(): Promise<Studio[]> {
  const viewer = await pageViewer()
  if (!viewer) return []
  const courses = await listMyCourses(viewer)
  return courses
    .filter(({ role }) => mayRole(role, 'question.edit'))
    .flatMap(({ slug: course, assignments }) =>
      assignments.map(({ slug, title }) => ({ address: `/courses/${course}/${slug}/staff/studio`, title })),
    )
}
