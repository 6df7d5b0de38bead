import type { Metadata } from 'next'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { courseDictionaries } from '@/app/messages/course-desk/courses'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeSite } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readCourseSources } from '@/lib/authoring/data'
import { NewCourseForm } from './new-course-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: courseDictionaries[(await readPreferences()).language.interface].newCourse }
}

/** A new course, for operators and for instructors of any course. `?copy=SLUG` chooses what to start from. */
export default async function NewCoursePage(props: PageProps<'/courses/new'>) {
  const viewer = await requirePageViewer('/courses/new')
  const { copy } = await props.searchParams
  const words = courseDictionaries[(await readPreferences()).language.interface]
  const sources = await openPage(async () => readCourseSources(await authorizeSite(viewer, 'course.create')))
  return (
    <main id="content" className="mx-auto w-full max-w-[44rem] px-4 pt-8 pb-24 sm:px-6 lg:pt-12">
      <h1 className="text-28 font-[620] tracking-[-0.01em]">{words.newCourse}</h1>
      <p className="mt-2 text-quiet">{words.newCourseLead}</p>
      <ReadyFieldset>
        <NewCourseForm
          sources={sources}
          copyOf={sources.some(({ id }) => id === copy) ? String(copy) : null}
          zones={Intl.supportedValuesOf('timeZone')}
        />
      </ReadyFieldset>
    </main>
  )
}
