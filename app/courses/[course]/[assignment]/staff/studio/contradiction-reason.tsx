'use client'

import { useId } from 'react'

/** Keys that the model contradicts, and why they stand all the same. */
export function ContradictionReason({
  contradiction,
  label,
  value,
  onChange,
  announced = false,
}: {
  contradiction: string
  label: string
  value: string
  onChange: (value: string) => void
  /** It was found out by a press: who does not see it is told. */
  announced?: boolean
}) {
  const id = useId()
  return (
    <div className="rounded-card border border-warn/50 bg-warn-soft px-4 py-3">
      <p role={announced ? 'alert' : undefined}>{contradiction}</p>
      <label htmlFor={id} className="mt-3 block text-13 font-[540]">
        {label}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={2000}
        className="field mt-1"
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
