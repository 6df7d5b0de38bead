import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { sectionDictionaries } from '@/app/messages/staff-desk/sections'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment, authorizeCourse } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readAssignmentTitle } from '@/lib/courses/data'
import { readCourseSections } from '@/lib/sections/data'
import { SectionImportForm } from './section-import-form'
import { SectionList } from './section-list'
import { SectionMembers } from './section-members'

export async function generateMetadata(): Promise<Metadata> {
  return { title: sectionDictionaries[(await readPreferences()).language.interface].title }
}

/** The sections of the course, who is in them, and a table to take in. */
export default async function SectionsPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/sections'>,
) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}/staff`
  const viewer = await requirePageViewer(`${address}/sections`)
  const words = sectionDictionaries[(await readPreferences()).language.interface]
  const { sections, students, title } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const title = await readAssignmentTitle(await authorizeAssignment(viewer, where, 'course.sections'))
    return { title, ...(await readCourseSections(await authorizeCourse(viewer, course, 'course.sections'))) }
  })
  return (
    <main id="content" className="page max-w-[60rem]">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{words.lead}</p>
      <ReadyFieldset>
        <SectionList course={course} address={address} sections={sections} />
        <SectionMembers course={course} sections={sections} students={students} />
        <SectionImportForm course={course} />
      </ReadyFieldset>
    </main>
  )
}
