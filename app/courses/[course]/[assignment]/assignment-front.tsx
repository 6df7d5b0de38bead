import Link from 'next/link'
import type { ReactNode } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import { QuestionTiles, type Tile, TileLegend } from '@/app/components/question-tiles'
import { ReopenedLine } from '@/app/components/reopened-line'
import { RichText } from '@/app/components/rich-text'
import { SubmissionLine } from '@/app/components/submission-line'
import { TimeLeft } from '@/app/components/time-left'
import type { Messages } from '@/app/messages/messages'
import type { AssignmentForStudent, QuestionLine } from '@/lib/courses/view'
import { formatPoints } from '@/lib/scoring/points'

/** What an assignment is, what time is left and how far one student has come; `action` is the one thing to do next. */
export function AssignmentFront({
  page,
  messages,
  action,
  address,
  student,
}: {
  page: AssignmentForStudent
  messages: Messages
  action: ReactNode
  /** null: nothing on the page leads anywhere. */
  address: string | null
  /** Whether a student's own state is shown. */
  student: boolean
}) {
  const { assignment, attempt, questions, step } = page
  const running = step.kind === 'continue' || step.kind === 'ended'
  return (
    <>
      <div className="eyebrow normal-case! tracking-normal!">
        <BilingualText text={assignment.courseTitle} second="hidden" />
      </div>
      <h1 className="mt-1.5 text-28 font-[620] tracking-[-0.015em] sm:text-40">
        <BilingualText text={assignment.title} second="mt-1 text-21 font-normal text-quiet" />
      </h1>
      <div className="mt-4 max-w-[68ch] text-17 text-quiet">
        <RichText text={assignment.introduction} second="mt-2 text-15" />
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
          {attempt?.submittedAt && page.attempts.length === 1 && (
            <p className="mt-1.5 text-quiet">
              <SubmissionLine submittedAt={attempt.submittedAt} receipt={attempt.receipt} />
            </p>
          )}
          {step.kind !== 'used-up' && (
            <p className="numbers mt-1.5 text-quiet">
              <TimeLeft time={page.time} />
            </p>
          )}
          {running && attempt?.reopenedAt && (
            <p className="mt-1.5 font-[540]">
              <ReopenedLine time={page.time} />
            </p>
          )}
          {step.kind !== 'used-up' && <Terms page={page} messages={messages} />}
          {running && attempt && (
            <Progress answered={attempt.answeredParts} total={assignment.partCount} messages={messages} />
          )}
        </div>
        {action}
      </div>
      {student && step.kind !== 'used-up' && step.kind !== 'closed' && (
        <p className="mt-3 text-13 text-quiet">{messages.assignment.howSaved}</p>
      )}
      {page.attempts.length > 1 && <Attempts page={page} messages={messages} address={address} />}

      <section className="mt-12" aria-labelledby="questions">
        <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
          <h2 id="questions" className="text-21 font-[580]">
            {messages.assignment.mapTitle}
          </h2>
          {attempt && <TileLegend />}
        </div>
        {questions.length === 0 && assignment.questionCount > 0 ? (
          <p className="max-w-[60ch] text-quiet">{messages.assignment.drawnAtStart}</p>
        ) : (
          <QuestionTiles tiles={questions.map(tileOf)} address={running ? address : null} />
        )}
      </section>
    </>
  )
}

/** Time limit, attempts and what lateness costs, as far as there are any. */
function Terms({
  page: { time, lateTiers, keep },
  messages,
}: {
  page: AssignmentForStudent
  messages: Messages
}) {
  const { assignment } = messages
  const terms = [
    time.timeLimitMinutes === null
      ? messages.time.noLimit
      : messages.time.limit(time.timeLimitMinutes, time.extraMinutes),
    ...(time.attemptsAllowed > 1 ? [assignment.attemptsAllowed(time.attemptsAllowed, keep)] : []),
  ]
  return (
    <>
      <p className="mt-1 text-13 text-quiet">{terms.join(' ')}</p>
      {lateTiers.length > 0 && (
        <p className="mt-1 text-13 text-quiet">
          {assignment.late}{' '}
          {lateTiers.map(({ until, creditPercent }, index) => (
            <span key={until ?? 'end'}>
              {index > 0 && ' · '}
              {until ? (
                <>
                  {creditPercent}% {assignment.until} <Moment iso={until} />
                </>
              ) : (
                `${creditPercent}% ${assignment.untilClosing}`
              )}
            </span>
          ))}
        </p>
      )}
    </>
  )
}

function Attempts({
  page: { attempts },
  messages,
  address,
}: {
  page: AssignmentForStudent
  messages: Messages
  address: string | null
}) {
  return (
    <section className="mt-10" aria-labelledby="attempts">
      <h2 id="attempts" className="text-21 font-[580]">
        {messages.assignment.attempts}
      </h2>
      <ul className="mt-3 border-t">
        {attempts.map(({ number, submittedAt, receipt, score, counts, creditPercent }) => (
          <li key={number} className="flex flex-wrap items-baseline gap-x-6 gap-y-1 border-b py-2.5">
            <span className="font-[540]">
              {submittedAt && address ? (
                <Link href={`${address}/result?attempt=${number}`} className="link">
                  {messages.assignment.attempt(number)}
                </Link>
              ) : (
                messages.assignment.attempt(number)
              )}
            </span>
            <span className="text-13 text-quiet">
              {submittedAt ? (
                <SubmissionLine submittedAt={submittedAt} receipt={receipt} />
              ) : (
                messages.assignment.running
              )}
              {submittedAt && creditPercent < 100 && ` · ${messages.time.credited(creditPercent)}`}
            </span>
            <span className="numbers ml-auto">
              {counts && (
                <span className="mr-3 rounded-full border px-2 py-0.5 text-13 text-quiet">
                  {messages.assignment.countsBadge}
                </span>
              )}
              {score ? `${formatPoints(score.points, 2)} / ${formatPoints(score.maximum)}` : '–'}
            </span>
          </li>
        ))}
      </ul>
    </section>
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
