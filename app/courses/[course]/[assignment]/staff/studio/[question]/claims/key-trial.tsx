'use client'

import { LoaderCircle, Play, X } from 'lucide-react'
import { useId, useMemo } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { formatNumber } from '@/lib/explainers/claims/number-format'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { type TrialRequest, trialRequestSchema } from '@/lib/key-trials/schema'
import type { KeyTrialView } from '@/lib/key-trials/view'
import { optionLetter } from '@/lib/questions/option-letter'
import { isSame } from '@/lib/schema-form/values'
import type { DraftEvidence, DraftPart } from '@/lib/studio/schema'
import { MarginBar } from '../../../evidence/margin-bar'
import { MeasuredNumbers } from '../../../evidence/measured-numbers'
import { useEvidenceMessages } from '../../../evidence/use-evidence-messages'
import { VerdictMark } from '../../../evidence/verdict-mark'
import { useTrialMessages } from './trial-messages'
import { isUnderWay, useKeyTrial } from './use-key-trial'

/** Measures what a part's key rests on as it is written, and says of each option whether the model bears it out. */
export function KeyTrial({
  questionId,
  part,
  evidence,
  figureSpec,
}: {
  questionId: string
  part: DraftPart
  evidence: DraftEvidence
  figureSpec: FigureSpec | null
}) {
  const words = useTrialMessages()
  const title = useId()
  const request = useMemo(
    () => requestOf(part.correct, evidence, figureSpec),
    [part.correct, evidence, figureSpec],
  )
  const { trial, asking, unreachable, start, withdraw } = useKeyTrial(questionId, part.id)
  const waits = isUnderWay(trial)
  const isCurrent = trial !== null && isSame(trial.asked, request)
  return (
    <section aria-labelledby={title} className="case px-4 py-3.5">
      <h2 id={title} className="text-13 font-[560]">
        {words.title}
      </h2>
      <p className="mt-0.5 text-13 text-quiet">{words.hint}</p>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <button
          type="button"
          className="button"
          disabled={!request || asking || (waits && isCurrent)}
          onClick={() => request && void start(request)}
        >
          {asking || waits ? (
            <LoaderCircle size={16} aria-hidden="true" className="animate-spin" />
          ) : (
            <Play size={16} aria-hidden="true" />
          )}
          {trial?.result ? words.again : words.start}
        </button>
        {waits && (
          <button type="button" className="tool" onClick={() => void withdraw()}>
            <X size={16} aria-hidden="true" />
            {words.cancel}
          </button>
        )}
        <p role="status" className="text-13 text-quiet">
          {!request && words.incomplete}
          {trial?.status === 'queued' && words.queued}
          {trial?.status === 'computing' && words.measuring(trial.done, trial.total)}
          {trial?.status === 'failed' && <span className="text-wrong">{words.failed}</span>}
          {unreachable && <span className="text-wrong">{words.unreachable}</span>}
        </p>
      </div>
      {trial?.result && (
        <>
          {request && !isCurrent && <p className="mt-3 text-13 text-warn">{words.changed}</p>}
          <Found result={trial.result} asked={trial.asked} part={part} />
        </>
      )}
    </section>
  )
}

/** What was found; of what was asked, which may not be what is written by now. */
function Found({
  result: { verdict, options },
  asked,
  part,
}: {
  result: NonNullable<KeyTrialView['result']>
  asked: TrialRequest
  part: DraftPart
}) {
  const words = useTrialMessages()
  const evidence = useEvidenceMessages()
  return (
    <div className="mt-3 grid gap-3 border-t pt-3 text-13">
      {(asked.correct.length > 0 || verdict.missing) && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <p className="text-15 font-[560]">
            <VerdictMark verdict={verdict.verdict} /> {evidence.verdicts[verdict.verdict]}
          </p>
          {verdict.margin !== null && (
            <MarginBar margin={verdict.margin} spread={null} isThin={verdict.isThin} />
          )}
        </div>
      )}
      {verdict.missing && <BilingualText text={verdict.missing.message} />}
      {verdict.demonstration && (
        <div>
          <p>{verdict.demonstration.holds ? evidence.demonstrated : evidence.notDemonstrated}</p>
          <BilingualText text={verdict.demonstration.why} second="text-quiet" />
        </div>
      )}
      {asked.evidence.kind === 'claims' && !verdict.missing && (
        <ul className="grid gap-2">
          {part.options.map(({ id }, index) => {
            const outcome = options[id]
            const isKeyed = asked.correct.includes(id)
            return (
              <li key={id} className="border-l-2 border-hairline pl-3">
                <p>
                  <span className="font-[560]">{words.option(optionLetter(index))}</span>
                  {isKeyed && <span className="text-accent"> · {words.correct}</span>} ·{' '}
                  {outcome ? evidence[wordOf(outcome.holds)] : words.noClaim}
                  {outcome?.margin != null && (
                    <span className="numbers text-quiet">
                      {' '}
                      · {words.margin(formatNumber(outcome.margin))}
                    </span>
                  )}
                </p>
                {outcome?.why && (
                  <div className="text-quiet">
                    <BilingualText text={outcome.why} />
                  </div>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {verdict.measured.length > 0 && (
        <details>
          <summary className="min-h-6 cursor-pointer text-quiet">{words.numbers}</summary>
          <div className="mt-2">
            <MeasuredNumbers measured={verdict.measured} />
          </div>
        </details>
      )}
      {verdict.models.length > 0 && (
        <p className="text-quiet">{words.on(verdict.models.map(({ name }) => name).join(', '))}</p>
      )}
    </div>
  )
}

const wordOf = (holds: boolean | null) => (holds === null ? 'open' : holds ? 'holds' : 'fails')

/** @returns what is tried of a part as it is written; null while nothing is complete enough to be measured. */
function requestOf(
  correct: readonly string[],
  { unfinished: _, ...evidence }: DraftEvidence,
  figureSpec: FigureSpec | null,
): TrialRequest | null {
  if (evidence.kind === 'reasoned' && !evidence.demonstration) return null
  const tried =
    evidence.kind === 'claims'
      ? { kind: evidence.kind, measurements: evidence.measurements, claims: evidence.claims }
      : evidence
  const asked = { figureModel: figureSpec?.model ?? null, correct, evidence: tried }
  return trialRequestSchema.safeParse(asked).data ?? null
}
