'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { FieldOf } from '@/lib/schema-form/field'
import { below } from '@/lib/schema-form/problems'
import { firstValue, isSame } from '@/lib/schema-form/values'
import { type ControlProps, problemAt, useForm } from './form-context'
import { useSchemaFormMessages } from './messages'
import { findOption } from './option-labels'

type ListProps = ControlProps & { field: FieldOf<'list'> }

/** Choices are ticked, numbers written in one line, everything else has a row each. */
export function ListControl(props: ListProps) {
  const { item } = props.field
  if (item.kind === 'choice') return <TickedChoices {...props} options={item.options} />
  return item.kind === 'number' ? <NumbersLine {...props} /> : <Rows {...props} />
}

/** In the order in which they are ticked. */
function TickedChoices({ value, usual, onChange, options }: ListProps & { options: readonly string[] }) {
  const { language } = usePreferences()
  const shown = value ?? usual
  const chosen: readonly unknown[] = Array.isArray(shown) ? shown : []
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1">
      {options.map((option) => (
        <label key={option} className="flex min-h-9 items-center gap-2">
          <input
            type="checkbox"
            className="tick"
            checked={chosen.includes(option)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, option] : chosen.filter((each) => each !== option))
            }
          />
          {findOption(option)?.[language.interface] ?? option}
        </label>
      ))}
    </div>
  )
}

const writeNumbers = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '')
const readNumbers = (text: string) => {
  const words = text.split(/[\s,，、]+/).filter((word) => word !== '')
  return words.length === 0 ? undefined : words.map(Number)
}

function NumbersLine({ value, usual, onChange, control }: ListProps) {
  const messages = useSchemaFormMessages()
  const [text, setText] = useState(() => writeNumbers(value))
  // Another value from outside than what is typed.
  const stands = isSame(readNumbers(text), value)
  if (!stands) setText(writeNumbers(value))
  return (
    <input
      {...control}
      type="text"
      inputMode="text"
      autoComplete="off"
      className="field numbers"
      value={stands ? text : writeNumbers(value)}
      placeholder={usual === undefined ? messages.numbersHint : writeNumbers(usual)}
      onChange={({ target }) => {
        setText(target.value)
        onChange(readNumbers(target.value))
      }}
    />
  )
}

function Rows({ value, usual, onChange, control, labelledBy, path, field }: ListProps) {
  const messages = useSchemaFormMessages()
  const { problems, Control } = useForm()
  const shown = value ?? usual
  const items: readonly unknown[] = Array.isArray(shown) ? shown : []
  const replace = (index: number, item: unknown) =>
    onChange(items.map((each, at) => (at === index ? (item ?? firstValue(field.item) ?? null) : each)))
  return (
    <div className="grid gap-3">
      {items.map((item, index) => {
        const id = `${control.id}-${index}`
        const place = below(path, index)
        const problem = problemAt(problems, place, false)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the list
          <div key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
            <div>
              <label htmlFor={id} className="sr-only">
                {messages.item(index + 1)}
              </label>
              <Control
                path={place}
                field={field.item}
                value={item}
                usual={undefined}
                control={{ id, 'aria-describedby': `${id}-note`, 'aria-invalid': problem !== null }}
                labelledBy={labelledBy}
                onChange={(next) => replace(index, next)}
              />
              <p id={`${id}-note`} className="mt-1 text-13 text-wrong empty:hidden">
                {problem}
              </p>
            </div>
            <button
              type="button"
              className="tool mt-1"
              aria-label={messages.remove(index + 1)}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            >
              <X size={18} aria-hidden="true" />
            </button>
          </div>
        )
      })}
      {(field.longest === null || items.length < field.longest) && (
        <button
          type="button"
          className="button justify-self-start"
          onClick={() => onChange([...items, firstValue(field.item) ?? null])}
        >
          <Plus size={17} aria-hidden="true" />
          {messages.add}
        </button>
      )}
    </div>
  )
}
