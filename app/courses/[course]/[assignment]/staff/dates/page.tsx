import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readSchedule } from '@/lib/timing/data'
import { datesDictionaries } from './messages/dictionaries'
import { ScheduleForm } from './schedule-form'
import { StudentSchedules } from './student-schedules'

export async function generateMetadata(): Promise<Metadata> {
  return { title: datesDictionaries[(await readPreferences()).language.interface].title }
}

/** Dates, attempts, release, and single students' time: for instructors. */
export default async function DatesPage(props: PageProps<'/courses/[course]/[assignment]/staff/dates'>) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}`
  const viewer = await requirePageViewer(`${address}/staff/dates`)
  const messages = datesDictionaries[(await readPreferences()).language.interface]
  const { access, title, schedule, students } = await openPage(async () => {
    const names = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeAssignment(viewer, names, 'assignment.schedule')
    return { access, ...(await readSchedule(access)) }
  })
  return (
    <main id="content" className="page max-w-[52rem]">
      <p className="eyebrow">
        <BilingualText text={title} second="hidden" />
      </p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.title}</h1>
      <p className="mt-3 mb-8 text-quiet">{messages.lead}</p>
      <ScheduleForm
        assignmentId={access.assignmentId}
        given={schedule}
        zones={Intl.supportedValuesOf('timeZone')}
      />
      <section className="mt-14" aria-labelledby="single-students">
        <h2 id="single-students" className="text-21 font-[580]">
          {messages.students}
        </h2>
        <p className="mt-1 text-quiet">{messages.studentsLead}</p>
        <StudentSchedules assignmentId={access.assignmentId} address={address} students={students} />
      </section>
    </main>
  )
}
