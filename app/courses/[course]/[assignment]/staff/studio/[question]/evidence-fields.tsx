'use client'

import { SelectField } from '@/app/components/field'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import type { DraftEvidence, DraftPart } from '@/lib/studio/schema'
import type { MeasurablePicture } from '@/lib/studio/view'
import { useStudioMessages } from '../messages/use-studio-messages'
import { ClaimBuilder, DemonstrationBuilder } from './claims/claim-builder'
import type { FieldNote, PartNotes } from './field-notes'
import { fieldId } from './problem-words'

const kinds = ['none', 'claims', 'reasoned'] as const

const begun: { readonly [Kind in DraftEvidence['kind']]: DraftEvidence } = {
  claims: { kind: 'claims', measurements: {}, claims: {} },
  reasoned: { kind: 'reasoned' },
}

/** What a part's key rests on: claims about measurements of the model, or reasoning. */
export function EvidenceFields({
  questionId,
  part,
  at,
  figureSpec,
  pictures,
  notes,
  onChange,
}: {
  questionId: string
  part: DraftPart
  at: number
  figureSpec: FigureSpec | null
  pictures: readonly MeasurablePicture[]
  notes: PartNotes
  onChange: (edit: (part: DraftPart) => DraftPart, field?: string) => void
}) {
  const { form } = useStudioMessages()
  const { evidence } = part
  const kind = evidence?.kind ?? 'none'
  const beside = { questionId, part, figureSpec, pictures }
  const change = (changed: DraftEvidence, field?: string) =>
    onChange((known) => ({ ...known, evidence: changed }), field)
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
            return next === 'none' ? rest : { ...rest, evidence: begun[next] }
          })
        }
      />
      <Notes notes={notes.of('evidence')} />
      {evidence?.kind === 'claims' && (
        <ClaimBuilder {...beside} evidence={evidence} notes={notes} onChange={change} />
      )}
      {evidence?.kind === 'reasoned' && (
        <DemonstrationBuilder {...beside} evidence={evidence} onChange={change} />
      )}
    </fieldset>
  )
}

function Notes({ notes }: { notes: readonly FieldNote[] }) {
  return notes.map(({ message }) => (
    <p key={message} className="mt-0.5 text-13 text-wrong">
      {message}
    </p>
  ))
}
