import { PrintButton } from '@/app/components/print-button'
import { KeyReleaseLine, SubmissionLine } from '@/app/components/submission-line'
import type { LanguageChoice } from '@/app/messages/language'
import type { Messages } from '@/app/messages/messages'
import type { OwnAppeals } from '@/lib/appeals/view'
import type { PartResultView, ResultView } from '@/lib/attempts/view'
import type { Topic } from '@/lib/questions/content'
import { formatPoints } from '@/lib/scoring/points'
import { AppealList } from './appeals/appeal-list'
import { QuestionResult } from './question-result'
import { ReceiptLink } from './receipt-link'
import { ScoreChanges } from './score-changes'

/** A released result: the score, its topics, and every question with what is released of it. */
export function ResultSheet({
  result,
  score,
  messages,
  language,
  appeals = null,
  preview = false,
}: {
  result: ResultView
  score: NonNullable<ResultView['score']>
  messages: Messages
  language: LanguageChoice
  /** What its student asked about it; null: nobody can ask here. */
  appeals?: OwnAppeals | null
  /** Shown to staff, below another heading, without what only its student can fetch. */
  preview?: boolean
}) {
  const { attempt } = result
  const Title = preview ? 'h2' : 'h1'
  const parts = new Map(score.parts.map((part) => [part.partId, part]))
  const released = score.parts.some((part) => part.key !== null)
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <Title className="text-17 font-[560]">
            {messages.result.title}
            <span className="font-normal text-quiet"> · {attempt.assignment.title[language.interface]}</span>
          </Title>
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
              {!preview && <ReceiptLink attempt={attempt} messages={messages} />}
            </p>
          )}
        </div>
        {!preview && <PrintButton />}
      </div>

      <ScoreChanges changes={score.changes} language={language.interface} />
      {appeals && <AppealList appeals={appeals.appeals} questions={attempt.questions} />}

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
            <QuestionResult
              key={question.questionId}
              question={question}
              parts={parts}
              pointing={`/api${preview ? '' : `/attempts/${attempt.attemptId}`}/questions/${question.questionId}/pointing-games`}
              messages={messages}
              language={language.interface}
              appeals={appeals}
              attemptId={attempt.attemptId}
            />
          ))}
        </div>
      </section>
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
                  style={{ width: `${row.maximum === 0 ? 0 : (row.points / row.maximum) * 100}%` }}
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
