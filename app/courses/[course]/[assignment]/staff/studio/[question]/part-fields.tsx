'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { NumberField, SelectField } from '@/app/components/field'
import { partLabel } from '@/lib/questions/shown-label'
import { changeSelection } from '@/lib/studio/edit'
import type { Draft, DraftPart } from '@/lib/studio/schema'
import type { MeasurablePicture } from '@/lib/studio/view'
import { useStudioMessages } from '../messages/use-studio-messages'
import { BilingualField } from './bilingual-field'
import { EvidenceFields } from './evidence-fields'
import type { PartNotes } from './field-notes'
import { OptionRows } from './option-rows'
import { fieldId } from './problem-words'
import { ScoringFields } from './scoring-fields'

const kinds = ['one', 'count', 'any'] as const

/** One part of a question: what it asks, its options and key, how it is scored, why, and on what evidence. */
export function PartFields({
  questionId,
  draft,
  at,
  takenIds,
  pictures,
  notes,
  onChange,
  onMove,
  onRemove,
}: {
  questionId: string
  draft: Draft
  /** Place of the part, from 0. */
  at: number
  takenIds: readonly string[]
  pictures: readonly MeasurablePicture[]
  notes: PartNotes
  onChange: (edit: (part: DraftPart) => DraftPart, field?: string) => void
  onMove: (to: number) => void
  onRemove: () => void
}) {
  const { form } = useStudioMessages()
  const part = draft.parts[at]!
  const several = draft.parts.length > 1
  const label = partLabel(draft.label, draft.parts.length, at)
  const { selection } = part
  return (
    <section aria-label={form.part(label)} className="grid gap-5 border-t pt-5">
      {several && (
        <div className="-mb-2 flex items-center justify-between gap-2">
          <h2 className="text-17 font-[580]">{form.part(label)}</h2>
          <div className="flex">
            <button
              type="button"
              className="tool"
              disabled={at === 0}
              aria-label={form.movePartUp(label)}
              onClick={() => onMove(at - 1)}
            >
              <ArrowUp size={17} aria-hidden="true" />
            </button>
            <button
              type="button"
              className="tool"
              disabled={at === draft.parts.length - 1}
              aria-label={form.movePartDown(label)}
              onClick={() => onMove(at + 1)}
            >
              <ArrowDown size={17} aria-hidden="true" />
            </button>
            <button type="button" className="tool" aria-label={form.removePart(label)} onClick={onRemove}>
              <X size={17} aria-hidden="true" />
            </button>
          </div>
        </div>
      )}
      {(several || part.prompt.zh !== '' || part.prompt.en !== '') && (
        <BilingualField
          id={fieldId({ part: at, field: 'prompt' })}
          label={form.partPrompt}
          hint={form.partPromptHint}
          value={part.prompt}
          notes={notes.of('prompt')}
          onChange={(prompt, language) =>
            onChange((known) => ({ ...known, prompt }), `${part.id} prompt ${language}`)
          }
        />
      )}
      <div className="grid gap-4 @md:grid-cols-3">
        <SelectField
          label={form.selection}
          value={selection.kind}
          options={kinds.map((kind) => [kind, form.selections[kind]] as const)}
          onChange={(kind) =>
            onChange((known) =>
              changeSelection(
                known,
                kind === 'count' ? { kind, count: Math.max(2, known.correct.length) } : { kind },
              ),
            )
          }
        />
        {selection.kind === 'count' && (
          <NumberField
            label={form.count}
            value={selection.count}
            min={2}
            max={Math.max(2, part.options.length)}
            onChange={(count) =>
              onChange(
                (known) =>
                  changeSelection(known, { kind: 'count', count: Math.max(2, Math.round(count ?? 2)) }),
                `${part.id} count`,
              )
            }
          />
        )}
        <div id={fieldId({ part: at, field: 'points' })} className="scroll-mt-32">
          <NumberField
            label={form.points}
            error={notes.of('points')[0]?.message ?? null}
            value={part.points / 1000}
            min={0.001}
            max={1000}
            step={0.05}
            onChange={(points) =>
              onChange(
                (known) => ({
                  ...known,
                  points: Math.min(1_000_000, Math.max(0, Math.round((points ?? 0) * 1000))),
                }),
                `${part.id} points`,
              )
            }
          />
        </div>
      </div>
      <OptionRows part={part} at={at} takenIds={takenIds} notes={notes} onChange={onChange} />
      <ScoringFields part={part} label={label} at={at} notes={notes} onChange={onChange} />
      <BilingualField
        id={fieldId({ part: at, field: 'explanation' })}
        label={form.explanation}
        value={part.explanation}
        rows={3}
        notes={notes.of('explanation')}
        onChange={(explanation, language) =>
          onChange((known) => ({ ...known, explanation }), `${part.id} explanation ${language}`)
        }
      />
      <EvidenceFields
        questionId={questionId}
        part={part}
        at={at}
        figureSpec={draft.figureSpec}
        pictures={pictures}
        notes={notes}
        onChange={onChange}
      />
    </section>
  )
}
