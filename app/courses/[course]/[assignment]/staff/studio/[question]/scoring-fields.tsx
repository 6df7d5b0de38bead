'use client'

import type { DraftPart } from '@/lib/studio/schema'
import { useStudioMessages } from '../messages/use-studio-messages'
import { RuleExamples } from '../rule-examples'
import type { PartNotes } from './field-notes'
import { fieldId } from './problem-words'

/** How a part is scored, with what answers would earn. */
export function ScoringFields({
  part,
  label,
  at,
  notes,
  onChange,
}: {
  part: DraftPart
  label: string
  at: number
  notes: PartNotes
  onChange: (edit: (part: DraftPart) => DraftPart, field?: string) => void
}) {
  const { form } = useStudioMessages()
  const earlier = part.alsoAccepted?.length ?? 0
  return (
    <div id={fieldId({ part: at, field: 'rule' })} className="@container scroll-mt-32">
      <RuleExamples
        part={{ ...part, label }}
        partKey={part}
        onChange={(rule) => onChange((known) => ({ ...known, rule }), `${part.id} rule ${rule.name}`)}
      />
      {earlier > 0 && <p className="mt-2 text-13 text-quiet">{form.alsoAccepted(earlier)}</p>}
      {notes.of('rule').map(({ message }) => (
        <p key={message} className="mt-1 text-13 text-wrong">
          {message}
        </p>
      ))}
    </div>
  )
}
