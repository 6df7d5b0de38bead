import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import { courseDictionaries } from '@/app/messages/course-desk/courses'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeCourse } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readCourse } from '@/lib/authoring/data'
import { CourseSettingsForm } from './course-settings-form'

export async function generateMetadata(): Promise<Metadata> {
  return { title: courseDictionaries[(await readPreferences()).language.interface].settings }
}

/** What the course is called, its time zone, its archive, and the way to a copy. */
export default async function CourseSettingsPage(props: PageProps<'/courses/[course]/staff/settings'>) {
  const { course } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/staff/settings`)
  const words = courseDictionaries[(await readPreferences()).language.interface]
  const details = await openPage(async () =>
    readCourse(await authorizeCourse(viewer, course, 'course.settings')),
  )
  return (
    <main id="content" className="page max-w-[44rem]">
      <p className="eyebrow">
        <BilingualText text={details.title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{words.settings}</h1>
      <p className="mt-2 text-quiet">{words.settingsLead}</p>
      <ReadyFieldset>
        <CourseSettingsForm course={details} zones={Intl.supportedValuesOf('timeZone')} />
      </ReadyFieldset>
      <section className="mt-14" aria-labelledby="copy">
        <h2 id="copy" className="text-21 font-[580]">
          {words.copyCourse}
        </h2>
        <p className="mt-1 text-quiet">{words.copyCourseLead}</p>
        <Link href={`/courses/new?copy=${course}`} className="button mt-4" prefetch={false}>
          {words.copyCourse}
        </Link>
      </section>
    </main>
  )
}
