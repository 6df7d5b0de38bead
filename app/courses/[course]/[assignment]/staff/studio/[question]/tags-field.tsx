'use client'

import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Field } from '@/app/components/field'
import { useSending } from '@/app/components/use-sending'
import { useBankMessages } from '@/app/courses/[course]/staff/bank/use-bank-messages'

/** The tags of a question: no part of what is published, and saved as soon as they change. */
export function TagsField({ questionId, given }: { questionId: string; given: readonly string[] }) {
  const words = useBankMessages()
  const { send, sending, refusal } = useSending()
  const [tags, setTags] = useState(given)
  const [written, setWritten] = useState('')
  const save = async (next: readonly string[]) => {
    const saved = await send<{ tags: string[] }>('PUT', `/api/questions/${questionId}/tags`, { tags: next })
    if (saved) setTags(saved.tags)
    return saved !== null
  }
  const add = async (event: KeyboardEvent) => {
    // Enter that ends a composition chooses a character.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    const tag = written.trim().replace(/^#/, '')
    if (tag !== '' && (await save([...tags, tag]))) setWritten('')
  }
  return (
    <Field label={words.tags} hint={words.tagsHint} error={refusal && (refusal.message ?? words.tagsFailed)}>
      {(control) => (
        <div className="flex flex-wrap items-center gap-2">
          {tags.map((tag) => (
            <span key={tag} className="inline-flex items-center rounded-full border pl-3 text-13">
              {tag}
              <button
                type="button"
                className="tool min-h-8 min-w-8"
                disabled={sending}
                aria-label={words.removeTag(tag)}
                onClick={() => void save(tags.filter((one) => one !== tag))}
              >
                <X size={14} aria-hidden="true" />
              </button>
            </span>
          ))}
          <input
            {...control}
            // What is undone here is no part of the draft.
            data-own-keys
            className="field w-44"
            maxLength={40}
            placeholder={words.addTag}
            value={written}
            enterKeyHint="done"
            onKeyDown={(event) => void add(event)}
            onChange={({ target }) => setWritten(target.value)}
          />
        </div>
      )}
    </Field>
  )
}
