'use client'

import { Check, CircleHelp, Scan, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { useInBrowser } from '@/app/components/local-time'
import type { Finding, MeasuredModel, OptionFeedback, PartFeedback } from '@/lib/feedback/view'
import { useExhibit } from './exhibit'
import { type FeedbackMessages, useFeedbackMessages } from './messages'

/** What was measured of a student's answer to one part: a sentence an option, with what it speaks of in the figure. */
export function PartFeedbackView({
  partId,
  feedback,
  hasFigure,
}: {
  partId: string
  feedback: PartFeedback
  hasFigure: boolean
}) {
  const messages = useFeedbackMessages()
  return (
    <section className="mt-4 rounded-card bg-sunk px-4 py-3" data-testid={`feedback-${partId}`}>
      <h4 className="eyebrow">{messages.title}</h4>
      <Body partId={partId} feedback={feedback} hasFigure={hasFigure} messages={messages} />
    </section>
  )
}

function Body({
  partId,
  feedback,
  hasFigure,
  messages,
}: {
  partId: string
  feedback: PartFeedback
  hasFigure: boolean
  messages: FeedbackMessages
}) {
  switch (feedback.state) {
    case 'measured':
      return (
        <>
          <ul className="mt-2 grid gap-3">
            {feedback.options.map((option) => (
              <li key={option.optionId}>
                <Sentence
                  by={option.optionId}
                  finding={option}
                  mark={<HoldsMark holds={option.holds} messages={messages} />}
                  hasFigure={hasFigure}
                />
              </li>
            ))}
          </ul>
          {feedback.chanceNote && (
            <div className="mt-3 text-13 text-quiet">
              <BilingualText text={feedback.chanceNote} />
            </div>
          )}
          {feedback.keyNote && (
            <div className="mt-3 border-l-2 border-warn pl-3">
              <h5 className="text-13 font-[560]">{messages.keyNote}</h5>
              <BilingualText text={feedback.keyNote} />
            </div>
          )}
          <Models models={feedback.models} />
        </>
      )
    case 'reasoned':
      return feedback.demonstration ? (
        <>
          <div className="mt-2">
            <Sentence by={partId} finding={feedback.demonstration} hasFigure={hasFigure} />
          </div>
          <Models models={feedback.demonstration.models} />
        </>
      ) : (
        <p className="mt-1">{messages.reasoned}</p>
      )
    case 'not-computable':
      return (
        <div className="mt-1">
          <p>{messages.notComputable}</p>
          <BilingualText text={feedback.why} second="text-13 text-quiet" />
        </div>
      )
    case 'measuring':
      return <p className="mt-1">{messages.measuring}</p>
    case 'not-measured':
      return <p className="mt-1">{messages.notMeasured}</p>
  }
}

function Sentence({
  by,
  finding: { words, marks },
  mark,
  hasFigure,
}: {
  by: string
  finding: Finding | OptionFeedback
  mark?: ReactNode
  hasFigure: boolean
}) {
  const messages = useFeedbackMessages()
  const { pointed, point } = useExhibit()
  const inBrowser = useInBrowser()
  return (
    <div className="flex items-start gap-2.5">
      {mark}
      <div className="min-w-0 max-w-[68ch]">
        <BilingualText text={words} second="mt-1 text-13 text-quiet" />
        {hasFigure && marks.length > 0 && (
          <button
            type="button"
            className="tool no-print mt-0.5 -ml-2"
            aria-pressed={pointed?.by === by}
            disabled={!inBrowser}
            onClick={() => point(by, marks)}
          >
            <Scan size={16} aria-hidden="true" />
            {messages.showInFigure}
          </button>
        )}
      </div>
    </div>
  )
}

function HoldsMark({ holds, messages }: { holds: boolean | null; messages: FeedbackMessages }) {
  const [Icon, words, colour] =
    holds === null
      ? ([CircleHelp, messages.open, 'text-quiet'] as const)
      : holds
        ? ([Check, messages.holds, 'text-accent'] as const)
        : ([X, messages.fails, 'text-quiet'] as const)
  return <Icon size={17} role="img" aria-label={words} className={`mt-1 shrink-0 ${colour}`} />
}

function Models({ models }: { models: readonly MeasuredModel[] }) {
  const messages = useFeedbackMessages()
  return <p className="mt-3 text-13 text-quiet">{models.map((model) => messages.model(model)).join(' ')}</p>
}
