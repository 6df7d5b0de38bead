import { clsx } from 'clsx'
import { Check, CircleCheck, CircleDashed, CircleDot, CircleX, Minus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { RichText } from '@/app/components/rich-text'
import type { Language } from '@/app/messages/language'
import type { Messages } from '@/app/messages/messages'
import type { OwnAppeals } from '@/lib/appeals/view'
import type { AttemptQuestionView, PartResultView } from '@/lib/attempts/view'
import type { QuestionPart } from '@/lib/questions/content'
import { optionLetter } from '@/lib/questions/option-letter'
import type { RichPart } from '@/lib/questions/rich-content'
import { countDecisions } from '@/lib/scoring/decisions'
import { formatPoints } from '@/lib/scoring/points'
import { wordPartScore } from '@/lib/scoring/wording'
import { PartAppeals } from './appeals/part-appeals'
import { ExhibitProvider } from './feedback/exhibit'
import { PartFeedbackView } from './feedback/part-feedback'
import { FigureDisclosure } from './figure-disclosure'
import { type ScoreChangeMessages, scoreChangeMessages } from './messages/score-changes'

const lettersOf = (options: QuestionPart['options'], ids: readonly string[]) =>
  options.flatMap(({ id }, index) => (ids.includes(id) ? [optionLetter(index)] : [])).join(', ')

/** One question with the own choice, the key as far as it is released, and why. */
export function QuestionResult({
  question: { content, figureRequestId, figurePictures, trustRequestId },
  parts,
  pointing,
  messages,
  language,
  appeals,
  attemptId,
}: {
  question: AttemptQuestionView
  parts: ReadonlyMap<string, PartResultView>
  /** Address of the pointing game, which goes with the key. */
  pointing: string
  messages: Messages
  language: Language
  /** What was asked about the attempt; null: nobody can ask here. */
  appeals: OwnAppeals | null
  attemptId: string
}) {
  const isKeyReleased = content.parts.some((part) => parts.get(part.id)?.key)
  return (
    <ExhibitProvider>
      <article className="grid gap-4 border-t pt-6 break-inside-avoid sm:grid-cols-[4.5rem_1fr]">
        <h3 className="text-28 font-[620] tracking-[-0.01em]">
          <span className="sr-only">{messages.question.title(content.label)}</span>
          <span aria-hidden="true">
            <span className="font-[350] text-quiet">Q</span>
            {content.label}
          </span>
        </h3>
        <div className="min-w-0">
          <p className="eyebrow">{messages.topics[content.topic]}</p>
          <div className="mt-1.5 text-17">
            <RichText text={content.prompt} second="mt-2 text-15 text-quiet" />
          </div>
          <div className="mt-5 grid gap-8">
            {content.parts.map((part) => {
              const result = parts.get(part.id)
              return (
                result && (
                  <PartResult
                    key={part.id}
                    part={part}
                    result={result}
                    hasFigure={figureRequestId !== null}
                    messages={messages}
                    words={scoreChangeMessages[language]}
                  >
                    {appeals && (
                      <PartAppeals
                        attemptId={attemptId}
                        partId={part.id}
                        label={part.label}
                        isOpen={appeals.open}
                        until={appeals.until}
                        appeals={appeals.appeals.filter(({ partId }) => partId === part.id)}
                      />
                    )}
                  </PartResult>
                )
              )
            })}
          </div>
          {figureRequestId && (
            <FigureDisclosure
              requestId={figureRequestId}
              pictures={figurePictures}
              trust={
                trustRequestId
                  ? { requestId: trustRequestId, pointing: isKeyReleased ? pointing : null }
                  : null
              }
            />
          )}
        </div>
      </article>
    </ExhibitProvider>
  )
}

function PartResult({
  part,
  result,
  hasFigure,
  messages,
  words: changes,
  children,
}: {
  part: RichPart
  result: PartResultView
  hasFigure: boolean
  messages: Messages
  words: ScoreChangeMessages
  children: ReactNode
}) {
  const correct = result.key?.correct ?? null
  const { adjustment } = result
  // The sentence says what the rule gave; what was decided by hand stands below it.
  const words = wordPartScore(
    { ...result, points: adjustment?.automatic ?? result.points },
    correct &&
      countDecisions(
        part.options.map((option) => option.id),
        correct,
        result.chosen,
      ),
  )
  return (
    <section id={`part-${part.id}`} className="scroll-mt-20">
      {part.prompt && (
        <div className="mb-3">
          <h4 className="eyebrow">{messages.question.part(part.label)}</h4>
          <RichText text={part.prompt} className="mt-1" />
        </div>
      )}
      <ul className="grid gap-1.5">
        {part.options.map((option, index) => {
          const chosen = result.chosen.includes(option.id)
          const right = correct ? correct.includes(option.id) : null
          if (!chosen && right !== true && correct !== null) {
            return (
              <OptionLine key={option.id} letter={optionLetter(index)} look="plain">
                <RichText text={option.text} as="inline" second="text-13 text-quiet" />
              </OptionLine>
            )
          }
          const look =
            right === null ? (chosen ? 'chosen' : 'plain') : right ? (chosen ? 'right' : 'missed') : 'wrong'
          return (
            <OptionLine
              key={option.id}
              letter={optionLetter(index)}
              look={look}
              note={noteOf(look, messages)}
            >
              <RichText text={option.text} as="inline" second="text-13 text-quiet" />
            </OptionLine>
          )
        })}
      </ul>
      {result.chosen.length === 0 && <p className="mt-2 text-13 text-quiet">{messages.result.noAnswer}</p>}
      <div className="mt-3 flex items-start gap-2 text-13">
        <ScoreMark result={result} messages={messages} />
        <div>
          <BilingualText text={words} className="font-[540]" second="font-normal text-quiet" />
          {adjustment && adjustment.automatic !== null && (
            <p className="numbers font-[540]">
              {changes.adjusted(
                formatPoints(adjustment.automatic, 2),
                formatPoints(result.points, 2),
                adjustment.automatic !== result.points,
              )}
            </p>
          )}
        </div>
      </div>
      {adjustment && adjustment.comment !== '' && (
        <div className="mt-3 border-l-2 border-warn pl-4">
          <p className="eyebrow">{changes.comment}</p>
          <p className="mt-0.5 max-w-[68ch] break-words whitespace-pre-line">{adjustment.comment}</p>
        </div>
      )}
      {result.key && result.key.alsoAccepted.length > 0 && (
        <p className="mt-2 text-13 text-quiet">
          {changes.alsoAccepted(
            result.key.alsoAccepted.map((key) => lettersOf(part.options, key)).join(' / '),
          )}
        </p>
      )}
      {result.key?.feedback && (
        <PartFeedbackView partId={part.id} feedback={result.key.feedback} hasFigure={hasFigure} />
      )}
      {result.key && (
        <div className="mt-3 border-l-2 border-accent pl-4">
          <p className="eyebrow">{messages.result.why}</p>
          <div className="mt-0.5 max-w-[68ch]">
            <RichText text={result.key.explanation} />
          </div>
        </div>
      )}
      {children}
    </section>
  )
}

type Look = 'plain' | 'chosen' | 'right' | 'missed' | 'wrong'

function noteOf(look: Look, { result }: Messages): string | undefined {
  if (look === 'right') return result.both
  if (look === 'missed') return result.missed
  return look === 'plain' ? undefined : result.yours
}

/** Mark, words and outline say the same; colour only repeats it. */
function OptionLine({
  letter,
  look,
  note,
  children,
}: {
  letter: string
  look: Look
  note?: string | undefined
  children: ReactNode
}) {
  const Icon = { plain: null, chosen: Minus, right: Check, missed: CircleDashed, wrong: X }[look]
  return (
    <li
      className={clsx(
        'grid grid-cols-[1.5rem_1fr_auto] items-start gap-3 rounded-card border px-3.5 py-2',
        look === 'plain' && 'border-transparent text-quiet',
        look === 'chosen' && 'border-edge',
        look === 'right' && 'border-accent bg-accent-soft',
        look === 'missed' && 'border-dashed border-accent',
        look === 'wrong' && 'border-wrong/50 bg-wrong-soft',
      )}
    >
      <span aria-hidden="true" className="text-13 leading-6 font-semibold text-quiet">
        {letter}
      </span>
      <span className="min-w-0 break-words">{children}</span>
      {Icon && (
        <span
          className={clsx(
            'flex items-center gap-1.5 text-13 leading-6 font-[540]',
            look === 'wrong' ? 'text-wrong' : look === 'chosen' ? 'text-ink' : 'text-accent',
          )}
        >
          <Icon size={15} aria-hidden="true" className="shrink-0" />
          <span className="max-sm:sr-only">{note}</span>
        </span>
      )}
    </li>
  )
}

function ScoreMark({ result, messages }: { result: PartResultView; messages: Messages }) {
  const [Icon, words, colour] =
    result.points === result.maximum
      ? ([CircleCheck, messages.result.full, 'text-accent'] as const)
      : result.points > 0
        ? ([CircleDot, messages.result.partly, 'text-warn'] as const)
        : ([CircleX, messages.result.zero, 'text-wrong'] as const)
  return <Icon size={17} role="img" aria-label={words} className={`mt-0.5 shrink-0 ${colour}`} />
}
