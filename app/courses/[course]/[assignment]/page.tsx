import type { Metadata } from 'next'
import Link from 'next/link'
import { BilingualText } from '@/app/components/bilingual-text'
import { Dates } from '@/app/components/dates'
import { QuestionTiles, type Tile, TileLegend } from '@/app/components/question-tiles'
import { RefreshOnReturn } from '@/app/components/refresh-on-return'
import { SubmissionLine } from '@/app/components/submission-line'
import type { Messages } from '@/app/messages/messages'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeAssignment } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { readAssignmentForStudent } from '@/lib/courses/data'
import type { AssignmentForStudent, QuestionLine } from '@/lib/courses/view'
import { formatPoints } from '@/lib/scoring/points'
import { StartButton } from './start-button'

type Props = PageProps<'/courses/[course]/[assignment]'>

async function load(props: Props) {
  const { course, assignment } = await props.params
  const viewer = await requirePageViewer(`/courses/${course}/${assignment}`)
  return openPage(async () => {
    const access = await authorizeAssignment(
      viewer,
      { courseSlug: course, assignmentSlug: assignment },
      'assignment.read',
    )
    return { access, page: await readAssignmentForStudent(access) }
  })
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [{ page }, { language }] = await Promise.all([load(props), readPreferences()])
  return { title: page.assignment.title[language.interface] }
}

export default async function AssignmentPage(props: Props) {
  const { access, page } = await load(props)
  const { messages } = await readPreferences()
  const { assignment, attempt, questions } = page
  const address = `/courses/${assignment.courseSlug}/${assignment.slug}`
  const isStudent = mayRole(access.role, 'attempt.start')
  const open = attempt !== null && attempt.submittedAt === null
  return (
    <main id="content" className="mx-auto w-full max-w-[60rem] px-4 pt-8 pb-20 sm:px-6 lg:pt-14">
      <RefreshOnReturn drawing={crypto.randomUUID()} />
      <div className="eyebrow normal-case! tracking-normal!">
        <BilingualText text={assignment.courseTitle} second="hidden" />
      </div>
      <h1 className="mt-1.5 text-28 font-[620] tracking-[-0.015em] sm:text-40">
        <BilingualText text={assignment.title} second="mt-1 text-21 font-normal text-quiet" />
      </h1>
      <div className="mt-4 max-w-[68ch] text-17 text-quiet">
        <BilingualText text={assignment.introduction} second="mt-2 text-15" />
      </div>

      <div className="case mt-8 grid gap-x-10 gap-y-6 px-6 py-6 sm:grid-cols-[1fr_auto] sm:items-center sm:px-8">
        <div>
          <p className="text-21 font-[560]">
            {[
              messages.common.questions(assignment.questionCount),
              messages.common.parts(assignment.partCount),
              messages.common.points(formatPoints(assignment.points)),
            ].join(' · ')}
          </p>
          <p className="mt-1.5 text-quiet">
            {attempt?.submittedAt ? (
              <SubmissionLine submittedAt={attempt.submittedAt} receipt={attempt.receipt} />
            ) : (
              <>
                <Dates dates={assignment} now={Date.now()} /> · {messages.time.noLimit}
              </>
            )}
          </p>
          {open && (
            <Progress answered={attempt.answeredParts} total={assignment.partCount} messages={messages} />
          )}
        </div>
        {isStudent ? (
          <Action page={page} address={address} messages={messages} />
        ) : (
          <Link href={`${address}/staff`} className="button">
            {messages.assignment.staffLink}
          </Link>
        )}
      </div>
      {isStudent && !attempt?.submittedAt && (
        <p className="mt-3 text-13 text-quiet">{messages.assignment.howSaved}</p>
      )}

      <section className="mt-12" aria-labelledby="questions">
        <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h2 id="questions" className="text-21 font-[580]">
            {messages.assignment.mapTitle}
          </h2>
          {attempt && <TileLegend messages={messages} />}
        </div>
        <QuestionTiles tiles={questions.map(tileOf)} messages={messages} address={open ? address : null} />
      </section>
    </main>
  )
}

function tileOf(question: QuestionLine): Tile {
  const { position, label, topic, flagged, answeredParts, partCount } = question
  const state = answeredParts === 0 ? 'unanswered' : answeredParts < partCount ? 'partial' : 'answered'
  return { position, label, topic, flagged, state }
}

function Progress({ answered, total, messages }: { answered: number; total: number; messages: Messages }) {
  return (
    <div className="mt-4 max-w-sm">
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-hairline">
        <div className="h-full rounded-full bg-accent" style={{ width: `${(answered / total) * 100}%` }} />
      </div>
      <p className="mt-1.5 text-13 text-quiet">{messages.assignment.progress(answered, total)}</p>
    </div>
  )
}

/** The one thing to do next. */
function Action({
  page: { attempt, assignment, phase, questions },
  address,
  messages,
}: {
  page: AssignmentForStudent
  address: string
  messages: Messages
}) {
  if (attempt?.submittedAt)
    return (
      <Link href={`${address}/result`} className="button button-accent">
        {messages.assignment.result}
      </Link>
    )
  if (attempt) {
    const complete = questions.every((question) => question.answeredParts === question.partCount)
    if (complete || phase === 'closed')
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
  if (phase === 'not-open') return <p className="text-quiet">{messages.assignment.notOpen}</p>
  if (phase === 'closed') return <p className="text-quiet">{messages.assignment.closedUnstarted}</p>
  return <StartButton assignmentId={assignment.assignmentId} address={address} />
}
