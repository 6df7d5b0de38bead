'use client'

import { Scrolling } from '@/app/components/scrolling'
import { type AttentionTarget, attentionTargets } from '@/lib/explorations/view'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import type { ShownToken } from './token-button'

const shown = (weight: number) => weight.toFixed(3)

/** The arcs as numbers: around the held token, or of every token with every other. */
export function WeightTable({
  weights,
  tokens,
  held,
  chosen,
}: {
  /** [tokens, tokens] */
  weights: Float32Array
  tokens: readonly ShownToken[]
  held: number | null
  chosen: string
}) {
  const messages = useExplorerMessages()
  const count = tokens.length
  const at = (from: number, to: number) => weights[from * count + to] ?? 0
  return (
    <details className="rounded-card border px-4 py-2.5" data-testid="weight-table">
      <summary className="cursor-pointer text-13 text-quiet hover:text-ink">{messages.weightsTable}</summary>
      <Scrolling label={messages.weightsOf(chosen)} className="mt-2">
        <table className="border-collapse text-13">
          <caption className="sr-only">{messages.weightsOf(chosen)}</caption>
          {held === null ? (
            <>
              <thead>
                <tr>
                  <th scope="col" className="pr-3 text-left font-normal text-quiet">
                    {messages.from} \ {messages.to}
                  </th>
                  {tokens.map((token, to) => (
                    <th
                      // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the sentence
                      key={to}
                      scope="col"
                      lang="en"
                      className="px-1.5 text-right font-[520] whitespace-nowrap"
                    >
                      {token.text}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {tokens.map((token, from) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the sentence
                  <tr key={from}>
                    <th scope="row" lang="en" className="pr-3 text-left font-[520] whitespace-nowrap">
                      {token.text}
                    </th>
                    {tokens.map((_, to) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: as above
                      <td key={to} className="px-1.5 text-right">
                        {shown(at(from, to))}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </>
          ) : (
            <>
              <thead>
                <tr className="text-left text-quiet">
                  <th scope="col" className="pr-4 font-normal">
                    {messages.tokens}
                  </th>
                  <th scope="col" className="px-3 text-right font-normal">
                    {tokens[held]?.text} → …
                  </th>
                  <th scope="col" className="px-3 text-right font-normal">
                    … → {tokens[held]?.text}
                  </th>
                </tr>
              </thead>
              <tbody>
                {tokens.map((token, other) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the sentence
                  <tr key={other}>
                    <th scope="row" lang="en" className="pr-4 text-left font-[520]">
                      {token.text}
                    </th>
                    <td className="px-3 text-right">{shown(at(held, other))}</td>
                    <td className="px-3 text-right">{shown(at(other, held))}</td>
                  </tr>
                ))}
              </tbody>
            </>
          )}
        </table>
      </Scrolling>
    </details>
  )
}

/** What each head of one layer looks at, on average. */
export function MeasureTable({
  measures,
  layer,
  heads,
}: {
  /** [heads][targets] of the layer. */
  measures: readonly (readonly number[])[]
  layer: number
  /** Those that are shown. */
  heads: readonly number[]
}) {
  const messages = useExplorerMessages()
  const best = attentionTargets.map((_, target) => Math.max(...measures.map((values) => values[target] ?? 0)))
  const name = (target: AttentionTarget) => messages.targets[target]
  return (
    <details className="rounded-card border px-4 py-2.5" data-testid="measure-table">
      <summary className="cursor-pointer text-13 text-quiet hover:text-ink">
        {messages.measuresTable(layer)}
      </summary>
      <Scrolling label={messages.measuresTable(layer)} className="mt-2">
        <table className="w-full border-collapse text-13">
          <caption className="sr-only">{messages.measuresTable(layer)}</caption>
          <thead>
            <tr>
              <th scope="col" className="py-1 pr-3 text-left font-normal text-quiet">
                {messages.head}
              </th>
              {attentionTargets.map((target) => (
                <th
                  key={target}
                  scope="col"
                  title={name(target).meaning}
                  className="px-2 py-1 text-right font-normal text-quiet"
                >
                  {name(target).name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {measures.map((values, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a head is its number
              <tr key={index} className={heads.includes(index + 1) ? 'bg-accent-soft' : undefined}>
                <th scope="row" className="py-0.5 pr-3 pl-1 text-left font-[520]">
                  {index + 1}
                </th>
                {values.map((value, target) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a measure is its place
                    key={target}
                    className={`px-2 py-0.5 text-right ${value === best[target] && value > 0 ? 'font-[650]' : ''}`}
                  >
                    {value.toFixed(2)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </details>
  )
}
