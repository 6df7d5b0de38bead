'use client'

import { clsx } from 'clsx'
import { Segments } from '@/app/components/segments'
import type { AttentionResult, MaskPredictions, Prediction } from '@/lib/explorations/view'
import { useExplorerMessages } from '../messages/use-explorer-messages'

/** What the model expects at each masked place, and how much that has changed. */
export function PredictionRail({
  result,
  wordAt,
  onCompare,
}: {
  result: AttentionResult
  /** A token's characters in the sentence. */
  wordAt: (position: number) => string
  onCompare: (positions: readonly number[]) => void
}) {
  const messages = useExplorerMessages()
  const { predictions, compare, masks, model } = result
  return (
    <section aria-labelledby="masked-words" data-testid="predictions">
      <h2 id="masked-words" className="text-17 font-[580]">
        {messages.predictions}
      </h2>
      {!model.predicts && <p className="mt-2 text-quiet">{messages.predictionsImpossible}</p>}
      {model.predicts && masks.length === 0 && <p className="mt-2 text-quiet">{messages.predictionsEmpty}</p>}
      {masks.length > 1 && model.predicts && (
        <CompareChoice masks={masks} compare={compare} wordAt={wordAt} onCompare={onCompare} />
      )}
      <div className="mt-4 grid gap-6">
        {predictions.map((prediction) => (
          <PredictionTable
            key={prediction.position}
            predictions={prediction}
            word={wordAt(prediction.position)}
            compared={
              compare.length === 0
                ? messages.comparedPlain
                : messages.comparedMasked(compare.map(wordAt).join(', '))
            }
          />
        ))}
      </div>
    </section>
  )
}

/** Against the sentence as it is, or with one of the masks taken away. */
function CompareChoice({
  masks,
  compare,
  wordAt,
  onCompare,
}: {
  masks: readonly number[]
  compare: readonly number[]
  wordAt: (position: number) => string
  onCompare: (positions: readonly number[]) => void
}) {
  const messages = useExplorerMessages()
  const choices = [[], ...masks.map((left) => masks.filter((mask) => mask !== left))]
  if (!choices.some((choice) => choice.join() === compare.join())) choices.push([...compare])
  const name = (choice: readonly number[]) =>
    choice.length === 0 ? messages.comparedPlain : messages.comparedMasked(choice.map(wordAt).join(', '))
  return (
    <div className="mt-3">
      <p className="mb-1 text-13 text-quiet">{messages.comparedWith}</p>
      <Segments
        legend={messages.comparedWith}
        className="flex-wrap"
        value={compare.join()}
        onChange={(value) => onCompare(value === '' ? [] : value.split(',').map(Number))}
        segments={choices.map((choice) => ({
          value: choice.join(),
          label: name(choice),
          name: name(choice),
        }))}
      />
    </div>
  )
}

function PredictionTable({
  predictions: { position, original, top },
  word,
  compared,
}: {
  predictions: MaskPredictions
  word: string
  compared: string
}) {
  const messages = useExplorerMessages()
  const isListed = top.some((prediction) => prediction.token === original.token)
  const rows: readonly Prediction[] = isListed ? top : [...top, original]
  return (
    <table className="w-full border-collapse text-13" data-mask={position}>
      <caption className="mb-1.5 text-left font-[560]">
        {messages.predictionsAt(word, position)}
        <span className="sr-only">
          . {messages.comparedWith} {compared}.
        </span>
      </caption>
      <thead>
        <tr className="text-left text-quiet">
          <th scope="col" className="pb-1 font-normal">
            {messages.word}
          </th>
          <th scope="col" className="pb-1 pl-2 font-normal">
            {messages.probability}
          </th>
          <th scope="col" className="pb-1 pl-2 text-right font-normal" title={compared}>
            {messages.change}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((prediction) => {
          const isOriginal = prediction.token === original.token
          const change = prediction.probability - prediction.compared
          return (
            <tr key={prediction.token} data-word={prediction.token}>
              <th
                scope="row"
                className="w-px py-[3px] text-left align-middle font-[480] whitespace-nowrap"
                lang="en"
              >
                <span className={clsx(isOriginal && 'underline decoration-dotted underline-offset-4')}>
                  {prediction.token}
                </span>
                {isOriginal && <span className="sr-only"> ({messages.original})</span>}
              </th>
              <td className="py-[3px] pl-2">
                <span className="flex items-center gap-2">
                  <span aria-hidden="true" className="relative h-3 min-w-10 flex-1 rounded-[2px] bg-sunk">
                    <span
                      className="absolute inset-y-0 left-0 min-w-px rounded-[2px] bg-accent"
                      style={{ width: `${prediction.probability * 100}%` }}
                    />
                    <span
                      className="absolute -inset-y-0.5 w-px bg-ink"
                      style={{ left: `${prediction.compared * 100}%` }}
                    />
                  </span>
                  <span className="w-11 text-right" data-probability={prediction.probability}>
                    {prediction.probability.toFixed(3)}
                  </span>
                </span>
              </td>
              <td className="w-14 py-[3px] pl-2 text-right whitespace-nowrap" data-change={change}>
                {signed(change)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** `+0.787`, `−0.741`: a real minus sign, as wide as the plus. */
function signed(change: number): string {
  const size = Math.abs(change).toFixed(3)
  if (size === '0.000') return '0.000'
  return `${change > 0 ? '+' : '−'}${size}`
}
