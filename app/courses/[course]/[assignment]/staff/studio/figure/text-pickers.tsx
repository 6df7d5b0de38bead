'use client'

import { clsx } from 'clsx'
import type { SentenceWord } from '@/lib/figure-previews/view'
import type { ControlProps } from '../schema-form/form-context'
import { Chips, toggled } from './chips'
import { useFigureEditorMessages } from './messages'

/** A sentence with the words that the model makes of it; those of several pieces show where they are cut. */
export function SentenceField({
  value,
  onChange,
  control,
  words,
}: ControlProps & { words: readonly SentenceWord[] | null }) {
  const messages = useFigureEditorMessages()
  return (
    <div>
      <textarea
        {...control}
        rows={3}
        className="field"
        value={typeof value === 'string' ? value : ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      />
      {words && words.length > 0 && (
        <div className="mt-1.5 text-13 text-quiet">
          <p className="sr-only">{messages.readAs}</p>
          <ul className="flex flex-wrap gap-1">
            {words.map(({ text, pieces }, index) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place in the sentence
                key={index}
                className={clsx('rounded-[4px] bg-sunk px-1.5', pieces.length > 1 && 'text-warn')}
                {...(pieces.length > 1 && { title: messages.pieces(pieces.length) })}
              >
                {pieces.length > 1 ? pieces.map((piece) => piece.replace(/^##/, '')).join('·') : text}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

/** One or several of the sentence's words. Words that are chosen but no longer there stay in sight, to be taken away. */
export function WordChoice({
  value,
  onChange,
  words,
  several,
}: ControlProps & { words: readonly SentenceWord[] | null; several: boolean }) {
  const messages = useFigureEditorMessages()
  const chosen: readonly string[] = several
    ? Array.isArray(value)
      ? value
      : []
    : typeof value === 'string'
      ? [value]
      : []
  const names = [...new Set([...(words ?? []).map(({ text }) => text), ...chosen])]
  if (names.length === 0) return <p className="text-13 text-quiet">{messages.noWords}</p>
  return (
    <Chips
      choices={names.map((name) => ({ value: name, name }))}
      chosen={chosen}
      onToggle={(word, isChosen) => {
        if (several) onChange(toggled(chosen, word, isChosen))
        else onChange(isChosen ? word : undefined)
      }}
    />
  )
}

/** The bundled passages by their questions. */
export function PassagePicker({ value, onChange, passages }: ControlProps & { passages: readonly string[] }) {
  const messages = useFigureEditorMessages()
  const chosen: readonly number[] = Array.isArray(value) ? value : []
  return (
    <div className="grid gap-1">
      {passages.map((question, index) => (
        <label key={question} className="flex min-h-9 items-start gap-2 py-1">
          <input
            type="checkbox"
            className="tick"
            checked={chosen.includes(index + 1)}
            onChange={({ target }) => onChange(toggled(chosen, index + 1, target.checked))}
          />
          <span>{messages.sentence(index + 1, question)}</span>
        </label>
      ))}
    </div>
  )
}

/** Two of the bundled sentences. */
export function SentencePair({
  value,
  onChange,
  control,
  sentences,
}: ControlProps & { sentences: readonly string[] }) {
  const messages = useFigureEditorMessages()
  const pair: readonly unknown[] = Array.isArray(value) ? value : []
  return (
    <div className="grid gap-2">
      {[messages.first, messages.second].map((label, place) => (
        <select
          key={label}
          {...control}
          id={`${control.id}-${place}`}
          aria-label={label}
          className="field"
          value={String(pair[place] ?? '')}
          onChange={({ target }) =>
            onChange([0, 1].map((at) => (at === place ? Number(target.value) : pair[at])))
          }
        >
          {sentences.map((sentence, index) => (
            <option key={sentence} value={index + 1}>
              {messages.sentence(index + 1, sentence)}
            </option>
          ))}
        </select>
      ))}
    </div>
  )
}
