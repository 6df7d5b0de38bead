'use client'

import { BilingualText, useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { LayersPanel } from '@/lib/explainers/figures/document'
import { markedRows, useSpotsOf } from './figure-marks'
import { RowMark, tileFrame } from './row-mark'

/** Each kind of layer has a border of its own, beside its name. */
export const kindStyles: { readonly [type: string]: string } = {
  Conv2d: 'border-l-accent',
  BatchNorm2d: 'border-l-warn',
  ReLU: 'border-l-edge',
  MaxPool2d: 'border-l-wrong',
}

/** The network as numbered tiles in reading order. */
export function LayerStrip({ panel }: { panel: LayersPanel }) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  const marked = markedRows(useSpotsOf(panel))
  return (
    <figure className="col-span-full">
      <figcaption className="mb-2 text-13 font-[560]">
        <BilingualText text={panel.caption} second="font-normal text-quiet" />
      </figcaption>
      <ol
        aria-label={say(panel.alternative)}
        className="grid grid-cols-[repeat(auto-fill,minmax(6.1rem,1fr))] gap-1.5"
      >
        {panel.layers.map((layer, index) => (
          <li
            key={layer.index}
            className={`rounded-[5px] border border-hairline border-l-[3px] bg-raised px-2 py-1.5 ${kindStyles[layer.type] ?? 'border-l-ink'} ${tileFrame(marked.get(index)) ?? ''}`}
          >
            <span className="sr-only">{figure.layer(layer.index, layer.type, layer.channels)}</span>
            <RowMark mark={marked.get(index)} />
            <span aria-hidden="true" className="block">
              <span className="flex items-baseline justify-between">
                <span className="text-15 font-semibold">{layer.index}</span>
                <span className="text-[0.6875rem] text-quiet">{layer.channels}</span>
              </span>
              <span className="block text-[0.75rem] leading-4 text-quiet">{layer.type}</span>
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}
