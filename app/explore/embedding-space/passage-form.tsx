'use client'

import { type FormEvent, useEffect, useState } from 'react'
import type { ExplorationMaterial } from '@/lib/explorations/view'
import { useSpaceMessages } from './messages'
import { type Passage, passageNumber, type SpaceState } from './space-state'

/** One of the bundled passages, or any other that is typed. */
export function PassageForm({
  state,
  material,
  models,
  onPassage,
  onModel,
}: {
  state: SpaceState
  material: ExplorationMaterial
  /** None: the model is not to be chosen. */
  models: readonly string[]
  onPassage: (passage: Passage) => void
  onModel: (model: string) => void
}) {
  const messages = useSpaceMessages()
  const shown = passageNumber(material, state)
  const [typing, setTyping] = useState(shown === null)
  const names = models.includes(state.model) ? models : [...models, state.model]
  return (
    <div className="@container" data-own-keys>
      <fieldset>
        <legend className="mb-1.5 text-13 text-quiet">{messages.passage}</legend>
        <div className="grid gap-2 @2xl:grid-cols-2 @5xl:grid-cols-4">
          {material.passages.map((passage, index) => (
            <PassageCard
              key={passage.question}
              name={passage.question}
              lang="en"
              checked={!typing && shown === index + 1}
              onChoose={() => {
                setTyping(false)
                onPassage(passage)
              }}
            />
          ))}
          <PassageCard name={messages.own} checked={typing} onChoose={() => setTyping(true)} />
        </div>
      </fieldset>
      {typing && <TypedPassage state={state} onPassage={onPassage} />}
      {models.length > 1 && (
        <label className="mt-3 flex w-fit flex-wrap items-center gap-2 text-13 text-quiet">
          {messages.model}
          <select
            className="field min-h-9! w-auto! py-1! text-13! text-ink"
            value={state.model}
            onChange={(event) => onModel(event.target.value)}
          >
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}

function PassageCard({
  name,
  lang,
  checked,
  onChoose,
}: {
  name: string
  lang?: string
  checked: boolean
  onChoose: () => void
}) {
  return (
    <label
      lang={lang}
      className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-card border bg-raised px-3.5 py-2 font-[520] transition-colors duration-100 hover:border-edge has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
    >
      <input type="radio" name="passage" className="tick" checked={checked} onChange={onChoose} />
      {name}
    </label>
  )
}

function TypedPassage({
  state: { question, context, answer },
  onPassage,
}: {
  state: SpaceState
  onPassage: (passage: Passage) => void
}) {
  const messages = useSpaceMessages()
  const [draft, setDraft] = useState<Passage>({ question, context, answer })
  useEffect(() => setDraft({ question, context, answer }), [question, context, answer])
  const type = (part: Partial<Passage>) => setDraft((last) => ({ ...last, ...part }))

  function submit(event: FormEvent) {
    event.preventDefault()
    const typed = {
      question: draft.question.trim(),
      context: draft.context.trim(),
      answer: draft.answer.trim(),
    }
    if (typed.question && typed.context) onPassage(typed)
  }

  return (
    <form className="mt-3 grid gap-3" onSubmit={submit}>
      <p className="text-13 text-quiet">{messages.ownHint}</p>
      <label className="text-13 text-quiet">
        {messages.question}
        <input
          className="field mt-1 text-ink"
          lang="en"
          required
          maxLength={300}
          autoComplete="off"
          value={draft.question}
          onChange={(event) => type({ question: event.target.value })}
        />
      </label>
      <label className="text-13 text-quiet">
        {messages.context}
        <textarea
          className="field mt-1 text-ink"
          lang="en"
          required
          rows={5}
          maxLength={1500}
          value={draft.context}
          onChange={(event) => type({ context: event.target.value })}
        />
      </label>
      <div className="flex flex-wrap items-end gap-3">
        <label className="flex-[1_1_16rem] text-13 text-quiet">
          {messages.answer} ({messages.answerHint})
          <input
            className="field mt-1 text-ink"
            lang="en"
            maxLength={100}
            autoComplete="off"
            value={draft.answer}
            onChange={(event) => type({ answer: event.target.value })}
          />
        </label>
        <button type="submit" className="button button-accent">
          {messages.run}
        </button>
      </div>
    </form>
  )
}
