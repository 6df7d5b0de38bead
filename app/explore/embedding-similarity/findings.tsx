'use client'

import type { EmbeddingSimilarityResult, SimilarityMetric } from '@/lib/explorations/view'
import { LayerChart, type LayerLine } from '../charts/layer-chart'
import { TableTwin } from '../charts/table-twin'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { InputChart } from './input-chart'
import { inputPairs } from './input-pairs'
import { useSimilarityMessages } from './messages'

interface FindingProps {
  readonly result: EmbeddingSimilarityResult
  readonly metric: SimilarityMetric
  readonly layer: number
  readonly onLayer: (layer: number) => void
}

const tableNumber = (value: number | null) => value?.toFixed(3) ?? '–'

/** Means within and between the groups, over the layers. */
export function Blocks({ result, metric, layer, onLayer }: FindingProps) {
  const messages = useSimilarityMessages()
  const explorer = useExplorerMessages()
  const layers = result.layers[metric]
  const lines: LayerLine[] = [
    ...(['fruit', 'company'] as const).map((group, index) => ({
      name: messages.within(messages.groups[group]),
      look: index === 0 ? ('main' as const) : ('second' as const),
      values: layers.map(({ within }) => within[group] ?? null),
    })),
    { name: messages.between, look: 'quiet', values: layers.map(({ between }) => between) },
  ]
  return (
    <section aria-labelledby="blocks" data-testid="blocks" className="min-w-0">
      <h2 id="blocks" className="text-17 font-[580]">
        {messages.blocks}
      </h2>
      <p className="mb-3 text-13 text-quiet">{messages.blocksHint}</p>
      <dl className="mb-3 grid grid-cols-3 gap-3">
        {lines.map(({ name, values }) => (
          <div key={name}>
            <dt className="text-13 text-quiet">{name}</dt>
            <dd className="text-21 font-[580] numbers">
              {values[layer]?.toFixed(metric === 'cosine' ? 3 : 2) ?? messages.none}
            </dd>
          </div>
        ))}
      </dl>
      <LayerChart lines={lines} first={0} layer={layer} onLayer={onLayer} />
      <div className="mt-3">
        <TableTwin
          caption={messages.blocks}
          columns={[explorer.layer, ...lines.map(({ name }) => name)]}
          current={layer}
          rows={layers.map((_, index) => ({
            key: index,
            name: index,
            cells: lines.map(({ values }) => tableNumber(values[index] ?? null)),
          }))}
        />
      </div>
    </section>
  )
}

/** How alike two sentences are, over the layers. */
export function PairTrend({
  result,
  metric,
  layer,
  onLayer,
  pair,
  onPair,
}: FindingProps & {
  readonly pair: readonly [number, number]
  readonly onPair: (pair: readonly [number, number]) => void
}) {
  const messages = useSimilarityMessages()
  const explorer = useExplorerMessages()
  const [one, other] = pair
  const values = result.layers[metric].map(({ matrix }) => matrix[one]![other]!)
  const name = messages.pair(one + 1, other + 1)
  const choose = (label: string, chosen: number, taken: number, onChoose: (index: number) => void) => (
    <label className="min-w-0 flex-[1_1_12rem] text-13 text-quiet">
      {label}
      <select
        className="field mt-1 min-h-10! py-1! text-15! text-ink"
        value={chosen}
        onChange={(event) => onChoose(Number(event.target.value))}
      >
        {result.sentences.map(({ text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is its number
          <option key={index} value={index} disabled={index === taken}>
            {index + 1} · {text}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <section aria-labelledby="trend" data-testid="trend" className="min-w-0">
      <h2 id="trend" className="text-17 font-[580]">
        {messages.trend}
      </h2>
      <div className="mt-2 mb-4 flex flex-wrap gap-3" data-own-keys>
        {choose(messages.first, one, other, (index) => onPair([index, other]))}
        {choose(messages.second, other, one, (index) => onPair([one, index]))}
      </div>
      <p className="mb-1 text-13 text-quiet">
        {name} · {messages.metrics[metric]}
      </p>
      <LayerChart lines={[{ name, look: 'main', values }]} first={0} layer={layer} onLayer={onLayer} />
      <div className="mt-3">
        <TableTwin
          caption={`${messages.trend} · ${name}`}
          columns={[explorer.layer, messages.metrics[metric]]}
          current={layer}
          rows={values.map((value, index) => ({ key: index, name: index, cells: [tableNumber(value)] }))}
        />
      </div>
    </section>
  )
}

const differences = ['position', 'length', 'occurrences'] as const

/** All pairs before any layer, against what might make them differ. */
export function InputPairs({ result, metric }: Pick<FindingProps, 'result' | 'metric'>) {
  const messages = useSimilarityMessages()
  const pairs = inputPairs(result.sentences, result.layers[metric][0]!.matrix)
  return (
    <section aria-labelledby="inputs" data-testid="input-pairs" className="min-w-0">
      <h2 id="inputs" className="text-17 font-[580]">
        {messages.inputs}
      </h2>
      <p className="mb-4 max-w-[72ch] text-13 text-quiet">{messages.inputsHint}</p>
      <p className="mb-1 text-13 text-quiet">{messages.metrics[metric]}</p>
      <div className="mb-4 grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 @2xl:grid-cols-3">
        {differences.map((difference) => (
          <InputChart
            key={difference}
            name={messages.difference[difference]}
            points={pairs.map((pair) => [pair[difference], pair.value])}
          />
        ))}
      </div>
      <TableTwin
        caption={messages.inputs}
        columns={[
          messages.pairs,
          messages.metrics[metric],
          ...differences.map((difference) => messages.difference[difference]),
        ]}
        rows={pairs.map(({ sentences: [one, other], value, ...pair }) => ({
          key: `${one} ${other}`,
          name: `${one + 1}–${other + 1}`,
          cells: [tableNumber(value), ...differences.map((difference) => String(pair[difference]))],
        }))}
      />
    </section>
  )
}
