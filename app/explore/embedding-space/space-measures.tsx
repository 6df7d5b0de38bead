'use client'

import type { EmbeddingSpaceResult, SpaceMeasures as Measures } from '@/lib/explorations/view'
import { LayerChart, type LayerLine } from '../charts/layer-chart'
import { TableTwin } from '../charts/table-twin'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { useSpaceMessages } from './messages'

/** What is measured of each layer in the whole space, as charts and as one table. */
export function SpaceMeasures({
  result,
  layer,
  onLayer,
}: {
  result: EmbeddingSpaceResult
  layer: number
  onLayer: (layer: number) => void
}) {
  const messages = useSpaceMessages()
  const explorer = useExplorerMessages()
  const line = (name: string, look: LayerLine['look'], measure: keyof Measures): LayerLine => ({
    name,
    look,
    values: result.layers.map(({ measures }) => measures[measure]),
  })
  const hasRest = result.layers.some(({ measures }) => measures.questionRest !== null)
  const charts = [
    {
      ...messages.answerDistance,
      lines: [line(messages.answerDistance.name, 'main', 'answerDistance')],
    },
    {
      ...messages.questionCosine,
      lines: [
        line(messages.relevant, 'main', 'questionRelevant'),
        ...(hasRest ? [line(messages.rest, 'second', 'questionRest')] : []),
      ],
    },
    {
      ...messages.purity,
      lines: [line(messages.measured, 'main', 'purity'), line(messages.chance, 'quiet', 'purityChance')],
    },
  ]
  const columns: readonly [string, keyof Measures][] = [
    [messages.answerDistance.name, 'answerDistance'],
    [messages.relevant, 'questionRelevant'],
    [messages.rest, 'questionRest'],
    [messages.purity.name, 'purity'],
    [messages.chance, 'purityChance'],
  ]
  return (
    <section aria-labelledby="space-measures" data-testid="space-measures">
      <h2 id="space-measures" className="text-17 font-[580]">
        {messages.measures}
      </h2>
      <p className="mt-1 max-w-[72ch] text-13 text-quiet">{messages.measuresHint}</p>
      <div className="mt-4 mb-4 grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-7 @2xl:grid-cols-3">
        {charts.map(({ name, meaning, lines }) => (
          <div key={name} className="flex min-w-0 flex-col">
            <h3 className="font-[580]">{name}</h3>
            <p className="mb-2 text-13 text-quiet">{meaning}</p>
            <div className="mt-auto">
              <LayerChart lines={lines} first={1} layer={layer} onLayer={onLayer} />
            </div>
          </div>
        ))}
      </div>
      <TableTwin
        caption={messages.measures}
        columns={[explorer.layer, ...columns.map(([name]) => name)]}
        current={layer}
        rows={result.layers.map(({ measures }, index) => ({
          key: index + 1,
          name: index + 1,
          cells: columns.map(([, measure]) => measures[measure]?.toFixed(3) ?? '–'),
        }))}
      />
    </section>
  )
}
