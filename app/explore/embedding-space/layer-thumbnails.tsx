'use client'

import { clsx } from 'clsx'
import { memo } from 'react'
import type { EmbeddingSpaceResult, SpaceLayer, SpaceToken } from '@/lib/explorations/view'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { useSpaceMessages } from './messages'
import { fitPoints } from './projection'
import { drawnKinds, kindColour, markPath } from './space-mark'

const frame = { width: 160, height: 116, margin: 10 }

/** All layers side by side; a press shows one large. */
export function LayerThumbnails({
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
  return (
    <section aria-labelledby="all-layers">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-4">
        <h2 id="all-layers" className="text-17 font-[580]">
          {messages.allLayers}
        </h2>
        <p className="text-13 text-quiet">{messages.allLayersHint}</p>
      </div>
      <ul className="grid grid-cols-3 gap-2 @2xl:grid-cols-4 @5xl:grid-cols-6" data-own-keys>
        {result.layers.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its number
          <li key={index}>
            <button
              type="button"
              aria-pressed={layer === index + 1}
              className={clsx(
                'block w-full overflow-hidden rounded-card border bg-raised text-left transition-colors duration-120',
                layer === index + 1 ? 'border-accent ring-1 ring-accent' : 'hover:border-edge',
              )}
              onClick={() => onLayer(index + 1)}
            >
              <Thumbnail tokens={result.tokens} layer={each} />
              <span
                className={clsx(
                  'block px-2 pb-1 text-13 numbers',
                  layer === index + 1 ? 'font-[620] text-accent' : 'text-quiet',
                )}
              >
                {explorer.layerNumber(index + 1)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Thumbnail = memo(function Thumbnail({
  tokens,
  layer,
}: {
  tokens: readonly SpaceToken[]
  layer: SpaceLayer
}) {
  const drawn = tokens.flatMap(({ kind }, index) => (kind === 'special' ? [] : [index]))
  const places = fitPoints(layer.points, drawn, frame)
  return (
    <svg viewBox={`0 0 ${frame.width} ${frame.height}`} aria-hidden="true" className="block w-full">
      {drawnKinds.map((kind) => (
        <path
          key={kind}
          fill={kindColour[kind]}
          fillOpacity={kind === 'context' ? 0.65 : 1}
          d={tokens
            .flatMap((token, index) =>
              token.kind === kind ? [markPath(kind, ...places[index]!, kind === 'context' ? 2 : 2.6)] : [],
            )
            .join('')}
        />
      ))}
    </svg>
  )
})
