'use client'

import { useId, useState } from 'react'
import type { ModelDetails, ModelState } from '@/lib/models/view'
import type { BundledModel } from './bundled-models'
import { useModelMessages } from './use-model-messages'

type Channels = ModelDetails['mean']

const plain: Readonly<Record<'mean' | 'deviation', Channels>> = { mean: [0, 0, 0], deviation: [1, 1, 1] }
/** Of the training set of ImageNet, as torchvision's models take them. */
const imageNet: typeof plain = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] }

/** What a model's file does not say: names of its classes, how pictures are prepared, where it comes from. */
export function DetailsForm({
  model: { name, details, card },
  bundled,
  working,
  onSave,
  onCancel,
}: {
  model: ModelState
  bundled: readonly BundledModel[]
  working: boolean
  onSave: (details: ModelDetails) => void
  /** null: it cannot be put off. */
  onCancel: (() => void) | null
}) {
  const words = useModelMessages()
  const [classes, setClasses] = useState((details.classes ?? card?.suggestedClasses ?? []).join('\n'))
  const [texts, setTexts] = useState({ licence: details.licence, source: details.source, note: details.note })
  const [numbers, setNumbers] = useState({
    mean: details.mean.map(String),
    deviation: details.deviation.map(String),
  })
  const id = useId()
  const outputs = card?.outputs ?? null
  const named = classes
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const mean = numbers.mean.map(Number) as Channels
  const deviation = numbers.deviation.map(Number) as Channels
  const areNumbers =
    [...numbers.mean, ...numbers.deviation].every(
      (text) => text.trim() !== '' && Number.isFinite(Number(text)),
    ) && deviation.every((value) => value > 0)
  const isWhole = (outputs === null || named.length === outputs) && areNumbers
  const prepare = (values: typeof plain) =>
    setNumbers({ mean: values.mean.map(String), deviation: values.deviation.map(String) })
  return (
    <form
      noValidate
      aria-label={`${words.edit} ${name}`}
      className="case mt-3 grid gap-4 px-4 py-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) onSave({ ...texts, classes: outputs === null ? null : named, mean, deviation })
      }}
    >
      {outputs !== null && (
        <div>
          <label htmlFor={`${id}-classes`} className="text-13 text-quiet">
            {words.classes}
          </label>
          <textarea
            id={`${id}-classes`}
            className="field mt-1 min-h-40"
            value={classes}
            spellCheck={false}
            aria-describedby={`${id}-count`}
            onChange={({ target }) => setClasses(target.value)}
          />
          <div className="mt-1 flex flex-wrap items-center gap-x-4">
            <p id={`${id}-count`} role="status" className="numbers text-13 text-quiet">
              {words.classesHint(outputs, named.length)}
            </p>
            {bundled
              .filter((other) => other.classes?.length === outputs)
              .map((other) => (
                <button
                  key={other.name}
                  type="button"
                  className="tool"
                  onClick={() => setClasses(other.classes!.join('\n'))}
                >
                  {words.takeClasses(other.name)}
                </button>
              ))}
          </div>
        </div>
      )}
      {card?.kind === 'graph' && (
        <fieldset className="min-w-0">
          <legend className="text-13 text-quiet">{words.preprocessing}</legend>
          <p className="text-13 text-quiet">{words.preprocessingHint}</p>
          <div className="mt-1 flex gap-2">
            <button type="button" className="tool" onClick={() => prepare(plain)}>
              {words.plainPictures}
            </button>
            <button type="button" className="tool" onClick={() => prepare(imageNet)}>
              {words.imageNet}
            </button>
          </div>
          <div aria-hidden="true" className="mt-2 grid grid-cols-[5rem_1fr_1fr_1fr] gap-2 text-13 text-quiet">
            <span />
            {words.channels.map((channel) => (
              <span key={channel}>{channel}</span>
            ))}
          </div>
          {(['mean', 'deviation'] as const).map((kind) => (
            <div key={kind} className="mt-2 grid grid-cols-[5rem_1fr_1fr_1fr] items-center gap-2">
              <span className="text-13">{words[kind]}</span>
              {words.channels.map((channel, place) => (
                <input
                  key={channel}
                  className="field numbers px-2"
                  inputMode="decimal"
                  aria-label={`${words[kind]}, ${channel}`}
                  value={numbers[kind][place]}
                  onChange={({ target }) =>
                    setNumbers({
                      ...numbers,
                      [kind]: numbers[kind].map((text, at) => (at === place ? target.value : text)),
                    })
                  }
                />
              ))}
            </div>
          ))}
          <p role="status" className="mt-1 text-13 text-wrong">
            {!areNumbers && words.wrongNumbers}
          </p>
        </fieldset>
      )}
      {(['licence', 'source', 'note'] as const).map((fact) => (
        <div key={fact}>
          <label htmlFor={`${id}-${fact}`} className="text-13 text-quiet">
            {words[fact]}
          </label>
          <input
            id={`${id}-${fact}`}
            className="field mt-1"
            value={texts[fact]}
            maxLength={{ licence: 200, source: 500, note: 2000 }[fact]}
            autoComplete="off"
            onChange={({ target }) => setTexts({ ...texts, [fact]: target.value })}
          />
        </div>
      ))}
      <div className="flex gap-2">
        <button type="submit" className="button button-accent" disabled={working || !isWhole}>
          {words.save}
        </button>
        {onCancel && (
          <button type="button" className="button" onClick={onCancel}>
            {words.cancel}
          </button>
        )}
      </div>
    </form>
  )
}
