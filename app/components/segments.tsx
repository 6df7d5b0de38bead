'use client'

import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'
import { useInBrowser } from './local-time'

export interface Segment<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  /** For assistive technology, where the label is short or an icon. */
  readonly name: string
  readonly lang?: string
}

/** One of a few, side by side. Real radio buttons: arrow keys move, the label is the target. */
export function Segments<Value extends string>({
  legend,
  segments,
  value,
  onChange,
  className,
}: {
  legend: string
  segments: readonly Segment<Value>[]
  value: Value
  onChange: (value: Value) => void
  className?: string
}) {
  const group = useId()
  const ready = useInBrowser()
  return (
    <fieldset
      disabled={!ready}
      className={clsx('inline-flex rounded-[10px] border border-hairline bg-sunk p-[3px]', className)}
    >
      <legend className="sr-only">{legend}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          lang={segment.lang}
          className="relative flex min-h-8 min-w-8 flex-auto items-center justify-center gap-1.5 rounded-[7px] px-2.5 text-13 font-[520] whitespace-nowrap text-quiet transition-colors duration-100 hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--hairline)] has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={group}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
            aria-label={segment.name}
            data-own-keys
            autoComplete="off"
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {segment.label}
        </label>
      ))}
    </fieldset>
  )
}
