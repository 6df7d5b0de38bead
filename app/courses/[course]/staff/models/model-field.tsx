'use client'

import type { ReactNode } from 'react'
import { modelNamePattern } from '@/lib/models/model-name'
import { useModelMessages } from './use-model-messages'

/** A field of the forms that bring models in, with its label and what is to be known of it. */
export function ModelField({
  id,
  label,
  hint,
  children,
}: {
  /** Of the control; its hint's is `ID-hint`. */
  id: string
  label: string
  hint?: string
  children: ReactNode
}) {
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-13 text-quiet">
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-13 text-quiet">
          {hint}
        </p>
      )}
    </div>
  )
}

/** The name that figures will call a model by. */
export function ModelNameField({
  id,
  label,
  value,
  disabled,
  onChange,
}: {
  id: string
  label: string
  value: string
  disabled: boolean
  onChange: (name: string) => void
}) {
  const words = useModelMessages()
  return (
    <ModelField id={id} label={label} hint={words.nameHint}>
      <input
        id={id}
        className="field mt-1"
        value={value}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
        aria-invalid={value !== '' && !modelNamePattern.test(value)}
        onChange={({ target }) => onChange(target.value)}
      />
    </ModelField>
  )
}
