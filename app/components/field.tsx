'use client'

import { type ReactNode, useId } from 'react'

/** A labelled control with its hint and, when the server refused it, the reason. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: string
  hint?: string
  error?: string | null
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="block text-13 font-[540]">
        {label}
      </label>
      <div className="mt-1.5">
        {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': Boolean(error) })}
      </div>
      <p id={`${id}-note`} className={`mt-1 text-13 ${error ? 'text-wrong' : 'text-quiet'} empty:hidden`}>
        {error ?? hint}
      </p>
    </div>
  )
}

/** An empty field is null: not set. */
export function NumberField({
  label,
  hint,
  error,
  value,
  min,
  max,
  step = 1,
  onChange,
}: {
  label: string
  hint?: string
  error?: string | null
  value: number | null
  min: number
  max: number
  step?: number
  onChange: (value: number | null) => void
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          type="number"
          inputMode="decimal"
          className="field numbers"
          value={value ?? ''}
          min={min}
          max={max}
          step={step}
          onChange={({ target }) => onChange(target.value === '' ? null : target.valueAsNumber)}
        />
      )}
    </Field>
  )
}

export function WallField({
  label,
  hint,
  error,
  value,
  onChange,
}: {
  label: string
  hint?: string
  error?: string | null
  value: string | null
  onChange: (value: string | null) => void
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <input
          {...control}
          type="datetime-local"
          className="field numbers"
          value={value ?? ''}
          onChange={({ target }) => onChange(target.value || null)}
        />
      )}
    </Field>
  )
}

export function SelectField<Value extends string>({
  label,
  hint,
  error,
  value,
  options,
  onChange,
}: {
  label: string
  hint?: string
  error?: string | null
  value: Value
  options: readonly (readonly [Value, string])[]
  onChange: (value: Value) => void
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select
          {...control}
          className="field"
          value={value}
          onChange={({ target }) => onChange(target.value as Value)}
        >
          {options.map(([option, name]) => (
            <option key={option} value={option}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
