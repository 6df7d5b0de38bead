'use client'

import { clsx } from 'clsx'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { GivenSentence } from '@/lib/explorations/view'
import { useSimilarityMessages } from './messages'
import { isWithin, piecesOf, pressPiece, type Span } from './selection'

/** The sentences as rows of characters; the marked ones are compared. */
export function SentenceList({
  sentences,
  onSelect,
}: {
  sentences: readonly GivenSentence[]
  onSelect: (index: number, selection: Span) => void
}) {
  return (
    <ol className="grid gap-x-10 gap-y-1 @3xl:grid-flow-col @3xl:grid-cols-2 @3xl:grid-rows-[repeat(var(--rows),auto)]">
      {sentences.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is its number
        <li key={index} className="flex min-w-0 items-baseline gap-2">
          <span aria-hidden="true" className="w-5 shrink-0 text-right text-13 text-quiet numbers">
            {index + 1}
          </span>
          <Pieces
            sentence={sentence}
            number={index + 1}
            onSelect={(selection) => onSelect(index, selection)}
          />
          <GroupTag group={sentence.group} />
        </li>
      ))}
    </ol>
  )
}

export function GroupTag({ group }: { group: GivenSentence['group'] }) {
  const messages = useSimilarityMessages()
  return (
    <span
      className={clsx(
        'ml-auto shrink-0 rounded-full border px-2 text-13',
        group === 'fruit' ? 'border-context/40 text-context' : 'border-answer/40 text-answer',
      )}
    >
      {messages.groups[group]}
    </span>
  )
}

/** One stop for the Tab key; arrow keys move between the characters. */
function Pieces({
  sentence: { text, selection },
  number,
  onSelect,
}: {
  sentence: GivenSentence
  number: number
  onSelect: (selection: Span) => void
}) {
  const messages = useSimilarityMessages()
  const row = useRef<HTMLDivElement>(null)
  const pieces = piecesOf(text)
  const [focusable, setFocusable] = useState<number | null>(null)
  const chosen = pieces.findIndex((piece) => isWithin(piece, selection))
  const current = Math.min(focusable ?? Math.max(0, chosen), pieces.length - 1)

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const next =
      event.key === 'ArrowRight'
        ? Math.min(pieces.length - 1, current + 1)
        : event.key === 'ArrowLeft'
          ? Math.max(0, current - 1)
          : null
    if (next === null) return
    event.preventDefault()
    setFocusable(next)
    ;(row.current?.children[next] as HTMLElement | undefined)?.focus()
  }

  return (
    <div
      ref={row}
      role="toolbar"
      aria-label={`${messages.sentence(number)}: ${text}, ${messages.compared(text.slice(...selection))}`}
      lang="zh-Hant"
      data-own-keys
      data-sentence={number}
      className="flex min-w-0 flex-wrap text-17"
      onKeyDown={onKeyDown}
    >
      {pieces.map((piece, index) => {
        const isChosen = isWithin(piece, selection)
        return (
          <button
            key={piece[0]}
            type="button"
            aria-pressed={isChosen}
            tabIndex={index === current ? 0 : -1}
            className={clsx(
              'min-h-8 min-w-6 px-[3px] transition-colors duration-100',
              isChosen
                ? 'bg-accent-soft font-[620] text-ink shadow-[inset_0_-2px_0_var(--accent)]'
                : 'hover:bg-sunk',
              isChosen && isFirst(piece, selection) && 'rounded-tl-[5px]',
              isChosen && piece[1] === selection[1] && 'rounded-tr-[5px]',
            )}
            onFocus={() => setFocusable(index)}
            onClick={() => onSelect(pressPiece(pieces, selection, index))}
          >
            {text.slice(...piece)}
          </button>
        )
      })}
    </div>
  )
}

function isFirst(piece: Span, selection: Span): boolean {
  return piece[0] === selection[0]
}
