'use client'

import { BilingualText } from '@/app/components/bilingual-text'
import { SelectField } from '@/app/components/field'
import { describeClaim } from '@/lib/explainers/claims/wording'
import { optionLetter } from '@/lib/questions/option-letter'
import type { DraftPart } from '@/lib/studio/schema'
import { useStudioMessages } from '../messages/use-studio-messages'
import type { FieldNote, PartNotes } from './field-notes'
import { fieldId } from './problem-words'

/** What a part's key rests on: claims about measurements of the model, which stand here in words, or reasoning. */
export function EvidenceFields({
  part,
  at,
  notes,
  onChange,
}: {
  part: DraftPart
  at: number
  notes: PartNotes
  onChange: (edit: (part: DraftPart) => DraftPart, field?: string) => void
}) {
  const { form } = useStudioMessages()
  const kind = part.evidence?.kind ?? 'none'
  // Claims come with a question; what has none can be reasoned.
  const kinds =
    kind === 'claims' ? (['none', 'claims', 'reasoned'] as const) : (['none', 'reasoned'] as const)
  return (
    <fieldset id={fieldId({ part: at, field: 'evidence' })} className="scroll-mt-32">
      <legend className="sr-only">{form.evidence}</legend>
      <SelectField
        label={form.evidence}
        hint={form.evidenceHints[kind]}
        value={kind}
        options={kinds.map((value) => [value, form.evidenceKinds[value]] as const)}
        onChange={(next) =>
          onChange((known) => {
            const { evidence: _, ...rest } = known
            if (next === 'claims') return known
            return next === 'none' ? rest : { ...rest, evidence: { kind: next } }
          })
        }
      />
      <ClaimWords part={part} notes={notes} />
      <Notes notes={notes.of('evidence')} />
    </fieldset>
  )
}

function ClaimWords({ part: { evidence, options }, notes }: { part: DraftPart; notes: PartNotes }) {
  const { form } = useStudioMessages()
  if (evidence?.kind !== 'claims') return null
  return (
    <dl className="mt-3 grid gap-2 text-13">
      {options.map(({ id }, index) => {
        const claim = evidence.claims[id]
        return (
          <div key={id} className="grid grid-cols-[1.5rem_minmax(0,1fr)]">
            <dt className="font-semibold text-quiet">
              <span className="sr-only">{form.option(optionLetter(index))}</span>
              <span aria-hidden="true">{optionLetter(index)}</span>
            </dt>
            <dd>
              {claim && <BilingualText text={describeClaim(claim, evidence)} second="hidden" />}
              <Notes notes={notes.option(id, 'evidence')} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}

function Notes({ notes }: { notes: readonly FieldNote[] }) {
  return notes.map(({ message }) => (
    <p key={message} className="mt-0.5 text-13 text-wrong">
      {message}
    </p>
  ))
}
