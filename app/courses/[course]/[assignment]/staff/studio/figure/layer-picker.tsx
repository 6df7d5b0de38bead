'use client'

import { clsx } from 'clsx'
import { kindStyles } from '@/app/components/figure/layer-strip'
import { Scrolling } from '@/app/components/scrolling'
import type { LayerDescription } from '@/lib/explainers/classifier'
import { useFigureEditorMessages } from './messages'

/** The network as numbered tiles with their kinds, to choose layers from. */
export function LayerPicker({
  layers,
  chosen,
  onToggle,
}: {
  layers: readonly LayerDescription[]
  chosen: readonly number[]
  onToggle: (layer: number, isChosen: boolean) => void
}) {
  const messages = useFigureEditorMessages()
  return (
    <Scrolling
      label={messages.layers}
      className="grid max-h-80 grid-cols-[repeat(auto-fill,minmax(5.6rem,1fr))] gap-1.5 p-1"
    >
      {layers.map(({ index, type, channels }) => {
        const isChosen = chosen.includes(index)
        return (
          <button
            key={index}
            type="button"
            aria-pressed={isChosen}
            className={clsx(
              'relative rounded-[5px] border border-l-[3px] px-2 py-1.5 text-left',
              kindStyles[type] ?? 'border-l-ink',
              isChosen
                ? 'border-y-accent border-r-accent bg-accent-soft'
                : 'border-y-hairline border-r-hairline bg-raised hover:border-y-edge hover:border-r-edge',
            )}
            onClick={() => onToggle(index, !isChosen)}
          >
            <span className="sr-only">{messages.layer(index, type, channels)}</span>
            <span aria-hidden="true" className="flex items-baseline justify-between">
              <span className="text-15 font-semibold">{index}</span>
              <span className="text-[0.6875rem] text-quiet">{channels}</span>
            </span>
            <span aria-hidden="true" className="block text-[0.75rem] leading-4 text-quiet">
              {type}
            </span>
          </button>
        )
      })}
    </Scrolling>
  )
}
