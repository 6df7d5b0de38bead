'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { type Measurement, measurementSchema } from '@/lib/explainers/claims/measurement'
import { quantityOf } from '@/lib/explainers/claims/quantities'
import { type Field, type FieldOf, fieldOf } from '@/lib/schema-form/field'
import { problemsOf } from '@/lib/schema-form/problems'
import { isSame, withoutDefaults } from '@/lib/schema-form/values'
import type { UnfinishedMeasurement } from '@/lib/studio/schema'
import type { MeasurablePicture } from '@/lib/studio/view'
import type { ControlProps, Widget } from '../../schema-form/form-context'
import { useSchemaFormMessages } from '../../schema-form/messages'
import { SchemaForm } from '../../schema-form/schema-form'
import { useClaimMessages } from './messages'

const measurementField = fieldOf(measurementSchema) as FieldOf<'variants'>

type Values = { readonly [name: string]: unknown }

/**
 * One measurement: what its numbers are, and its settings. It counts as it was complete last; what is typed meanwhile is
 * kept as unfinished.
 * @param given null: it was never complete
 * @param unfinished what is filled in of it and not complete; null: nothing. One of both is there
 */
export function MeasurementForm({
  name,
  given,
  unfinished,
  pictures,
  onChange,
  onUnfinished,
  onRemove,
}: {
  name: string
  given: Measurement | null
  unfinished: UnfinishedMeasurement | null
  pictures: readonly MeasurablePicture[]
  onChange: (measurement: Measurement) => void
  onUnfinished: (values: UnfinishedMeasurement) => void
  onRemove: () => void
}) {
  const words = useClaimMessages()
  const { problem: wordProblem } = useSchemaFormMessages()
  const inLanguage = useOneLanguage()
  // Of what is complete, as it was typed: `0.10` stays so while somebody goes on.
  const [typed, setTyped] = useState<{ readonly of: Measurement; readonly values: Values } | null>(null)
  const [startsOpen] = useState(given === null)
  const { measure } = (unfinished ?? given)!
  const isCurrent = typed !== null && isSame(typed.of, given)
  const values: Values =
    unfinished ?? (isCurrent ? typed.values : (withoutDefaults(measurementField, given) as Values))
  const { measure: _, ...own } = values
  const members = measurementField.variants.find(({ value }) => value === measure)!.members
  const parsed = measurementSchema.safeParse(values)
  const problems = new Map<string, string>(
    parsed.error?.issues.map(({ path }) => [path.join('.'), words.refused]),
  )
  for (const { path, problem } of problemsOf(measurementField, values))
    problems.set(path, wordProblem(problem))

  function change(next: Values) {
    const changed = { measure, ...next }
    const complete = measurementSchema.safeParse(changed)
    if (!complete.success) return onUnfinished(changed as UnfinishedMeasurement)
    setTyped({ of: complete.data, values: changed })
    onChange(complete.data)
  }

  return (
    <details className="rounded-card border px-4 py-2.5" open={startsOpen}>
      <summary className="cursor-pointer">
        <span className="font-[540]">{words.names[measure]}</span>{' '}
        <code className="text-13 text-quiet">{name}</code>
        {given && (
          <span className="mt-0.5 block text-13 text-quiet">
            {inLanguage(quantityOf(given, titlesOf(pictures)).title)}
          </span>
        )}
        {!parsed.success && (
          <span role="status" className="mt-0.5 block text-13 text-warn">
            {words.unfinished}
          </span>
        )}
      </summary>
      <div className="mt-4 pb-2">
        <SchemaForm
          scope={`measurement.${measure}`}
          members={members}
          values={own}
          problems={problems}
          widgetOf={(path, field) => widgetFor(path, field, values, pictures)}
          onChange={change}
        />
        <button type="button" className="tool mt-3" onClick={onRemove}>
          <X size={15} aria-hidden="true" />
          {words.remove(words.names[measure])}
        </button>
      </div>
    </details>
  )
}

export function titlesOf(pictures: readonly MeasurablePicture[]) {
  return (id: string) => pictures.find(({ name }) => name === id)?.title
}

/** Pictures, and regions of the measurement's own picture, are chosen from what there is. */
function widgetFor(
  path: string,
  field: Field,
  { picture }: Values,
  pictures: readonly MeasurablePicture[],
): Widget | null {
  const name = path.split('.').at(-1)
  if (name === 'picture')
    return {
      single: true,
      render: (props) => (
        <Choice
          {...props}
          choices={pictures.map(({ name: id, title }) => ({
            value: id,
            title,
            number: typeof id === 'number',
          }))}
        />
      ),
    }
  const regions = pictures.find((known) => known.name === picture)?.regions ?? []
  if (name !== 'region' || field.kind !== 'text' || regions.length === 0) return null
  return {
    single: true,
    render: (props) => (
      <Choice {...props} choices={regions.map((title) => ({ value: title.en, title, number: false }))} />
    ),
  }
}

function Choice({
  control,
  value,
  onChange,
  choices,
}: ControlProps & {
  choices: readonly { value: string | number; title: { zh: string; en: string }; number: boolean }[]
}) {
  const inLanguage = useOneLanguage()
  const isKnown = choices.some((choice) => choice.value === value)
  return (
    <select
      {...control}
      className="field"
      value={String(value ?? '')}
      onChange={({ target }) =>
        onChange(choices.find((choice) => String(choice.value) === target.value)?.value ?? target.value)
      }
    >
      {!isKnown && <option value={String(value ?? '')}>{String(value ?? '')}</option>}
      {choices.map(({ value: id, title, number }) => (
        <option key={id} value={id}>
          {number ? `${id} · ${inLanguage(title)}` : inLanguage(title)}
        </option>
      ))}
    </select>
  )
}
