'use client'

import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { ImagePanel } from '@/lib/explainers/figures/document'
import { formatSigned } from '@/lib/explainers/figures/number-format'
import { centresOf, type LabelMap, neighbourOf, outlineOf, readLabelMap } from './label-map'
import { assetAddress } from './panel-image'

type Superpixels = NonNullable<ImagePanel['superpixels']>

const directions: { readonly [key: string]: readonly [dx: number, dy: number] } = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * Lies over a map: pointing at a superpixel, or walking there with the arrow keys, outlines it and reads its weight.
 * @param onRead receives the words for the line below the map
 */
export function SuperpixelReader({
  figureId,
  panel,
  superpixels,
  onRead,
}: {
  figureId: string
  panel: ImagePanel
  superpixels: Superpixels
  onRead: (words: string | null) => void
}) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  const hintId = useId()
  const [asked, setAsked] = useState(false)
  const map = useLabelMap(assetAddress(figureId, superpixels.asset), asked)
  const centres = useMemo(() => (map ? centresOf(map) : []), [map])
  const [label, setLabel] = useState<number | null>(null)
  const outline = useMemo(() => (map && label !== null ? outlineOf(map, label) : ''), [map, label])
  const last = useRef<number | null>(null)

  function read(next: number | null) {
    if (next === label) return
    setLabel(next)
    if (next !== null) last.current = next
    const weight = next === null ? undefined : superpixels.weights[next]
    onRead(weight === undefined ? null : figure.superpixel(next!, formatSigned(weight)))
  }

  function point(event: PointerEvent<HTMLElement>) {
    setAsked(true)
    if (!map) return
    const box = event.currentTarget.getBoundingClientRect()
    const x = Math.floor(((event.clientX - box.left) / box.width) * map.width)
    const y = Math.floor(((event.clientY - box.top) / box.height) * map.height)
    read(map.labels[Math.min(map.height - 1, y) * map.width + Math.min(map.width - 1, x)] ?? null)
  }

  function walk(event: KeyboardEvent) {
    const direction = directions[event.key]
    const extreme = event.key === 'Home' ? 1 : event.key === 'End' ? -1 : 0
    if (event.key === 'Escape' && label !== null) {
      event.stopPropagation()
      return read(null)
    }
    if (!map || (!direction && extreme === 0)) return
    event.preventDefault()
    if (extreme !== 0) return read(strongest(superpixels.weights, extreme))
    const from = label ?? last.current
    const next = from === null ? strongest(superpixels.weights, 1) : neighbourOf(centres, from, ...direction!)
    if (next !== null) read(next)
  }

  return (
    <span
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application widget with its own arrow keys
      tabIndex={0}
      aria-label={figure.superpixels(say(panel.caption))}
      aria-describedby={hintId}
      className="absolute inset-0 cursor-crosshair touch-pan-y"
      data-testid="superpixels"
      data-own-keys
      onPointerEnter={() => setAsked(true)}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(event) => event.pointerType === 'mouse' && read(null)}
      onFocus={() => setAsked(true)}
      onBlur={() => read(null)}
      onKeyDown={walk}
    >
      <span id={hintId} className="sr-only">
        {figure.superpixelsHint}
      </span>
      {map && outline && (
        <svg
          viewBox={`0 0 ${map.width} ${map.height}`}
          className="pointer-events-none absolute inset-0 size-full"
          aria-hidden="true"
        >
          <path
            d={outline}
            stroke="#000"
            strokeWidth="5"
            vectorEffect="non-scaling-stroke"
            strokeLinecap="square"
          />
          <path
            d={outline}
            stroke="#fff"
            strokeWidth="2.5"
            vectorEffect="non-scaling-stroke"
            strokeLinecap="square"
          />
        </svg>
      )}
    </span>
  )
}

/** @returns the label map once it is asked for; null while it loads or if it cannot be read. */
function useLabelMap(address: string, asked: boolean): LabelMap | null {
  const [map, setMap] = useState<LabelMap | null>(null)
  useEffect(() => {
    if (!asked) return
    let current = true
    fetch(address)
      .then((response) => response.arrayBuffer())
      .then(readLabelMap)
      .then((read) => current && setMap(read))
      .catch((error: unknown) => console.error(`superpixels of ${address} cannot be read`, error))
    return () => {
      current = false
    }
  }, [address, asked])
  return map
}

function strongest(weights: readonly number[], sign: 1 | -1): number {
  return weights.reduce((best, weight, label) => (weight * sign > weights[best]! * sign ? label : best), 0)
}
