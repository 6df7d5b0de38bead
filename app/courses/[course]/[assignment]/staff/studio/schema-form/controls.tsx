'use client'

import { useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { Field, FieldOf, Member } from '@/lib/schema-form/field'
import { isValues } from '@/lib/schema-form/problems'
import { isSame } from '@/lib/schema-form/values'
import { type ControlProps, useForm } from './form-context'
import { ListControl } from './list-control'
import { useSchemaFormMessages } from './messages'
import { findOption } from './option-labels'

/** Characters above which a text is written in several lines. */
const LINE = 120

/** Whether the field is one control that a label can name. */
export function isSingle(field: Field): boolean {
  switch (field.kind) {
    case 'number':
    case 'text':
    case 'choice':
    case 'flag':
    case 'json':
    case 'either':
      return true
    case 'record':
      return field.keys === null
    case 'list':
      return field.item.kind === 'number'
    default:
      return false
  }
}

/** The control that a field's kind asks for. */
export function Control(props: ControlProps) {
  const { field, value, onChange } = props
  switch (field.kind) {
    case 'number':
      return <NumberControl {...props} />
    case 'text':
      return <TextControl {...props} longest={field.longest} />
    case 'flag':
      return (
        <input
          {...props.control}
          type="checkbox"
          className="tick"
          checked={(value ?? props.usual) === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      )
    case 'choice':
      return <ChoiceControl {...props} field={field} />
    case 'list':
      return <ListControl {...props} field={field} />
    case 'tuple':
      return <TupleControl {...props} field={field} />
    case 'group':
      return <GroupControl {...props} members={field.members} />
    case 'record':
      return field.keys === null ? (
        <JsonControl {...props} />
      ) : (
        <GroupControl {...props} members={membersOfRecord(field)} />
      )
    case 'variants':
      return <VariantsControl {...props} field={field} />
    case 'either':
      return <EitherControl {...props} />
    case 'json':
      return <JsonControl {...props} />
  }
}

/**
 * Keeps what is typed until it means something: `0.` on the way to `0.5` is no number yet, and must not vanish.
 * @param read undefined: not set
 */
function useTyped(value: unknown, write: (value: unknown) => string, read: (text: string) => unknown) {
  const [text, setText] = useState(() => write(value))
  const stands = isSame(read(text), value)
  if (!stands) setText(write(value))
  return { text: stands ? text : write(value), setText }
}

const writeNumber = (value: unknown) =>
  typeof value === 'number' && !Number.isNaN(value) ? String(value) : ''
const readNumber = (text: string) => (text.trim() === '' ? undefined : Number(text.replace(',', '.')))

function NumberControl({ value, usual, onChange, control }: ControlProps) {
  const messages = useSchemaFormMessages()
  const { text, setText } = useTyped(value, writeNumber, readNumber)
  return (
    <input
      {...control}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      className="field numbers"
      value={text}
      placeholder={usual === undefined ? messages.notSet : String(usual)}
      onChange={({ target }) => {
        setText(target.value)
        onChange(readNumber(target.value))
      }}
    />
  )
}

function TextControl({
  value,
  usual,
  onChange,
  control,
  longest,
}: ControlProps & { longest: number | null }) {
  const shared = {
    ...control,
    className: 'field',
    value: typeof value === 'string' ? value : '',
    placeholder: typeof usual === 'string' ? usual : undefined,
    onChange: ({ target }: { target: { value: string } }) =>
      onChange(target.value === '' ? undefined : target.value),
  }
  return longest !== null && longest > LINE ? (
    <textarea {...shared} rows={3} />
  ) : (
    <input {...shared} type="text" autoComplete="off" />
  )
}

function ChoiceControl({
  field,
  value,
  usual,
  onChange,
  control,
}: ControlProps & { field: FieldOf<'choice'> }) {
  const messages = useSchemaFormMessages()
  const { language } = usePreferences()
  const chosen = value ?? usual
  const name = (option: string) => findOption(option)?.[language.interface] ?? option
  return (
    <select
      {...control}
      className="field"
      value={typeof chosen === 'string' ? chosen : ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    >
      {usual === undefined && <option value="">{messages.notSet}</option>}
      {field.options.map((option) => (
        <option key={option} value={option}>
          {option === usual ? messages.option(name(option)) : name(option)}
        </option>
      ))}
    </select>
  )
}

function TupleControl({
  field,
  value,
  onChange,
  control,
  labelledBy,
  path,
}: ControlProps & { field: FieldOf<'tuple'> }) {
  const messages = useSchemaFormMessages()
  const items = Array.isArray(value) ? value : []
  return (
    <div className="grid grid-cols-2 gap-3">
      {field.items.map((item, index) => {
        const id = `${control.id}-${index}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place in the tuple
          <div key={index}>
            <label htmlFor={id} className="sr-only">
              {messages.item(index + 1)}
            </label>
            <Control
              path={`${path}.${index}`}
              field={item}
              value={items[index]}
              usual={undefined}
              control={{ ...control, id }}
              labelledBy={labelledBy}
              onChange={(next) => onChange(field.items.map((_, at) => (at === index ? next : items[at])))}
            />
          </div>
        )
      })}
    </div>
  )
}

function GroupControl({ members, value, onChange, path }: ControlProps & { members: readonly Member[] }) {
  const { Members } = useForm()
  return (
    <div className="border-l-2 pl-4">
      <Members members={members} path={path} values={isValues(value) ? value : {}} onChange={onChange} />
    </div>
  )
}

/** A record of known names is a group in which everything may stay unset. */
const membersOfRecord = ({ keys, value }: FieldOf<'record'>): Member[] =>
  (keys ?? []).map((name) => ({ name, field: value, required: false }))

function VariantsControl({
  field,
  value,
  onChange,
  control,
  path,
}: ControlProps & { field: FieldOf<'variants'> }) {
  const { Members } = useForm()
  const { language } = usePreferences()
  const values = isValues(value) ? value : {}
  const chosen = field.variants.find((variant) => variant.value === values[field.by])
  return (
    <div className="grid gap-5">
      <select
        {...control}
        className="field"
        value={chosen?.value ?? ''}
        onChange={({ target }) => {
          const next = field.variants.find((variant) => variant.value === target.value)
          // What both kinds have stays.
          const kept = Object.entries(values).filter(([name]) =>
            next?.members.some((member) => member.name === name),
          )
          onChange({ ...Object.fromEntries(kept), [field.by]: target.value })
        }}
      >
        {!chosen && <option value="" />}
        {field.variants.map((variant) => (
          <option key={variant.value} value={variant.value}>
            {findOption(variant.value)?.[language.interface] ?? variant.value}
          </option>
        ))}
      </select>
      {chosen && <Members members={chosen.members} path={path} values={values} onChange={onChange} />}
    </div>
  )
}

/** A number or a name: what looks like a number is one. */
function EitherControl({ value, usual, onChange, control, field }: ControlProps & { field: Field }) {
  const takesNumbers = field.kind === 'either' && field.kinds.some(({ kind }) => kind === 'number')
  return (
    <input
      {...control}
      type="text"
      autoComplete="off"
      className="field"
      value={value === undefined ? '' : String(value)}
      placeholder={usual === undefined ? undefined : String(usual)}
      onChange={({ target: { value: text } }) =>
        onChange(text === '' ? undefined : takesNumbers && /^\d+$/.test(text) ? Number(text) : text)
      }
    />
  )
}

const writeJson = (value: unknown) => (value === undefined ? '' : JSON.stringify(value))
const readJson = (text: string): unknown => {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return Number.NaN // No JSON has it, so that it is told to be wrong.
  }
}

function JsonControl({ value, usual, onChange, control }: ControlProps) {
  const { text, setText } = useTyped(value, writeJson, readJson)
  return (
    <textarea
      {...control}
      rows={3}
      className="field numbers"
      spellCheck={false}
      placeholder={writeJson(usual)}
      value={text}
      onChange={({ target }) => {
        setText(target.value)
        onChange(readJson(target.value))
      }}
    />
  )
}
