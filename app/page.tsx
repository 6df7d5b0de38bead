import { Activity, ChevronRight, Plus } from 'lucide-react'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { mayOnThisSite } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { listMyCourses } from '@/lib/courses/data'
import type { AssignmentLine, CourseView } from '@/lib/courses/view'
import { BilingualText } from './components/bilingual-text'
import { Dates } from './components/dates'
import { SubmissionLine } from './components/submission-line'
import type { Messages } from './messages/messages'
import { readPreferences } from './preferences'

export default async function HomePage() {
  const viewer = await requirePageViewer('/')
  const { messages } = await readPreferences()
  const [all, mayMake, mayOperate] = await Promise.all([
    listMyCourses(viewer),
    mayOnThisSite(viewer, 'course.create'),
    mayOnThisSite(viewer, 'operations.read'),
  ])
  const courses = all.filter(({ archived }) => !archived)
  const archived = all.filter(({ archived }) => archived)

  const only = courses.length === 1 ? courses[0] : undefined
  const assignment =
    only?.role === 'STUDENT' && only.assignments.length === 1 ? only.assignments[0] : undefined
  if (only && assignment && !mayOperate) redirect(`/courses/${only.slug}/${assignment.slug}`)

  return (
    <main id="content" className="mx-auto w-full max-w-[52rem] px-4 pt-8 pb-20 sm:px-6 lg:pt-14">
      <p className="text-quiet">{messages.home.welcome(viewer.name)}</p>
      <h1 className="mt-1 text-28 font-[620] tracking-[-0.01em]">{messages.home.title}</h1>
      {courses.length === 0 ? (
        <div className="case mt-8 px-6 py-14 text-center">
          <p className="text-17 font-[560]">{messages.home.empty}</p>
          <p className="mt-1 text-quiet">{messages.home.emptyHint}</p>
        </div>
      ) : (
        <div className="mt-8 grid gap-10">
          {courses.map((course) => (
            <Course key={course.courseId} course={course} messages={messages} />
          ))}
        </div>
      )}
      <p className="mt-10 flex flex-wrap gap-3 empty:hidden">
        {mayMake && (
          <Link href="/courses/new" className="button">
            <Plus size={16} aria-hidden="true" />
            {messages.home.newCourse}
          </Link>
        )}
        {mayOperate && (
          <Link href="/operator" className="button" prefetch={false}>
            <Activity size={16} aria-hidden="true" />
            {messages.home.operations}
          </Link>
        )}
      </p>
      {archived.length > 0 && (
        <details className="mt-10 border-t pt-4">
          <summary className="cursor-pointer font-[540]">{messages.home.archived(archived.length)}</summary>
          <div className="mt-6 grid gap-10">
            {archived.map((course) => (
              <Course key={course.courseId} course={course} messages={messages} />
            ))}
          </div>
        </details>
      )}
    </main>
  )
}

function Course({ course, messages }: { course: CourseView; messages: Messages }) {
  return (
    <section>
      <p className="eyebrow">{messages.roles[course.role]}</p>
      <h2 className="mt-1 text-21 font-[580]">
        <BilingualText text={course.title} second="mt-0 text-15 font-normal text-quiet" />
      </h2>
      {course.role !== 'STUDENT' && (
        <p className="mt-1 text-13">
          <Link className="link" href={`/courses/${course.slug}/staff`} prefetch={false}>
            {messages.home.coursePages}
          </Link>
        </p>
      )}
      {course.assignments.length === 0 ? (
        <p className="mt-3 text-quiet">{messages.home.noAssignments}</p>
      ) : (
        <ul className="mt-4 grid gap-3">
          {course.assignments.map((assignment) => (
            <Assignment
              key={assignment.assignmentId}
              course={course}
              assignment={assignment}
              messages={messages}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Assignment({
  course,
  assignment,
  messages,
}: {
  course: CourseView
  assignment: AssignmentLine
  messages: Messages
}) {
  const address = `/courses/${course.slug}/${assignment.slug}`
  return (
    <li>
      <Link
        href={course.role === 'STUDENT' ? address : `${address}/staff`}
        className="case flex items-center justify-between gap-4 px-5 py-4 transition-colors duration-120 hover:border-edge"
      >
        <span className="min-w-0">
          <span className="block text-17 font-[560]">
            <BilingualText text={assignment.title} second="mt-0 text-15 font-normal text-quiet" />
          </span>
          <span className="mt-1 block text-13 text-quiet">
            {assignment.attempt?.submittedAt ? (
              <SubmissionLine submittedAt={assignment.attempt.submittedAt} receipt={null} />
            ) : (
              <Dates dates={assignment} now={Date.now()} />
            )}
            {assignment.draft && <span className="ml-2 font-[560] text-ink">{messages.home.draft}</span>}
          </span>
        </span>
        <ChevronRight size={20} aria-hidden="true" className="shrink-0 text-quiet" />
      </Link>
    </li>
  )
}
