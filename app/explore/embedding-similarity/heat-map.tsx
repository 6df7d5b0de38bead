'use client'

import { clsx } from 'clsx'
import { lab } from 'd3-color'
import { interpolateViridis } from 'd3-scale-chromatic'
import type { ComparedSentence, SimilarityMetric } from '@/lib/explorations/view'
import { useSimilarityMessages } from './messages'
import { formatShort } from './number-format'

/** Lightness (CIELAB) on which black and white are equally well read, both with a contrast of 4.58. */
const EVEN = 49.4

/** Every sentence against every other, with its values: a table whose cells are coloured. */
export function HeatMap({
  sentences,
  matrix,
  metric,
  layer,
  pair,
  onPair,
}: {
  sentences: readonly ComparedSentence[]
  /** [sentences][sentences] */
  matrix: readonly (readonly number[])[]
  metric: SimilarityMetric
  layer: number
  pair: readonly [number, number]
  onPair: (pair: readonly [number, number]) => void
}) {
  const messages = useSimilarityMessages()
  const values = matrix.flat()
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const caption = messages.matrix(messages.metrics[metric], layer)
  const isPair = (row: number, column: number) =>
    pair.includes(row) && pair.includes(column) && row !== column
  const starts = (index: number) => index > 0 && sentences[index]!.group !== sentences[index - 1]!.group
  return (
    <figure className="min-w-0">
      <table className="w-full table-fixed border-separate border-spacing-0" data-testid="heat-map">
        <caption className="mb-2 text-left text-17 font-[580]">{caption}</caption>
        <thead>
          <tr>
            <td className="w-7 @2xl:w-44" />
            {sentences.map((_, column) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is its number
                key={column}
                scope="col"
                className="pb-1 text-center text-13 font-normal text-quiet numbers"
              >
                <span className="sr-only">{messages.sentence(column + 1)}</span>
                <span aria-hidden="true">{column + 1}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sentences.map((sentence, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is its number
            <tr key={row}>
              <th
                scope="row"
                className="max-w-0 pr-2 text-left text-13 font-normal text-quiet"
                title={sentence.text}
              >
                <span className="flex items-baseline gap-1.5">
                  <span className="w-4 shrink-0 text-right numbers">{row + 1}</span>
                  <span className="hidden truncate @2xl:block" lang="zh-Hant">
                    {sentence.text}
                  </span>
                </span>
              </th>
              {matrix[row]!.map((value, column) => {
                const ground = interpolateViridis(high > low ? (value - low) / (high - low) : 1)
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is its number
                    key={column}
                    className={clsx('p-px', starts(row) && 'pt-1', starts(column) && 'pl-1')}
                  >
                    <button
                      type="button"
                      tabIndex={-1}
                      aria-label={messages.cell(row + 1, column + 1, formatShort(value, metric))}
                      disabled={row === column}
                      onClick={() => onPair([row, column])}
                      className={clsx(
                        'grid h-8 w-full place-items-center rounded-[3px] text-[clamp(10px,2.6cqw,13px)] leading-none numbers @2xl:h-9',
                        isPair(row, column) && 'outline-2 outline-offset-0 outline-ink',
                      )}
                      style={{ background: ground, color: lab(ground).l > EVEN ? '#000' : '#fff' }}
                    >
                      {formatShort(value, metric)}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption className="mt-2.5 text-13 text-quiet">
        <span className="flex items-center gap-2 numbers">
          {formatShort(low, metric)}
          <span aria-hidden="true" className="h-2.5 w-36 rounded-full bg-(image:--scale-viridis)" />
          {formatShort(high, metric)}
          <span>{messages.scale[metric]}</span>
        </span>
        <span className="mt-1 block">{messages.matrixHint}</span>
      </figcaption>
    </figure>
  )
}
