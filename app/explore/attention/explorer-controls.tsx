'use client'

import { type FormEvent, useEffect, useState } from 'react'
import { Segments } from '@/app/components/segments'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { defaultSentence, type ExplorerState } from './explorer-state'

/** The sentence as it is typed, and the model that reads it. */
export function SentenceForm({
  state,
  models,
  onSentence,
  onModel,
}: {
  state: ExplorerState
  /** None: the model is not to be chosen. */
  models: readonly string[]
  onSentence: (sentence: string) => void
  onModel: (model: string) => void
}) {
  const messages = useExplorerMessages()
  const [draft, setDraft] = useState(state.sentence)
  useEffect(() => setDraft(state.sentence), [state.sentence])
  const names = models.includes(state.model) ? models : [...models, state.model]

  function submit(event: FormEvent) {
    event.preventDefault()
    const sentence = draft.trim()
    if (sentence) onSentence(sentence)
  }

  return (
    <form className="flex flex-wrap items-end gap-3" onSubmit={submit} data-own-keys>
      <label className="min-w-56 flex-[1_1_24rem] text-13 text-quiet">
        <span className="flex flex-wrap justify-between gap-x-4">
          <span>{messages.sentence}</span>
          <span>{messages.sentenceHint}</span>
        </span>
        <input
          className="field mt-1 text-ink"
          lang="en"
          autoComplete="off"
          spellCheck={false}
          maxLength={600}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
      </label>
      {models.length > 0 && (
        <label className="w-44 text-13 text-quiet">
          {messages.model}
          <select
            className="field mt-1 text-ink"
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
      <button type="submit" className="button button-accent">
        {messages.run}
      </button>
      {state.sentence !== defaultSentence && (
        <button type="button" className="button button-plain" onClick={() => onSentence(defaultSentence)}>
          {messages.reset}
        </button>
      )}
    </form>
  )
}

/** Layer, heads, and how much of the weights is drawn. */
export function ViewControls({
  state,
  layers,
  heads,
  onChange,
}: {
  state: ExplorerState
  /** Of the model. */
  layers: number
  heads: number
  onChange: (change: Partial<ExplorerState>) => void
}) {
  const messages = useExplorerMessages()
  const toggle = (head: number) => {
    const isOn = state.heads.includes(head)
    const next = isOn ? state.heads.filter((other) => other !== head) : [...state.heads, head]
    onChange({ heads: next.sort((one, other) => one - other) })
  }
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-8 gap-y-3" data-own-keys>
      <ControlRow name={messages.layer}>
        <Segments
          legend={messages.layer}
          className="@max-xl:grid! @max-xl:w-full @max-xl:grid-cols-6"
          value={String(state.layer)}
          onChange={(layer) => onChange({ layer: Number(layer) })}
          segments={count(layers).map((layer) => ({
            value: String(layer),
            label: <span className="numbers">{layer}</span>,
            name: messages.layerNumber(layer),
          }))}
        />
      </ControlRow>
      <ControlRow name={messages.heads}>
        <fieldset className="flex flex-wrap items-center gap-1">
          <legend className="sr-only">{messages.heads}</legend>
          <button
            type="button"
            className="tool border border-transparent aria-pressed:border-edge"
            aria-pressed={state.heads.length === 0}
            onClick={() => onChange({ heads: [] })}
          >
            {messages.allHeads}
          </button>
          {count(heads).map((head) => (
            <button
              key={head}
              type="button"
              className="tool numbers min-w-8! border border-transparent px-1! aria-pressed:border-accent aria-pressed:text-accent!"
              aria-pressed={state.heads.includes(head)}
              aria-label={messages.headNumber(head)}
              onClick={() => toggle(head)}
            >
              {head}
            </button>
          ))}
        </fieldset>
      </ControlRow>
      <div className="flex flex-wrap items-center gap-x-8 gap-y-2 text-13">
        <label className="flex items-center gap-3" title={messages.massHint}>
          <input
            type="range"
            className="range w-36"
            min={0}
            max={100}
            step={5}
            value={state.mass}
            onChange={(event) => onChange({ mass: Number(event.target.value) })}
          />
          <span className="numbers">{messages.mass(state.mass)}</span>
        </label>
        <label className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            className="tick"
            checked={state.hideSpecial}
            onChange={(event) => onChange({ hideSpecial: event.target.checked })}
          />
          {messages.hideSpecial}
        </label>
      </div>
    </div>
  )
}

function ControlRow({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span aria-hidden="true" className="text-13 text-quiet">
        {name}
      </span>
      {children}
    </div>
  )
}

function count(to: number): number[] {
  return Array.from({ length: to }, (_, index) => index + 1)
}
