'use client'

import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import { RichText } from '@/app/components/rich-text'
import type { Messages } from '@/app/messages/messages'
import type { QuestionPart } from '@/lib/questions/content'
import { optionLetter } from '@/lib/questions/option-letter'
import type { RichPart } from '@/lib/questions/rich-content'
import { maximumChoices } from '@/lib/questions/selection'
import { useAttempt } from './attempt-provider'

/** The options of one part: real radio buttons or checkboxes, drawn as large cards. */
export function OptionList({ part, labelledBy }: { part: RichPart; labelledBy: string }) {
  const messages = useMessages()
  const { chosen, choose, closed } = useAttempt()
  const ready = useInBrowser()
  const current = chosen(part.id)
  const maximum = maximumChoices(part.selection, part.options.length)
  const [full, setFull] = useState(false)
  const single = part.selection.kind === 'one'
  const hintId = `${part.id}-hint`

  function toggle(optionId: string) {
    if (single) return choose(part.id, [optionId])
    const without = current.filter((id) => id !== optionId)
    const adds = without.length === current.length
    setFull(adds && current.length >= maximum)
    if (adds && current.length >= maximum) return
    choose(part.id, adds ? inOrder(part, [...current, optionId]) : without)
  }

  return (
    // Until the page listens, a choice would look made and be lost.
    <fieldset
      aria-labelledby={labelledBy}
      aria-describedby={hintId}
      data-part={part.id}
      disabled={closed || !ready}
    >
      <div className="mb-2 flex min-h-9 items-center justify-between gap-3 text-13 text-quiet">
        <p id={hintId}>{hint(part, current.length, messages)}</p>
        {current.length > 0 && !closed && (
          <button type="button" className="tool -mr-2" onClick={() => choose(part.id, [])}>
            {messages.question.clear}
          </button>
        )}
      </div>
      <div className="grid gap-2.5">
        {part.options.map((option, index) => (
          <OptionCard
            key={option.id}
            option={option}
            letter={optionLetter(index)}
            name={part.id}
            single={single}
            checked={current.includes(option.id)}
            closed={closed}
            onToggle={() => toggle(option.id)}
          />
        ))}
      </div>
      <p role="status" className="mt-2 text-13 text-warn empty:hidden">
        {full && part.selection.kind === 'count' ? messages.question.full(part.selection.count) : ''}
      </p>
    </fieldset>
  )
}

function OptionCard(props: {
  option: RichPart['options'][number]
  letter: string
  name: string
  single: boolean
  checked: boolean
  closed: boolean
  onToggle: () => void
}) {
  const { option, letter, checked, single, closed } = props
  return (
    <label
      className={clsx(
        'group relative grid grid-cols-[auto_1fr_auto] items-start gap-3.5 rounded-card border px-4 py-3.5 transition-colors duration-120',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        checked
          ? 'border-accent bg-accent-soft shadow-[inset_0_0_0_1px_var(--accent)]'
          : 'border-hairline bg-raised',
        !checked && !closed && 'hover:border-edge',
      )}
    >
      <input
        type={single ? 'radio' : 'checkbox'}
        name={props.name}
        value={option.id}
        checked={checked}
        onChange={props.onToggle}
        onKeyDown={moveWithArrows}
        data-option
        // A reload shows what was saved, not what the browser remembers of the form.
        autoComplete="off"
        className="absolute inset-0 cursor-pointer opacity-0 disabled:cursor-default"
      />
      <span
        aria-hidden="true"
        className={clsx(
          'mt-px grid size-7 place-items-center border text-13 font-semibold transition-colors duration-120',
          single ? 'rounded-full' : 'rounded-[7px]',
          checked ? 'border-accent bg-accent text-on-accent' : 'border-edge text-quiet group-hover:text-ink',
        )}
      >
        {letter}
      </span>
      <span className="min-w-0 pt-0.5 text-15 leading-relaxed break-words">
        <RichText text={option.text} as="inline" />
      </span>
      <Check
        size={18}
        aria-hidden="true"
        className={clsx('mt-1.5 text-accent transition-opacity duration-120', !checked && 'opacity-0')}
      />
    </label>
  )
}

/** ↑ and ↓ move among checkboxes as they do among radio buttons; ← and → are left to the page. */
function moveWithArrows(event: KeyboardEvent<HTMLInputElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || event.currentTarget.type === 'radio') return
  event.preventDefault()
  const inputs = [
    ...event.currentTarget.closest('fieldset')!.querySelectorAll<HTMLInputElement>('[data-option]'),
  ]
  const at = inputs.indexOf(event.currentTarget)
  inputs[(at + step + inputs.length) % inputs.length]?.focus()
}

function hint(part: QuestionPart, chosen: number, { question }: Messages): string {
  switch (part.selection.kind) {
    case 'one':
      return question.chooseOne
    case 'count':
      return question.chooseCount(part.selection.count, chosen)
    case 'any':
      return question.chooseAny(chosen)
  }
}

function inOrder(part: QuestionPart, ids: readonly string[]): string[] {
  return part.options.map((option) => option.id).filter((id) => ids.includes(id))
}
