'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import {
  type Measurement,
  type MeasurementInput,
  measurementSchema,
} from '@/lib/explainers/claims/measurement'
import { quantityOf } from '@/lib/explainers/claims/quantities'
import { type Field, type FieldOf, fieldOf } from '@/lib/schema-form/field'
import { problemsOf } from '@/lib/schema-form/problems'
import { isSame, withoutDefaults } from '@/lib/schema-form/values'
import type { MeasurablePicture } from '@/lib/studio/view'
import type { ControlProps, Widget } from '../../schema-form/form-context'
import { useSchemaFormMessages } from '../../schema-form/messages'
import { SchemaForm } from '../../schema-form/schema-form'
import { useClaimMessages } from './messages'

const measurementField = fieldOf(measurementSchema) as FieldOf<'variants'>

type Values = { readonly [name: string]: unknown }

/**
 * One measurement: what its numbers are, and its settings. What is typed stays until it is right; only then is it given on.
 * @param given null: it was never complete
 */
export function MeasurementForm({
  name,
  given,
  start,
  pictures,
  onChange,
  onRemove,
}: {
  name: string
  given: Measurement | null
  start: MeasurementInput
  pictures: readonly MeasurablePicture[]
  onChange: (measurement: Measurement) => void
  onRemove: () => void
}) {
  const words = useClaimMessages()
  const { problem: wordProblem } = useSchemaFormMessages()
  const inLanguage = useOneLanguage()
  const [typed, setTyped] = useState<{ readonly of: Measurement | null; readonly values: Values } | null>(
    null,
  )
  const [startsOpen] = useState(given === null)
  const { measure } = given ?? start
  // Undone or changed elsewhere since it was typed: then that counts.
  const isCurrent = typed !== null && isSame(typed.of, given)
  const values = isCurrent ? typed.values : (withoutDefaults(measurementField, given ?? start) as Values)
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
    setTyped({ of: complete.success ? complete.data : given, values: changed })
    if (complete.success) onChange(complete.data)
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
            {words.notKept}
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
