'use client'

import { clsx } from 'clsx'
import { Check, ChevronDown, CircleDashed, Minus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { clockTime, Moment, useInBrowser } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import { RichText } from '@/app/components/rich-text'
import { optionLetter } from '@/lib/questions/option-letter'
import { formatPoints } from '@/lib/scoring/points'
import type { PartWork } from '@/lib/student-work/view'
import { StandingAdjustment } from '../../adjustments/standing-adjustment'
import { useDeskMessages } from '../../use-desk-messages'

/** One part: what was chosen, against the key; points, rule and versions; and every save. */
export function PartWorkView({
  work,
  version,
  children,
}: {
  work: PartWork
  version: number
  /** What can be done about the part's score. */
  children?: ReactNode
}) {
  const desk = useDeskMessages()
  const messages = useMessages()
  const { part, chosen, score, key, history, adjustment } = work
  const marks = {
    right: [Check, desk.work.chosenKey, 'text-accent'],
    wrong: [X, desk.work.chosen, 'text-wrong'],
    chosen: [Minus, desk.work.chosen, 'text-ink'],
    missed: [CircleDashed, desk.work.key, 'text-accent'],
  } as const
  return (
    <section>
      {part.prompt && (
        <div className="mb-2">
          <h4 className="eyebrow">{messages.question.part(part.label)}</h4>
          <RichText text={part.prompt} second="hidden" />
        </div>
      )}
      <ul className="grid gap-1">
        {part.options.map((option, index) => {
          const picked = chosen.includes(option.id)
          const right = key?.correct.includes(option.id)
          const look = picked
            ? right === undefined
              ? 'chosen'
              : right
                ? 'right'
                : 'wrong'
            : right
              ? 'missed'
              : null
          const [Icon, note, colour] = look ? marks[look] : [null, undefined, '']
          return (
            <li key={option.id} className="grid grid-cols-[1.25rem_1.25rem_1fr] items-start gap-2">
              <span className={clsx('pt-1', colour)}>
                {Icon && <Icon size={16} role="img" aria-label={note} />}
              </span>
              <span aria-hidden="true" className="text-13 leading-6 font-semibold text-quiet">
                {optionLetter(index)}
              </span>
              <span className={clsx('min-w-0', picked ? 'font-[540]' : 'text-quiet')}>
                <RichText text={option.text} as="inline" second="hidden" />
              </span>
            </li>
          )
        })}
      </ul>
      {chosen.length === 0 && <p className="mt-1 text-13 text-quiet">{desk.work.noAnswer}</p>}
      <p className="mt-2 text-13">
        {score ? (
          <>
            <span className="numbers font-[560]">
              {desk.work.points(formatPoints(score.points), formatPoints(score.maximum))}
            </span>{' '}
            <span className="text-quiet">· {desk.work.scoredBy(score.rule, score.keyVersion, version)}</span>
          </>
        ) : (
          <span className="text-quiet">{desk.work.notScored}</span>
        )}
      </p>
      {score && adjustment && <StandingAdjustment standing={adjustment} score={score} />}
      {history.length > 0 && <History work={work} />}
      {children}
    </section>
  )
}

function History({ work: { part, history } }: { work: PartWork }) {
  const desk = useDeskMessages()
  const inBrowser = useInBrowser()
  const lettersOf = (optionIds: readonly string[]) =>
    optionIds.length === 0
      ? desk.work.cleared
      : part.options
          .flatMap(({ id }, index) => (optionIds.includes(id) ? [optionLetter(index)] : []))
          .join(', ')
  return (
    <details className="group mt-1">
      <summary className="tool -ml-2 cursor-pointer list-none">
        {desk.work.history(history.length)}
        <ChevronDown
          size={14}
          aria-hidden="true"
          className="transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      <table className="numbers mt-1 text-13">
        <caption className="sr-only">{desk.work.history(history.length)}</caption>
        <thead>
          <tr className="text-quiet">
            {[desk.work.revision, desk.work.choice, desk.work.savedAt].map((name) => (
              <th key={name} scope="col" className="py-1 pr-6 text-left font-[540]">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.map((save) => (
            <tr key={save.revision}>
              <td className="py-0.5 pr-6">{save.revision}</td>
              <td className="py-0.5 pr-6 font-[540]">{lettersOf(save.optionIds)}</td>
              <td className="py-0.5 whitespace-nowrap">
                <Moment iso={save.savedAt} />
                {inBrowser && <span className="text-quiet"> ({clockTime(save.savedAt)})</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
