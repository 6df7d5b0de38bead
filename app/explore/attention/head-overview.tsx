'use client'

import { clsx } from 'clsx'
import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react'
import { Segments } from '@/app/components/segments'
import { type AttentionTarget, attentionTargets } from '@/lib/explorations/view'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import type { ExplorerState } from './explorer-state'
import { HeadMaps } from './head-maps'
import type { Weights } from './visible-weights'

/**
 * Every head of the model at a glance: a small map of its weights, or how much of its weight goes to one target.
 * A square shows its head; with Shift it is added to those of its layer, or taken away.
 */
export function HeadOverview({
  weights,
  measures,
  hasPeriod,
  state,
  onChoose,
  onShow,
}: {
  weights: Weights
  /** [layers][heads][targets] */
  measures: readonly (readonly (readonly number[])[])[]
  hasPeriod: boolean
  state: ExplorerState
  onChoose: (layer: number, heads: readonly number[]) => void
  onShow: (overview: ExplorerState['overview']) => void
}) {
  const messages = useExplorerMessages()
  const grid = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState({ layer: state.layer, head: state.heads[0] ?? 1 })
  const { overview } = state
  const target = overview === 'maps' ? null : attentionTargets.indexOf(overview)
  const { layers, heads } = weights
  const focused = { layer: Math.min(focus.layer, layers), head: Math.min(focus.head, heads) }

  function choose(layer: number, head: number, adds: boolean) {
    const current = layer === state.layer ? state.heads : []
    const isOn = current.includes(head)
    if (!adds) return onChoose(layer, isOn && current.length === 1 ? [] : [head])
    const next = isOn ? current.filter((other) => other !== head) : [...current, head]
    onChoose(
      layer,
      next.sort((one, other) => one - other),
    )
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const next = moveCell(event.key, focused, layers, heads)
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    setFocus(next)
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.layer}-${next.head}"]`)?.focus()
  }

  const columns: CSSProperties = { gridTemplateColumns: `1.5rem repeat(${heads}, minmax(0, 1fr))` }
  return (
    <section aria-labelledby="head-overview">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="head-overview" className="text-17 font-[580]">
          {messages.overview}
        </h2>
        <p className="max-w-[60ch] text-13 text-quiet">{messages.overviewHint}</p>
      </div>
      <div className="mb-3 overflow-x-auto">
        <Segments<ExplorerState['overview']>
          legend={messages.overviewShows}
          value={overview}
          onChange={onShow}
          segments={[
            { value: 'maps', label: messages.maps, name: messages.maps },
            ...attentionTargets.map((name) => ({
              value: name,
              label: messages.targets[name].name,
              name: messages.targets[name].meaning,
            })),
          ]}
        />
      </div>
      <div className="relative">
        {target === null && <HeadMaps weights={weights} />}
        {/* biome-ignore lint/a11y/useSemanticElements: a table of buttons that arrow keys move in is a grid */}
        <div
          ref={grid}
          role="grid"
          aria-label={overview === 'maps' ? messages.overview : messages.targets[overview].meaning}
          data-own-keys
          className="relative"
          onKeyDown={onKeyDown}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: its cells take the focus */}
          <div role="row" className="grid h-6" style={columns}>
            {/* biome-ignore lint/a11y/useSemanticElements: as above */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
            <span role="columnheader" className="sr-only">
              {messages.layer}
            </span>
            <span aria-hidden="true" />
            {places(heads).map((head) => (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <span key={head} role="columnheader" className="numbers text-center text-13 text-quiet">
                <span className="sr-only">{messages.head} </span>
                {head}
              </span>
            ))}
          </div>
          {places(layers).map((layer) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div key={layer} role="row" className="grid" style={columns}>
              {/* biome-ignore lint/a11y/useSemanticElements: as above */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
              <span
                role="rowheader"
                className={clsx(
                  'numbers self-center text-13',
                  layer === state.layer ? 'font-[620] text-accent' : 'text-quiet',
                )}
              >
                <span className="sr-only">{messages.layer} </span>
                {layer}
              </span>
              {places(heads).map((head) => (
                <HeadCell
                  key={head}
                  id={`${layer}-${head}`}
                  name={messages.layerHead(layer, head)}
                  value={target === null ? null : (measures[layer - 1]?.[head - 1]?.[target] ?? 0)}
                  selected={layer === state.layer && state.heads.includes(head)}
                  tabbable={layer === focused.layer && head === focused.head}
                  onFocus={() => setFocus({ layer, head })}
                  onChoose={(adds) => choose(layer, head, adds)}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      {overview !== 'maps' && (
        <Strongest measures={measures} target={overview} uniform={1 / weights.tokens} hasPeriod={hasPeriod} />
      )}
    </section>
  )
}

function HeadCell({
  id,
  name,
  value,
  selected,
  tabbable,
  onFocus,
  onChoose,
}: {
  id: string
  name: string
  /** 0 to 1; null: the map behind it is shown. */
  value: number | null
  selected: boolean
  tabbable: boolean
  onFocus: () => void
  onChoose: (adds: boolean) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the grid above
    <button
      type="button"
      role="gridcell"
      data-cell={id}
      aria-selected={selected}
      aria-label={value === null ? name : `${name}: ${value.toFixed(2)}`}
      title={value === null ? name : `${name}: ${value.toFixed(2)}`}
      tabIndex={tabbable ? 0 : -1}
      onFocus={onFocus}
      onClick={(event) => onChoose(event.shiftKey || event.ctrlKey || event.metaKey)}
      style={value === null ? undefined : ({ '--share': `${(value * 50).toFixed(1)}%` } as CSSProperties)}
      className={clsx(
        'relative aspect-square min-w-0 p-px text-[clamp(8px,2.1cqw,12px)] leading-none outline-offset-[-1px]',
        selected && 'z-10 ring-2 ring-accent ring-inset',
        !selected && 'hover:z-10 hover:ring-1 hover:ring-edge hover:ring-inset',
      )}
    >
      {value !== null && (
        <span className="numbers grid size-full place-items-center rounded-[2px] bg-[color-mix(in_srgb,var(--accent)_var(--share),var(--sunk))] text-[light-dark(var(--ink),#fff)]">
          {value >= 0.995 ? '1' : value.toFixed(2).slice(1)}
        </span>
      )}
    </button>
  )
}

function Strongest({
  measures,
  target,
  uniform,
  hasPeriod,
}: {
  measures: readonly (readonly (readonly number[])[])[]
  target: AttentionTarget
  uniform: number
  hasPeriod: boolean
}) {
  const messages = useExplorerMessages()
  if (target === 'period' && !hasPeriod) return <p className="mt-3 text-13 text-quiet">{messages.noPeriod}</p>
  const index = attentionTargets.indexOf(target)
  let best = { layer: 1, head: 1, value: -1 }
  for (const [layer, row] of measures.entries()) {
    for (const [head, values] of row.entries()) {
      const value = values[index] ?? 0
      if (value > best.value) best = { layer: layer + 1, head: head + 1, value }
    }
  }
  // [CLS] and [SEP] together are two tokens.
  const even = (target === 'special' ? 2 : 1) * uniform
  return (
    <p className="mt-3 text-13 text-quiet">
      {messages.targets[target].meaning}. {messages.strongest(best.layer, best.head, best.value.toFixed(2))};{' '}
      {messages.evenly(even.toFixed(2))}
    </p>
  )
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

function moveCell(
  key: string,
  { layer, head }: { layer: number; head: number },
  layers: number,
  heads: number,
) {
  if (key === 'ArrowRight') return { layer, head: Math.min(heads, head + 1) }
  if (key === 'ArrowLeft') return { layer, head: Math.max(1, head - 1) }
  if (key === 'ArrowDown') return { layer: Math.min(layers, layer + 1), head }
  if (key === 'ArrowUp') return { layer: Math.max(1, layer - 1), head }
  if (key === 'Home') return { layer, head: 1 }
  if (key === 'End') return { layer, head: heads }
  return null
}
