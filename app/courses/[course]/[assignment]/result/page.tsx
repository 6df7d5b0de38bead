import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PageState } from '@/app/components/page-state'
import { PrintButton } from '@/app/components/print-button'
import { KeyReleaseLine, ReleaseLine, SubmissionLine } from '@/app/components/submission-line'
import type { Messages } from '@/app/messages/messages'
import { openPage } from '@/app/open-page'
import { readPreferences } from '@/app/preferences'
import { Problem } from '@/lib/api/problem'
import type { PartResultView, ResultView } from '@/lib/attempts/view'
import { authorizeOwnAttempt } from '@/lib/auth/gate'
import { requirePageViewer } from '@/lib/auth/page-viewer'
import { readResult } from '@/lib/grading/data'
import type { Topic } from '@/lib/questions/content'
import { formatPoints } from '@/lib/scoring/points'
import { submitOwnEnded } from '@/lib/submission/mutations'
import { QuestionResult } from './question-result'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readPreferences()).messages.result.title }
}

export default async function ResultPage(props: PageProps<'/courses/[course]/[assignment]/result'>) {
  const { course, assignment } = await props.params
  const address = `/courses/${course}/${assignment}`
  const viewer = await requirePageViewer(`${address}/result`)
  const { messages, language } = await readPreferences()
  const { attempt: asked } = await props.searchParams
  const number = /^[1-9]\d{0,3}$/.test(String(asked)) ? Number(asked) : undefined
  const result = await openPage(async () => {
    try {
      const access = await authorizeOwnAttempt(
        viewer,
        { courseSlug: course, assignmentSlug: assignment, number },
        'attempt.result',
      )
      await submitOwnEnded(access)
      return await readResult(access)
    } catch (error) {
      if (error instanceof Problem && error.code === 'attempt-not-submitted') return null
      throw error
    }
  })
  if (!result) redirect(`${address}/review`)
  const { attempt, score } = result
  if (!score) return <Unreleased result={result} messages={messages} address={address} />

  const parts = new Map(score.parts.map((part) => [part.partId, part]))
  const released = score.parts.some((part) => part.key !== null)
  return (
    <main id="content" className="mx-auto w-full max-w-[52rem] px-4 pt-8 pb-24 sm:px-6 lg:pt-14">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h1 className="text-17 font-[560]">
            {messages.result.title}
            <span className="font-normal text-quiet"> · {attempt.assignment.title[language.interface]}</span>
          </h1>
          <p className="mt-4 flex items-baseline gap-3">
            <span className="text-64 font-[620] tracking-[-0.03em]" data-testid="total">
              {formatPoints(score.points, 2)}
            </span>
            <span className="text-21 text-quiet">
              {messages.result.ofMaximum(formatPoints(score.maximum))}
            </span>
          </p>
          {score.creditPercent < 100 && (
            <p className="numbers mt-2 text-17" data-testid="late-credit">
              {messages.result.lateCredit(
                score.creditPercent,
                formatPoints(score.earned, 2),
                formatPoints(score.points, 2),
              )}
            </p>
          )}
          {attempt.submittedAt && (
            <p className="mt-3 text-13 text-quiet">
              {attempt.number > 1 && `${messages.assignment.attempt(attempt.number)} · `}
              <SubmissionLine submittedAt={attempt.submittedAt} receipt={attempt.receipt} />
              {attempt.submittedByServer && ` · ${messages.result.byServer}`}
              <ReceiptLink attempt={attempt} messages={messages} />
            </p>
          )}
        </div>
        <PrintButton />
      </div>

      <section className="case mt-10 px-6 py-6 sm:px-8" aria-labelledby="by-topic">
        <h2 id="by-topic" className="text-17 font-[580]">
          {messages.result.byTopic}
        </h2>
        <TopicTable result={result} messages={messages} />
      </section>

      <section className="mt-14" aria-labelledby="by-question">
        <h2 id="by-question" className="text-21 font-[580]">
          {messages.result.byQuestion}
        </h2>
        {!released && (
          <p className="mt-1 text-quiet">
            <KeyReleaseLine releasedAt={result.keyReleasedAt} />
          </p>
        )}
        <div className="mt-6 grid gap-12">
          {attempt.questions.map((question) => (
            <QuestionResult key={question.questionId} question={question} parts={parts} messages={messages} />
          ))}
        </div>
      </section>
    </main>
  )
}

function Unreleased({
  result: { attempt, releasedAt },
  messages,
  address,
}: {
  result: ResultView
  messages: Messages
  address: string
}) {
  return (
    <PageState title={messages.result.title} action={{ label: attempt.assignment.title.en, href: address }}>
      <p>
        <ReleaseLine releasedAt={releasedAt} />
      </p>
      {attempt.submittedAt && (
        <p className="mt-4 text-13">
          <SubmissionLine submittedAt={attempt.submittedAt} receipt={attempt.receipt} />
          <ReceiptLink attempt={attempt} messages={messages} />
        </p>
      )}
    </PageState>
  )
}

function ReceiptLink({ attempt, messages }: { attempt: ResultView['attempt']; messages: Messages }) {
  if (!attempt.signedReceipt) return null
  return (
    <>
      {' · '}
      <a className="link" href={`/api/attempts/${attempt.attemptId}/receipt`} download>
        {messages.result.signedReceipt}
      </a>
    </>
  )
}

/** Points per topic as a table whose bars say the same as its numbers. */
function TopicTable({ result, messages }: { result: ResultView; messages: Messages }) {
  const rows = topicRows(result)
  return (
    <table className="mt-4 w-full text-15">
      <caption className="sr-only">{messages.result.byTopic}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.topic} className="border-t first:border-t-0">
            <th
              scope="row"
              className="py-2.5 pr-6 text-left font-normal whitespace-nowrap max-sm:whitespace-normal"
            >
              {messages.topics[row.topic]}
            </th>
            <td className="hidden w-full py-2.5 sm:table-cell">
              <div aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-hairline">
                <div
                  className="h-full rounded-full bg-accent"
                  style={{ width: `${(row.points / row.maximum) * 100}%` }}
                />
              </div>
            </td>
            <td className="numbers py-2.5 pl-5 text-right whitespace-nowrap">
              {formatPoints(row.points)} <span className="text-quiet">/ {formatPoints(row.maximum)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function topicRows({ attempt, score }: ResultView): { topic: Topic; points: number; maximum: number }[] {
  const scores = new Map<string, PartResultView>(score?.parts.map((part) => [part.partId, part]))
  const rows = new Map<Topic, { topic: Topic; points: number; maximum: number }>()
  for (const { content } of attempt.questions) {
    const row = rows.get(content.topic) ?? { topic: content.topic, points: 0, maximum: 0 }
    for (const part of content.parts) {
      row.points += scores.get(part.id)?.points ?? 0
      row.maximum += scores.get(part.id)?.maximum ?? 0
    }
    rows.set(content.topic, row)
  }
  return [...rows.values()]
}
