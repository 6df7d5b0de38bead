import type { Metadata } from 'next'
import Link from 'next/link'
import { cache } from 'react'
import { RefreshOnReturn } from '@/app/components/refresh-on-return'
import type { Messages } from '@/app/messages/messages'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readAssignmentForStudent } from '@/lib/courses/front-page/data'
import type { AssignmentForStudent } from '@/lib/courses/view'
import { submitOwnEnded } from '@/lib/submission/mutations'
import { AssignmentFront } from './assignment-front'
import { StartButton } from './start-button'

type Props = PageProps<'/courses/[course]/[assignment]'>

/** Read once for the page and its title. */
const load = cache(async (course: string, assignment: string) => {
  const viewer = await requirePageViewer(`/courses/${course}/${assignment}`)
  return openPage(async () => {
    const access = await authorizeAssignment(
      viewer,
      { courseSlug: course, assignmentSlug: assignment },
      'assignment.read',
    )
    await submitOwnEnded(access)
    return { access, page: await readAssignmentForStudent(access) }
  })
})

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { course, assignment } = await props.params
  const [{ page }, { language }] = await Promise.all([load(course, assignment), readPreferences()])
  return { title: page.assignment.title[language.interface] }
}

export default async function AssignmentPage(props: Props) {
  const { course, assignment } = await props.params
  const { access, page } = await load(course, assignment)
  const { messages } = await readPreferences()
  const { courseSlug, slug } = page.assignment
  const address = `/courses/${courseSlug}/${slug}`
  const student = mayRole(access.role, 'attempt.start')
  return (
    <main id="content" className="mx-auto w-full max-w-[60rem] px-4 pt-8 pb-20 sm:px-6 lg:pt-14">
      <RefreshOnReturn drawing={crypto.randomUUID()} />
      <AssignmentFront
        page={page}
        messages={messages}
        address={address}
        student={student}
        action={
          student ? (
            <Action page={page} address={address} messages={messages} />
          ) : (
            <Link href={`${address}/staff`} className="button">
              {messages.assignment.staffLink}
            </Link>
          )
        }
      />
    </main>
  )
}

/** The one thing to do next, and the result beside a further attempt. */
function Action({
  page: { attempt, assignment, step, questions },
  address,
  messages,
}: {
  page: AssignmentForStudent
  address: string
  messages: Messages
}) {
  const result = attempt?.submittedAt ? (
    <Link href={`${address}/result`} className={step.kind === 'start' ? 'button' : 'button button-accent'}>
      {messages.assignment.result}
    </Link>
  ) : null
  switch (step.kind) {
    case 'start':
      return (
        <div className="flex flex-wrap items-start gap-3 sm:justify-end">
          {result}
          <StartButton assignmentId={assignment.assignmentId} address={address} number={step.number} />
        </div>
      )
    case 'continue':
    case 'ended': {
      const complete = questions.every((question) => question.answeredParts === question.partCount)
      if (complete || step.kind === 'ended' || !attempt)
        return (
          <Link href={`${address}/review`} className="button button-accent">
            {messages.assignment.review}
          </Link>
        )
      const next = questions.find((question) => question.position === attempt.continueAt)
      return (
        <Link href={`${address}/questions/${attempt.continueAt}`} className="button button-accent">
          {messages.assignment.continueAt(next?.label ?? String(attempt.continueAt))}
        </Link>
      )
    }
    case 'not-open':
      return result ?? <p className="text-quiet">{messages.assignment.notOpen}</p>
    case 'closed':
      return result ?? <p className="text-quiet">{messages.assignment.closedUnstarted}</p>
    case 'used-up':
      return result
  }
}
