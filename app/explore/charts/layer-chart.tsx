'use client'

import { extent } from 'd3-array'
import { scaleLinear } from 'd3-scale'
import { type PointerEvent, useRef } from 'react'
import { useWidth } from './use-width'

export interface LayerLine {
  readonly name: string
  /** One for each layer; null: there is none. */
  readonly values: readonly (number | null)[]
  readonly look: 'main' | 'second' | 'quiet'
}

const stroke = { main: 'var(--accent)', second: 'var(--wrong)', quiet: 'var(--faint)' } as const
const dash = { main: undefined, second: '7 4', quiet: '2 4' } as const

const height = 190
const margin = { top: 12, right: 10, bottom: 24, left: 40 }

/**
 * Lines over the layers of a model, with the present layer marked. A press on a layer goes there; whoever uses a
 * keyboard has the layer's slider, and whoever hears the page the table beside it.
 */
export function LayerChart({
  lines,
  first,
  layer,
  onLayer,
}: {
  lines: readonly LayerLine[]
  /** Number of the first layer: 0 or 1. */
  first: 0 | 1
  layer: number
  onLayer: (layer: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const count = lines[0]?.values.length ?? 0
  const [low = 0, high = 1] = extent(lines.flatMap(({ values }) => values.filter((value) => value !== null)))
  const x = scaleLinear(
    [first, first + count - 1],
    [margin.left, Math.max(margin.left + 1, width - margin.right)],
  )
  const y = scaleLinear([low, high === low ? low + 1 : high], [height - margin.bottom, margin.top]).nice(4)
  const format = y.tickFormat(4)
  const shown = Math.min(Math.max(layer, first), first + count - 1)

  function choose(event: PointerEvent<SVGSVGElement>) {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left
    onLayer(Math.min(first + count - 1, Math.max(first, Math.round(x.invert(place)))))
  }

  return (
    <div className="min-w-0">
      {lines.length > 1 && (
        <ul className="mb-1 flex flex-wrap gap-x-4 gap-y-0.5 text-13 text-quiet">
          {lines.map(({ name, look }) => (
            <li key={name} className="flex items-center gap-1.5">
              <svg width="22" height="6" aria-hidden="true">
                <line
                  x1="0"
                  x2="22"
                  y1="3"
                  y2="3"
                  stroke={stroke[look]}
                  strokeWidth="2.5"
                  strokeDasharray={dash[look]}
                />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
      <div ref={box} style={{ height }}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            aria-hidden="true"
            className="block cursor-pointer overflow-visible text-[11px] select-none numbers"
            onPointerDown={choose}
          >
            <rect width={width} height={height} fill="transparent" />
            {y.ticks(4).map((tick) => (
              <g key={tick} transform={`translate(0 ${y(tick)})`}>
                <line x1={margin.left} x2={width - margin.right} stroke="var(--hairline)" />
                <text x={margin.left - 7} dy="0.32em" textAnchor="end" fill="var(--quiet)">
                  {format(tick)}
                </text>
              </g>
            ))}
            <line
              x1={x(shown)}
              x2={x(shown)}
              y1={margin.top}
              y2={height - margin.bottom}
              stroke="var(--edge)"
            />
            {Array.from({ length: count }, (_, index) => index + first).map((number) => (
              <text
                key={number}
                x={x(number)}
                y={height - 7}
                textAnchor="middle"
                fill={number === shown ? 'var(--ink)' : 'var(--quiet)'}
                fontWeight={number === shown ? 700 : 400}
              >
                {number}
              </text>
            ))}
            {lines.map(({ name, values, look }) => {
              const points = values.flatMap((value, index) =>
                value === null ? [] : [[x(index + first), y(value)] as const],
              )
              const value = values[shown - first]
              return (
                <g key={name}>
                  <polyline
                    points={points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ')}
                    fill="none"
                    stroke={stroke[look]}
                    strokeWidth="2"
                    strokeDasharray={dash[look]}
                    strokeLinejoin="round"
                  />
                  {value !== null && value !== undefined && (
                    <circle
                      cx={x(shown)}
                      cy={y(value)}
                      r="4.5"
                      fill={stroke[look]}
                      stroke="var(--paper)"
                      strokeWidth="1.5"
                    />
                  )}
                </g>
              )
            })}
          </svg>
        )}
      </div>
    </div>
  )
}
