import { Flag } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { BackLink } from '@/app/components/back-link'
import { Moment } from '@/app/components/local-time'
import { PrintButton } from '@/app/components/print-button'
import { RichText } from '@/app/components/rich-text'
import type { Messages } from '@/app/messages/messages'
import { deskDictionaries } from '@/app/messages/staff-desk/dictionaries'
import type { DeskMessages } from '@/app/messages/staff-desk/messages'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { authorizeStudent } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { mayRole } from '@/lib/auth/permissions'
import { formatPoints } from '@/lib/scoring/points'
import { readStudentWork } from '@/lib/student-work/data'
import type { QuestionWork, StudentWork, SupersededSubmission } from '@/lib/student-work/view'
import { ExhibitProvider } from '../../../result/feedback/exhibit'
import { FigureDisclosure } from '../../../result/figure-disclosure'
import { AdjustPart } from '../../adjustments/adjust-part'
import { SimulatedMark } from '../../simulated-mark'
import { PartWorkView } from './part-work'
import { SignOutStudent } from './sign-out-student'

export async function generateMetadata(): Promise<Metadata> {
  return { title: deskDictionaries[(await readPreferences()).language.interface].work.title }
}

const attemptNumber = z.coerce.number().int().min(1).optional().catch(undefined)

/** One attempt of a student, the latest where none is named: every answer, how it came about, and how it was scored. */
export default async function StudentPage(
  props: PageProps<'/courses/[course]/[assignment]/staff/students/[student]'>,
) {
  const { course, assignment, student } = await props.params
  const address = `/courses/${course}/${assignment}/staff`
  const number = attemptNumber.parse((await props.searchParams).attempt)
  const viewer = await requirePageViewer(`${address}/students/${student}`)
  const { messages, language } = await readPreferences()
  const desk = deskDictionaries[language.interface]
  const { access, work } = await openPage(async () => {
    const where = { courseSlug: course, assignmentSlug: assignment }
    const access = await authorizeStudent(viewer, where, student, 'assignment.inspect')
    return { access, work: await readStudentWork(access, number) }
  })
  const attemptId = work.attempt?.attemptId ?? null
  return (
    <main id="content" className="page max-w-[60rem]">
      <BackLink href={`${address}/scores`}>{desk.work.back}</BackLink>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-28 font-[620] tracking-[-0.01em]">
            {work.name}
            {work.simulated && <SimulatedMark />}
          </h1>
          <p className="break-all text-quiet">{work.email}</p>
        </div>
        <div className="flex flex-wrap items-start gap-x-3">
          {mayRole(access.role, 'student.sign-out') && (
            <SignOutStudent assignmentId={access.assignmentId} userId={work.userId} name={work.name} />
          )}
          <PrintButton />
        </div>
      </div>
      {work.attempt ? (
        <>
          {work.attempts.length > 1 && (
            <AttemptLinks
              numbers={work.attempts}
              shown={work.attempt.number}
              address={`${address}/students/${student}`}
              desk={desk}
            />
          )}
          <Facts work={work} attempt={work.attempt} desk={desk} />
          <Superseded submissions={work.attempt.superseded} desk={desk} />
          <h2 className="mt-12 text-21 font-[580]">{desk.work.byQuestion}</h2>
          <div className="mt-5 grid gap-10">
            {work.attempt.questions.map((question) => (
              <Question
                key={question.questionId}
                question={question}
                attemptId={mayRole(access.role, 'score.adjust') ? attemptId : null}
                desk={desk}
                messages={messages}
              />
            ))}
          </div>
        </>
      ) : (
        <p className="case mt-6 px-6 py-10 text-center text-quiet">{desk.work.notStarted}</p>
      )}
    </main>
  )
}

function Facts({
  work,
  attempt,
  desk,
}: {
  work: StudentWork
  attempt: NonNullable<StudentWork['attempt']>
  desk: DeskMessages
}) {
  const parts = attempt.questions.flatMap((question) => question.parts)
  const answered = parts.filter((part) => part.chosen.length > 0).length
  const outOf = (all: string) => <span className="text-15 font-normal text-quiet"> / {all}</span>
  return (
    <>
      <dl className="case mt-6 grid grid-cols-2 items-end gap-x-4 gap-y-5 px-6 py-5 sm:grid-cols-4">
        <Fact label={desk.scores.score}>
          {attempt.points === null ? (
            <span className="text-17 font-normal text-quiet">{desk.work.notScored}</span>
          ) : (
            <>
              {formatPoints(attempt.points, 2)}
              {outOf(formatPoints(attempt.maximum ?? 0))}
            </>
          )}
        </Fact>
        <Fact label={desk.scores.state}>{desk.states[work.state]}</Fact>
        <Fact label={desk.work.answered}>
          {answered}
          {outOf(String(parts.length))}
        </Fact>
        <Fact label={desk.work.timeAtWork}>
          {attempt.minutes === null ? '–' : desk.scores.minutes(String(Math.round(attempt.minutes)))}
        </Fact>
      </dl>
      <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-13 text-quiet">
        <span>{desk.work.attempt(attempt.number)}</span>
        <span>
          {desk.scores.started} <Moment iso={attempt.startedAt} />
        </span>
        {attempt.submittedAt && (
          <span>
            {desk.overview.submitted} <Moment iso={attempt.submittedAt} />
          </span>
        )}
        {attempt.receipt && (
          <span>
            {desk.work.receipt} <span className="numbers">{attempt.receipt}</span>
          </span>
        )}
      </p>
    </>
  )
}

