'use client'

import { Check, ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { FigureCard } from '@/app/components/figure/figure-card'
import { Moment } from '@/app/components/local-time'
import { RichText } from '@/app/components/rich-text'
import { formatNumber } from '@/lib/explainers/claims/number-format'
import type { EvidenceLine, OptionEvidence } from '@/lib/verification/view'
import { useOpenWhenNamed } from '../use-open-when-named'
import { CheckOne } from './check-controls'
import { MarginBar } from './margin-bar'
import { MeasuredNumbers } from './measured-numbers'
import { useEvidenceMessages } from './use-evidence-messages'
import { VerdictMark, verdictOf } from './verdict-mark'

/** A part with its verdict; opens to options, numbers, figure and history. */
export function EvidenceRow({
  line,
  assignmentId,
  mayCheck,
}: {
  line: EvidenceLine
  assignmentId: string
  mayCheck: boolean
}) {
  const evidence = useEvidenceMessages()
  const [open, setOpen] = useState(false)
  const named = useOpenWhenNamed(`part-${line.partId}`)
  const shown = verdictOf(line)
  const { verdict } = line
  return (
    <details
      ref={named}
      id={`part-${line.partId}`}
      className="group scroll-mt-4 border-b"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="grid cursor-pointer list-none grid-cols-[3rem_1fr_auto] items-center gap-3 py-3 hover:bg-sunk sm:grid-cols-[3rem_1fr_10rem_9.5rem_auto]">
        <span className="text-17 font-semibold">
          <span className="font-[350] text-quiet">Q</span>
          {line.label}
        </span>
        <span className="min-w-0">
          <RichText text={line.prompt} as="line" className="truncate" second="hidden" />
          <span className="text-13 sm:hidden">
            <VerdictMark verdict={shown} /> {evidence.verdicts[shown]}
          </span>
        </span>
        <span className="hidden text-13 sm:block">
          <VerdictMark verdict={shown} large /> {evidence.verdicts[shown]}
          {line.disputed && <span className="block text-warn">{evidence.disputed}</span>}
        </span>
        <span className="hidden sm:block">
          {verdict?.margin != null && (
            <MarginBar
              margin={verdict.margin}
              spread={verdict.stability?.spread ?? null}
              isThin={verdict.isThin}
            />
          )}
        </span>
        <ChevronDown
          size={18}
          aria-hidden="true"
          className="text-quiet transition-transform duration-150 group-open:rotate-180"
        />
      </summary>
      {open && <Opened line={line} assignmentId={assignmentId} mayCheck={mayCheck} />}
    </details>
  )
}

function Opened({
  line,
  assignmentId,
  mayCheck,
}: {
  line: EvidenceLine
  assignmentId: string
  mayCheck: boolean
}) {
  const evidence = useEvidenceMessages()
  const { verdict, figure } = line
  return (
    <div className="grid gap-8 pt-2 pb-8 lg:grid-cols-2 lg:pl-[3.75rem]">
      <div className="min-w-0">
        <RichText text={line.prompt} second="mt-2 text-quiet" />
        <Summary line={line} />
        <h2 className="mt-6 text-13 font-[560] text-quiet">{evidence.why}</h2>
        <ul className="mt-2 grid gap-3">
          {line.options.map((option) => (
            <Option key={option.optionId} option={option} />
          ))}
        </ul>
        {verdict?.demonstration && (
          <div className="mt-6 border-l-2 border-hairline pl-4">
            <p className="text-13 text-quiet">
              {evidence.demonstration}:{' '}
              {verdict.demonstration.holds ? evidence.demonstrated : evidence.notDemonstrated}
            </p>
            <BilingualText text={verdict.demonstration.why} second="text-13 text-quiet" />
          </div>
        )}
        <div className="mt-6 border-l-2 border-accent pl-4">
          <p className="text-13 text-quiet">{evidence.explanation}</p>
          <RichText text={line.explanation} />
        </div>
        {mayCheck && (
          <div className="mt-4">
            <CheckOne assignmentId={assignmentId} partId={line.partId} />
          </div>
        )}
      </div>
      <div className="min-w-0">
        {verdict && verdict.measured.length > 0 && <MeasuredNumbers measured={verdict.measured} />}
        <History line={line} />
        {figure && (
          <div className="mt-6">
            <FigureCard requestId={figure.requestId} given={{ state: figure }} />
          </div>
        )}
      </div>
    </div>
  )
}

/** The verdict in words, with what weakens it, what is missing, and why the key stands. */
function Summary({ line }: { line: EvidenceLine }) {
  const evidence = useEvidenceMessages()
  const { verdict, accepted, publishReason, disputed } = line
  const shown = verdictOf(line)
  return (
    <div className="case mt-4 px-4 py-3">
      <p>
        <VerdictMark verdict={shown} /> {evidence.meanings[shown]}
      </p>
      {verdict?.isThin && <p className="mt-1 text-13 text-warn">{evidence.thinMeaning}</p>}
      {verdict?.stability && (
        <p className="mt-1 text-13 text-quiet">
          {evidence.stability(
            verdict.stability.agreeing,
            verdict.stability.seeds,
            formatNumber(verdict.stability.spread),
          )}
        </p>
      )}
      {verdict?.isUnrepeated && <p className="mt-1 text-13 text-quiet">{evidence.unrepeated}</p>}
      {verdict?.missing && (
        <div className="mt-2 text-13">
          <BilingualText text={verdict.missing.message} />
          {verdict.missing.command && (
            <p className="mt-1">
              {evidence.toMend} <code className="break-all">{verdict.missing.command}</code>
            </p>
          )}
        </div>
      )}
      {shown === 'contradicted' && (
        <div className="mt-2">
          <p className="text-13 text-quiet">{evidence.reason}</p>
          {accepted && <BilingualText text={accepted} />}
          {publishReason && <p>{publishReason}</p>}
          {!accepted && !publishReason && <p className="text-wrong">{evidence.noReason}</p>}
        </div>
      )}
      {disputed && (
        <div className="mt-2">
          <p className="text-13 text-warn">{evidence.disputed}</p>
          <BilingualText text={disputed} />
        </div>
      )}
    </div>
  )
}

function Option({ option: { text, keyed, holds, why } }: { option: OptionEvidence }) {
  const evidence = useEvidenceMessages()
  const word = holds === null ? evidence.open : holds ? evidence.holds : evidence.fails
  return (
    <li className="grid grid-cols-[1.25rem_1fr] gap-2">
      <span className="pt-1">
        {holds === true && <Check size={16} aria-hidden="true" className="text-accent" />}
        {holds === false && <X size={16} aria-hidden="true" className="text-quiet" />}
      </span>
      <div className="min-w-0">
        <div className={keyed ? 'font-[540]' : ''}>
          <BilingualText text={text} second="text-13 text-quiet" />
        </div>
        <p className="text-13 text-quiet">
          {keyed && <span className="font-[560] text-accent">{evidence.keyed} · </span>}
          {word}
        </p>
        {why && (
          <div className="mt-0.5 text-13 text-quiet">
            <BilingualText text={why} second="mt-0.5" />
          </div>
        )}
      </div>
    </li>
  )
}

function History({ line: { verdict, history } }: { line: EvidenceLine }) {
  const evidence = useEvidenceMessages()
  if (!verdict) return null
  return (
    <div className="mt-6">
      <h2 className="text-13 font-[560] text-quiet">{evidence.history}</h2>
      <ol className="mt-2 grid gap-2 text-13">
        {history.map((past) => (
          <li key={`${past.checkedAt} ${past.keyVersion}`}>
            <VerdictMark verdict={past.verdict} /> {evidence.verdicts[past.verdict]}
            {past.margin !== null && <> · {evidence.margin(formatNumber(past.margin))}</>}
            <span className="block text-quiet">
              {past.models.map((model) => (
                <span key={model.sha256}>
                  {model.name} <code>{model.sha256.slice(0, 8)}</code>
                  {model.insteadOf && <> {evidence.insteadOf(model.insteadOf)}</>} ·{' '}
                </span>
              ))}
              {evidence.version(past.keyVersion)} · <Moment iso={past.checkedAt} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
