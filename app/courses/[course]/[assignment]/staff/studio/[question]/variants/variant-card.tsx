'use client'

import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { BilingualText, useOneLanguage } from '@/app/components/bilingual-text'
import { RichText } from '@/app/components/rich-text'
import type { AssignmentView } from '@/lib/attempts/view'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { pictureName } from '@/lib/explainers/claims/measurements/values'
import { formatNumber } from '@/lib/explainers/claims/number-format'
import { optionLetter } from '@/lib/questions/option-letter'
import type { MeasurablePicture } from '@/lib/studio/view'
import type { VariantLine, VariantPart } from '@/lib/variants/view'
import { VerdictMark } from '../../../evidence/verdict-mark'
import { useRendered } from '../../use-rendered'
import { PreviewPane } from '../preview-pane'
import { useVariantMessages } from './messages'
import type { Variants } from './use-variants'

/** One variant: what it shows, what was measured of it, how students will see it, and whether they may get it. */
export function VariantCard({
  assignment,
  variant,
  pictures,
  variants: { view, change, sending },
}: {
  assignment: AssignmentView
  variant: VariantLine
  pictures: readonly MeasurablePicture[]
  variants: Variants
}) {
  const messages = useVariantMessages()
  const { variantId, number, state, stale, done, total, made, dealt, parts, substitution } = variant
  const isUnderWay = state === 'queued' || state === 'computing'
  const path = `variants/${variantId}`
  const name = useSubstitutionName(variant, pictures)
  return (
    <li className="case px-5 py-4" data-testid="variant">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-[600] first-letter:uppercase">
          {number !== null && <span className="numbers">{messages.name(-number)} · </span>}
          {name.pictures}
        </h3>
        <p role="status" className="flex items-center gap-1.5 text-13">
          {isUnderWay && <LoaderCircle size={15} aria-hidden="true" className="animate-spin" />}
          {state === 'supported' && <Check size={15} aria-hidden="true" className="text-accent" />}
          {(state === 'refused' || state === 'failed') && (
            <CircleAlert size={15} aria-hidden="true" className="text-warn" />
          )}
          {messages.states[state]}
          {state === 'computing' && total > 0 && (
            <span className="numbers text-quiet">{messages.progress(done, total)}</span>
          )}
        </p>
      </div>
      {name.regions && <p className="mt-0.5 text-13 text-quiet">{name.regions}</p>}
      {stale && <p className="mt-2 text-13 text-warn">{messages.stale}</p>}
      {parts.map((part) => (
        <MeasuredPart key={part.partId} part={part} alone={parts.length === 1} />
      ))}
      {made && <Made assignment={assignment} questionId={view.questionId} variant={variant} made={made} />}
      <div className="mt-3 flex flex-wrap items-center gap-x-2 gap-y-1 border-t pt-3">
        {made && !stale && (
          <button
            type="button"
            className={dealt ? 'tool' : 'button button-accent'}
            disabled={sending}
            onClick={() => void change('PUT', path, { dealt: !dealt })}
          >
            {dealt ? messages.withdraw : messages.confirm}
          </button>
        )}
        {!isUnderWay && (
          <button
            type="button"
            className="tool"
            disabled={sending || stale}
            onClick={() => void change('POST', 'variants', { basedOn: view.version, substitution })}
          >
            {messages.again}
          </button>
        )}
        {(made?.attempts ?? 0) === 0 && (
          <button
            type="button"
            className="tool"
            disabled={sending}
            onClick={() => void change('DELETE', path)}
          >
            {isUnderWay ? messages.cancel : messages.remove}
          </button>
        )}
        {dealt && !stale && <span className="ml-auto text-13 font-[560] text-accent">{messages.dealt}</span>}
      </div>
    </li>
  )
}

