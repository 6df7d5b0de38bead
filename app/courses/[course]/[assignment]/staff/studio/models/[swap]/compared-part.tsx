'use client'

import { ChevronDown } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { FigureCard } from '@/app/components/figure/figure-card'
import { RichText } from '@/app/components/rich-text'
import { formatNumber } from '@/lib/explainers/claims/number-format'
import type { FigureState } from '@/lib/figures/view'
import type { ComparedQuantity } from '@/lib/model-swaps/comparison'
import type { ComparedOption, SwappedPart, SwappedQuestion } from '@/lib/model-swaps/view'
import { optionLetter } from '@/lib/questions/option-letter'
import type { OptionOutcome, VerdictView } from '@/lib/verification/view'
import { MarginBar } from '../../../evidence/margin-bar'
import { useEvidenceMessages } from '../../../evidence/use-evidence-messages'
import { VerdictMark } from '../../../evidence/verdict-mark'
import { useSwapMessages } from '../messages'

/** One part with its verdict before and after; opens to options, numbers and both figures. */
export function ComparedPart({
  studio,
  question,
  part,
}: {
  studio: string
  question: SwappedQuestion
  part: SwappedPart
}) {
  const messages = useSwapMessages()
  const [open, setOpen] = useState(false)
  const { before, after, changed } = part
  return (
    <details className="group border-b" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="grid cursor-pointer list-none grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 py-3 hover:bg-sunk">
        <span className="text-17 font-semibold">{part.label}</span>
        <span className="min-w-0">
          <RichText text={part.prompt} as="line" className="truncate" second="hidden" />
          <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-13">
            <Verdict verdict={before} />
            <span aria-hidden="true">→</span>
            {after ? <Verdict verdict={after} /> : <span className="text-quiet">{messages.pending}</span>}
            {changed && <span className="font-[560] text-warn">{messages.changes}</span>}
          </span>
        </span>
        <ChevronDown
          size={18}
          aria-hidden="true"
          className="text-quiet transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      {open && <Opened studio={studio} question={question} part={part} />}
    </details>
  )
}

function Verdict({ verdict }: { verdict: VerdictView | null }) {
  const { verdicts } = useEvidenceMessages()
  const shown = verdict?.verdict ?? 'unchecked'
  return (
    <span>
      <VerdictMark verdict={shown} /> {verdicts[shown]}
    </span>
  )
}

function Opened({
  studio,
  question,
  part,
}: {
  studio: string
  question: SwappedQuestion
  part: SwappedPart
}) {
  const messages = useSwapMessages()
  const { slug, label, version, appliedVersion, outdated, figureBefore, figureAfter } = question
  return (
    <div className="grid gap-6 pt-1 pb-8">
      <p className="flex flex-wrap gap-x-4 text-13">
        <Link className="link" href={`${studio}/${slug}`}>
          {messages.question(label)}
        </Link>
        {appliedVersion !== null && (
          <span className="text-quiet">{messages.versions(version, appliedVersion)}</span>
        )}
        {outdated && <span className="text-wrong">{messages.outdated}</span>}
      </p>
      <RichText text={part.prompt} second="mt-2 text-quiet" />
      <div className="grid gap-4 sm:grid-cols-2">
        <Side title={messages.before} verdict={part.before} />
        <Side title={messages.after} verdict={part.after} />
      </div>
      <Options options={part.options} />
      {part.measured.map((quantity) => (
        <Quantity key={quantity.title.en} quantity={quantity} />
      ))}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <FigureOf title={messages.before} state={figureBefore} />
        <FigureOf title={messages.after} state={figureAfter} />
      </div>
    </div>
  )
}

