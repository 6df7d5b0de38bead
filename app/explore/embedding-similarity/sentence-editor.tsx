'use client'

import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { GivenSentence } from '@/lib/explorations/view'
import { useSimilarityMessages } from './messages'
import { retype } from './selection'
import { longestSentence, mostSentences } from './similarity-state'

/** The sentences as a form: what is typed counts when it is done. */
export function SentenceEditor({
  sentences,
  given,
  onDone,
  onCancel,
}: {
  sentences: readonly GivenSentence[]
  /** Those that come with the room. */
  given: readonly GivenSentence[]
  onDone: (sentences: readonly GivenSentence[]) => void
  onCancel: () => void
}) {
  const messages = useSimilarityMessages()
  const [drafts, setDrafts] = useState(() => sentences.map((sentence, key) => ({ key, sentence })))
  const [nextKey, setNextKey] = useState(sentences.length)
  const replace = (key: number, sentence: GivenSentence) =>
    setDrafts((last) => last.map((draft) => (draft.key === key ? { key, sentence } : draft)))

  function submit(event: FormEvent) {
    event.preventDefault()
    onDone(drafts.map(({ sentence }) => sentence))
  }

  return (
    <form onSubmit={submit} data-own-keys>
      <ol className="grid gap-2">
        {drafts.map(({ key, sentence }, index) => (
          <li key={key} className="flex flex-wrap items-center gap-2">
            <span aria-hidden="true" className="w-5 text-right text-13 text-quiet numbers">
              {index + 1}
            </span>
            <input
              className="field min-h-10! flex-[1_1_11rem] py-1!"
              lang="zh-Hant"
              aria-label={messages.sentence(index + 1)}
              required
              pattern=".*\S.*"
              maxLength={longestSentence}
              autoComplete="off"
              value={sentence.text}
              onChange={(event) => replace(key, retype(sentence, event.target.value))}
            />
            <select
              className="field min-h-10! w-auto! py-1! text-13!"
              aria-label={messages.group(index + 1)}
              value={sentence.group}
              onChange={(event) =>
                replace(key, { ...sentence, group: event.target.value === 'fruit' ? 'fruit' : 'company' })
              }
            >
              <option value="fruit">{messages.groups.fruit}</option>
              <option value="company">{messages.groups.company}</option>
            </select>
            <button
              type="button"
              className="tool"
              aria-label={messages.remove(index + 1)}
              disabled={drafts.length <= 2}
              onClick={() => setDrafts((last) => last.filter((draft) => draft.key !== key))}
            >
              <X size={16} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap gap-2">
        <button type="submit" className="button button-accent min-h-10! py-1!">
          {messages.done}
        </button>
        <button
          type="button"
          className="button min-h-10! py-1!"
          disabled={drafts.length >= mostSentences}
          onClick={() => {
            setNextKey(nextKey + 1)
            setDrafts([
              ...drafts,
              { key: nextKey, sentence: { text: '', group: 'company', selection: [0, 0] } },
            ])
          }}
        >
          <Plus size={16} aria-hidden="true" />
          {messages.add}
        </button>
        <button type="button" className="button button-plain min-h-10! py-1!" onClick={() => onDone(given)}>
          {messages.reset}
        </button>
        <button type="button" className="button button-plain min-h-10! py-1!" onClick={onCancel}>
          {messages.cancel}
        </button>
      </div>
    </form>
  )
}
