'use client'

import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export interface ChipChoice<Value> {
  readonly value: Value
  readonly name: ReactNode
  /** Said where the name alone says too little. */
  readonly label?: string
  readonly className?: string
}

/** Few things to choose from, all in sight; each is a button that says whether it is chosen. */
export function Chips<Value extends string | number>({
  choices,
  chosen,
  onToggle,
}: {
  choices: readonly ChipChoice<Value>[]
  chosen: readonly Value[]
  onToggle: (value: Value, isChosen: boolean) => void
}) {
  return (
    <div className="flex flex-wrap gap-1.5">
      {choices.map(({ value, name, label, className }) => {
        const isChosen = chosen.includes(value)
        return (
          <button
            key={value}
            type="button"
            aria-pressed={isChosen}
            {...(label && { 'aria-label': label })}
            className={clsx(
              'min-h-9 min-w-9 rounded-small border px-2.5 text-15 transition-colors',
              isChosen
                ? 'border-accent bg-accent-soft font-[560] text-accent'
                : 'border-hairline bg-raised hover:border-edge',
              className,
            )}
            onClick={() => onToggle(value, !isChosen)}
          >
            {name}
          </button>
        )
      })}
    </div>
  )
}

/** @returns the list with or without the value, in the order in which things were chosen. */
export function toggled<Value>(list: readonly Value[], value: Value, isChosen: boolean): Value[] {
  return isChosen ? [...list, value] : list.filter((each) => each !== value)
}
