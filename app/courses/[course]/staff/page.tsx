import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { courseDictionaries } from '@/app/messages/course-desk/courses'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeCourse } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readAssignmentSources, readCourse, readCourseAssignments } from '@/lib/authoring/data'
import { AssignmentList } from './assignment-list'
import { NewAssignmentForm } from './new-assignment-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: courseDictionaries[(await readPreferences()).language.interface].assignments }
}

/** The course's assignments, and for instructors a new one. */
export default async function CoursePage(props: PageProps<'/courses/[course]/staff'>) {
  const { course } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/staff`)
  const words = courseDictionaries[(await readPreferences()).language.interface]
  const { details, assignments, sources } = await openPage(async () => {
    const access = await authorizeCourse(viewer, course, 'assignment.overview')
    const [details, assignments] = await Promise.all([readCourse(access), readCourseAssignments(access)])
    const sources = mayRole(access.role, 'assignment.create')
      ? await readAssignmentSources(await authorizeCourse(viewer, course, 'assignment.create'))
      : null
    return { details, assignments, sources }
  })
  return (
    <main id="content" className="page max-w-[52rem]">
      <p className="eyebrow">
        <BilingualText text={details.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.assignments}</h1>
      <p className="mt-2 text-quiet">
        {details.archivedAt ? `${words.archived}. ${words.archivedLead}` : words.assignmentsLead}
      </p>
      <ReadyFieldset>
        <AssignmentList course={course} assignments={assignments} mayOrder={sources !== null} />
        {sources && <NewAssignmentForm course={course} sources={sources} />}
      </ReadyFieldset>
    </main>
  )
}