/** What an extension has undone: students may show such a receipt, and ask why it does not count. */
function Superseded({
  submissions,
  desk,
}: {
  submissions: readonly SupersededSubmission[]
  desk: DeskMessages
}) {
  if (submissions.length === 0) return null
  return (
    <section aria-labelledby="superseded" className="mt-6">
      <h2 id="superseded" className="font-[560]">
        {desk.work.superseded}
      </h2>
      <p className="max-w-[68ch] text-13 text-quiet">{desk.work.supersededLead}</p>
      <ul className="mt-2 border-t">
        {submissions.map(({ receipt, submittedAt, reopenedAt, points, maximum }) => (
          <li
            key={reopenedAt}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b py-2 text-13"
            data-testid="superseded"
          >
            <span className="numbers font-[540] line-through">{receipt ?? '–'}</span>
            <span className="text-quiet">
              {desk.overview.submitted} <Moment iso={submittedAt} />
            </span>
            <span className="text-quiet">
              {desk.work.reopened} <Moment iso={reopenedAt} />
            </span>
            <span className="numbers ml-auto">
              {desk.work.points(formatPoints(points, 2), formatPoints(maximum))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-13 text-quiet">{label}</dt>
      <dd className="numbers mt-0.5 text-21 font-[560]">{children}</dd>
    </div>
  )
}

function AttemptLinks({
  numbers,
  shown,
  address,
  desk,
}: {
  numbers: readonly number[]
  shown: number
  address: string
  desk: DeskMessages
}) {
  return (
    <nav aria-label={desk.work.attempts} className="no-print mt-4">
      <ul className="flex flex-wrap gap-2">
        {numbers.map((number) => (
          <li key={number}>
            <Link
              href={`${address}?attempt=${number}`}
              className="tool border"
              {...(number === shown && { 'aria-current': 'page' as const })}
            >
              {desk.work.attempt(number)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Question({
  question,
  attemptId,
  desk,
  messages,
}: {
  question: QuestionWork
  /** Of the attempt whose parts may be adjusted; null: none. */
  attemptId: string | null
  desk: DeskMessages
  messages: Messages
}) {
  const { content } = question
  return (
    <article className="grid gap-3 border-t pt-5 break-inside-avoid sm:grid-cols-[4.5rem_1fr]">
      <h3 className="text-28 font-[620] tracking-[-0.01em]">
        <span className="sr-only">{messages.question.title(content.label)}</span>
        <span aria-hidden="true">
          <span className="font-[350] text-quiet">Q</span>
          {content.label}
        </span>
        {question.shownNumber !== null && (
          <span className="block text-13 font-normal tracking-normal text-quiet">
            {desk.work.shownAs(question.shownNumber)}
          </span>
        )}
      </h3>
      <div className="min-w-0">
        <p className="eyebrow flex items-center gap-2">
          {messages.topics[content.topic]}
          {question.flagged && (
            <Flag size={14} role="img" aria-label={desk.work.flagged} className="text-warn" />
          )}
        </p>
        <RichText text={content.prompt} className="mt-1" second="hidden" />
        <div className="mt-4 grid gap-6">
          {question.parts.map((work) => (
            <PartWorkView key={work.part.id} work={work} version={question.version}>
              {attemptId && work.score && (
                <AdjustPart
                  attemptId={attemptId}
                  partId={work.part.id}
                  label={work.part.label}
                  score={work.score}
                  standing={work.adjustment}
                />
              )}
            </PartWorkView>
          ))}
        </div>
        {question.figureRequestId && (
          <ExhibitProvider>
            <FigureDisclosure requestId={question.figureRequestId} pictures={question.figurePictures} />
          </ExhibitProvider>
        )}
      </div>
    </article>
  )
}