function useSubstitutionName({ substitution }: VariantLine, pictures: readonly MeasurablePicture[]) {
  const messages = useVariantMessages()
  const say = useOneLanguage()
  const find = (name: number | string) => pictures.find((picture) => picture.name === name)
  const region = (picture: number | string, name: string) =>
    say(find(picture)?.regions.find(({ en }) => en === name) ?? { zh: name, en: name })
  return {
    pictures: substitution
      .map(({ to }) => {
        const title = find(to)?.title
        const called = say(pictureName(to, (id) => find(id)?.title))
        return typeof to === 'number' && title ? messages.titled(called, say(title)) : called
      })
      .join('; '),
    regions: substitution
      .flatMap(({ from, to, regions }) =>
        Object.entries(regions).map(([old, other]) => messages.stands(region(from, old), region(to, other))),
      )
      .join(' · '),
  }
}

function MeasuredPart({ part, alone }: { part: VariantPart; alone: boolean }) {
  const messages = useVariantMessages()
  const { label, verdict, margin, stability, refusal, missing, options } = part
  const facts = [
    margin !== null && messages.margin(formatNumber(margin)),
    stability && messages.seeds(stability.agreeing, stability.seeds, formatNumber(stability.spread)),
  ].filter((fact) => typeof fact === 'string')
  return (
    <div className="mt-3">
      <p>
        {!alone && <span className="font-[560]">{messages.ofPart(label, '')}</span>}
        {refusal === null ? (
          <>
            <VerdictMark verdict={verdict} /> {messages.clear}
          </>
        ) : (
          <span className="text-warn">{messages.refusals[refusal]}</span>
        )}
        {facts.length > 0 && <span className="numbers text-13 text-quiet">{messages.facts(facts)}</span>}
      </p>
      {missing && <BilingualText text={missing} second="text-13 text-quiet" />}
      {options.some(({ why }) => why !== null) && (
        <details className="mt-1">
          <summary className="min-h-9 cursor-pointer content-center text-13 text-quiet">
            {messages.numbers}
          </summary>
          <ol className="grid gap-1.5 pb-1 text-13">
            {options.map(({ optionId, keyed, why }, index) => (
              <li key={optionId} className="grid grid-cols-[1.5rem_1fr] gap-1">
                <span className={keyed ? 'font-semibold text-accent' : 'text-quiet'}>
                  {optionLetter(index)}
                </span>
                <span className="min-w-0">
                  {keyed && <span className="block font-[560] text-accent">{messages.keyed}</span>}
                  {why && <BilingualText text={why} second="text-quiet" />}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

function Made({
  assignment,
  questionId,
  variant,
  made: { draft, figureRequestId, figure, leftovers, attempts },
}: {
  assignment: AssignmentView
  questionId: string
  variant: VariantLine
  made: NonNullable<VariantLine['made']>
}) {
  const messages = useVariantMessages()
  // A variant that nobody has read is to be read.
  const [open, setOpen] = useState(!variant.dealt && !variant.stale)
  return (
    <>
      {leftovers.length > 0 && (
        <p className="mt-2 text-13 text-wrong">{messages.leftovers(leftovers.join(', '))}</p>
      )}
      {figure?.status === 'failed' && <p className="mt-2 text-13 text-wrong">{messages.figureFailed}</p>}
      {figure?.status !== 'failed' && figure?.status !== 'ready' && (
        <p className="mt-2 text-13 text-quiet">{messages.figureWaits}</p>
      )}
      {attempts > 0 && <p className="numbers mt-2 text-13 text-quiet">{messages.attempts(attempts)}</p>}
      <details className="mt-2" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="min-h-9 cursor-pointer content-center text-13 text-quiet">
          {messages.preview}
        </summary>
        {open && (
          <>
            <div className="h-[40rem] max-h-[80dvh]">
              <PreviewPane
                assignment={assignment}
                questionId={questionId}
                draft={draft}
                figureRequestId={figure ? figureRequestId : null}
                wide={false}
                onWide={null}
              />
            </div>
            <dl className="mt-3 grid gap-2 border-l-2 border-accent pl-4 text-15">
              {draft.parts.map(({ id, explanation }) => (
                <div key={id}>
                  <dt className="text-13 text-quiet">
                    {messages.explanation(draft.parts.length > 1 ? id : draft.label)}
                  </dt>
                  <dd>
                    <Explanation text={explanation} />
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </details>
    </>
  )
}

function Explanation({ text }: { text: Bilingual }) {
  return <RichText text={useRendered(text).text} />
}
