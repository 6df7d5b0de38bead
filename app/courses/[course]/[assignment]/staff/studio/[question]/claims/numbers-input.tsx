'use client'

import { useState } from 'react'
import { Field } from '@/app/components/field'
import { useClaimMessages } from './messages'

/** Keeps what is typed until it is a number, or a list of them: `-` on the way to `-0.5` must not vanish. */
export function NumbersInput({
  label,
  hint,
  values,
  least,
  onChange,
}: {
  label: string
  hint?: string
  values: readonly number[]
  /** How many there must be. */
  least: number
  onChange: (values: readonly number[]) => void
}) {
  const words = useClaimMessages()
  const [typed, setTyped] = useState<string | null>(null)
  const read = (text: string) => {
    const numbers = text
      .split(/[\s,，、]+/)
      .filter(Boolean)
      .map(Number)
    const isRight = numbers.length >= least && (least > 1 || numbers.length === 1)
    return isRight && numbers.every(Number.isFinite) ? numbers : null
  }
  const text = typed ?? values.join(', ')
  return (
    <Field label={label} {...(hint && { hint })} error={read(text) ? null : words.number}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          className="field numbers"
          value={text}
          onChange={({ target }) => {
            setTyped(target.value)
            const numbers = read(target.value)
            if (numbers) onChange(numbers)
          }}
          onBlur={() => {
            if (read(text)) setTyped(null)
          }}
        />
      )}
    </Field>
  )
}