function Side({ title, verdict }: { title: string; verdict: VerdictView | null }) {
  const { meanings } = useEvidenceMessages()
  return (
    <div className="case px-4 py-3">
      <h2 className="text-13 font-[560] text-quiet">{title}</h2>
      <p className="mt-1">
        <Verdict verdict={verdict} />
      </p>
      {verdict?.margin != null && (
        <MarginBar
          margin={verdict.margin}
          spread={verdict.stability?.spread ?? null}
          isThin={verdict.isThin}
        />
      )}
      <p className="mt-1 text-13 text-quiet">{meanings[verdict?.verdict ?? 'unchecked']}</p>
      {verdict?.missing && <BilingualText text={verdict.missing.message} />}
      {verdict?.models.map(({ name }) => (
        <p key={name} className="mt-1 text-13 text-quiet break-all">
          {name}
        </p>
      ))}
    </div>
  )
}

function Options({ options }: { options: readonly ComparedOption[] }) {
  const messages = useSwapMessages()
  return (
    <table className="w-full text-13">
      <thead className="text-left text-quiet">
        <tr>
          <th scope="col" className="border-b py-1.5 pr-4 font-normal">
            {messages.option}
          </th>
          <th scope="col" className="w-20 border-b py-1.5 pr-3 font-normal sm:w-1/4">
            {messages.before}
          </th>
          <th scope="col" className="w-20 border-b py-1.5 font-normal sm:w-1/4">
            {messages.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {options.map(({ optionId, text, keyed, before, after }, index) => (
          <tr key={optionId} className="align-top">
            <th scope="row" className="border-b py-2 pr-4 text-left font-normal">
              <span className="font-semibold text-quiet">{optionLetter(index)}</span>{' '}
              <RichText text={text} as="inline" second="hidden" />
              {keyed && <span className="block font-[560] text-accent">{messages.keyed}</span>}
              <Why outcome={after ?? before} />
            </th>
            <td className="border-b py-2 pr-4">
              <Outcome outcome={before} />
            </td>
            <td className={`border-b py-2 ${isOther(before, after) ? 'bg-warn-soft font-[560]' : ''}`}>
              <Outcome outcome={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const isOther = (before: OptionOutcome | null, after: OptionOutcome | null) =>
  before !== null && after !== null && before.holds !== after.holds

function Outcome({ outcome }: { outcome: OptionOutcome | null }) {
  const { holds } = useSwapMessages()
  if (!outcome) return holds.none
  const word = outcome.holds === null ? holds.open : outcome.holds ? holds.holds : holds.fails
  return (
    <>
      {word}
      {outcome.margin !== null && (
        <span className="numbers block text-quiet">{formatNumber(outcome.margin)}</span>
      )}
    </>
  )
}

function Why({ outcome }: { outcome: OptionOutcome | null }) {
  const messages = useSwapMessages()
  if (!outcome?.why) return null
  return (
    <details className="mt-0.5 text-quiet">
      <summary className="min-h-6 cursor-pointer">{messages.why}</summary>
      <BilingualText text={outcome.why} />
    </details>
  )
}

function Quantity({ quantity: { title, unit, values } }: { quantity: ComparedQuantity }) {
  const messages = useSwapMessages()
  return (
    <table className="w-full text-13">
      <caption className="pb-1 text-left font-[560] text-quiet">
        <BilingualText text={title} second="font-normal" />
      </caption>
      <thead className="text-quiet">
        <tr>
          <td className="border-b" />
          <th scope="col" className="w-24 border-b py-1 pl-3 text-right font-normal">
            {messages.before}
          </th>
          <th scope="col" className="w-24 border-b py-1 pl-3 text-right font-normal">
            {messages.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ name, before, after }) => (
          <tr key={name.en}>
            <th scope="row" className="border-b py-1.5 pr-3 text-left font-normal">
              <BilingualText text={name} second="text-quiet" />
            </th>
            <td className="numbers border-b py-1.5 pl-3 text-right">{formatNumber(before, unit)}</td>
            <td className="numbers border-b py-1.5 pl-3 text-right">{formatNumber(after, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function FigureOf({ title, state }: { title: string; state: FigureState | null }) {
  const messages = useSwapMessages()
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="mb-2 text-13 font-[560] text-quiet">{title}</h2>
      {state ? (
        <FigureCard requestId={state.requestId} given={{ state }} />
      ) : (
        <p className="case px-6 py-10 text-center text-quiet">{messages.noFigure}</p>
      )}
    </section>
  )
}
