import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { peopleDictionaries } from '@/app/messages/course-desk/people'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeCourse } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readCourse } from '@/lib/authoring/data'
import { readPeople } from '@/lib/people/data'
import { readSectionNames } from '@/lib/sections/data'
import { EnrolForm } from './enrol-form'
import { PeopleList } from './people-list'

export async function generateMetadata(): Promise<Metadata> {
  return { title: peopleDictionaries[(await readPreferences()).language.interface].title }
}

/** Who is in the course, and a table of people to take in: for instructors. */
export default async function PeoplePage(props: PageProps<'/courses/[course]/staff/people'>) {
  const { course } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/staff/people`)
  const words = peopleDictionaries[(await readPreferences()).language.interface]
  const { details, people, sections } = await openPage(async () => {
    const access = await authorizeCourse(viewer, course, 'course.people')
    const [details, people, sections] = await Promise.all([
      readCourse(access),
      readPeople(access),
      readSectionNames(await authorizeCourse(viewer, course, 'assignment.overview')),
    ])
    return { details, people, sections }
  })
  return (
    <main id="content" className="page max-w-[60rem]">
      <p className="eyebrow">
        <BilingualText text={details.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.title}</h1>
      <p className="mt-2 max-w-[68ch] text-quiet">{words.lead}</p>
      <ReadyFieldset>
        <PeopleList course={course} people={people} sections={sections} />
        <EnrolForm course={course} />
      </ReadyFieldset>
    </main>
  )
}
