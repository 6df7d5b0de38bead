'use client'

import { scaleLinear } from 'd3-scale'
import { useRef } from 'react'
import { useWidth } from '../charts/use-width'

const height = 190
const margin = { top: 12, right: 12, bottom: 38, left: 40 }

/** Pairs of sentences by a difference (whole numbers, 0 and more) and their value; equal ones make one larger dot. */
export function InputChart({
  name,
  points,
}: {
  /** Of the difference. */
  name: string
  points: readonly (readonly [difference: number, value: number])[]
}) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const most = Math.max(1, ...points.map(([difference]) => difference))
  const values = points.map(([, value]) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const x = scaleLinear([0, most], [margin.left + 10, Math.max(margin.left + 11, width - margin.right)])
  const pad = (high > low ? high - low : 1) * 0.08
  const y = scaleLinear([low - pad, high + pad], [height - margin.bottom, margin.top])
  const format = y.tickFormat(4)
  const dots = new Map<string, { readonly left: number; readonly top: number; count: number }>()
  for (const [difference, value] of points) {
    const [left, top] = [x(difference), y(value)]
    const key = `${difference} ${value.toFixed(3)}`
    const known = dots.get(key)
    if (known) known.count++
    else dots.set(key, { left, top, count: 1 })
  }
  return (
    <div ref={box} className="min-w-0" style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" className="block text-[11px] numbers">
          {y.ticks(4).map((tick) => (
            <g key={tick} transform={`translate(0 ${y(tick)})`}>
              <line x1={margin.left} x2={width - margin.right} stroke="var(--hairline)" />
              <text x={margin.left - 7} dy="0.32em" textAnchor="end" fill="var(--quiet)">
                {format(tick)}
              </text>
            </g>
          ))}
          {x
            .ticks(Math.min(most, 8))
            .filter(Number.isInteger)
            .map((tick) => (
              <text
                key={tick}
                x={x(tick)}
                y={height - margin.bottom + 16}
                textAnchor="middle"
                fill="var(--quiet)"
              >
                {tick}
              </text>
            ))}
          <text x={(margin.left + width) / 2} y={height - 4} textAnchor="middle" fill="var(--quiet)">
            {name}
          </text>
          {[...dots].map(([key, { left, top, count }]) => (
            <circle
              key={key}
              cx={left}
              cy={top}
              r={2.5 + 1.6 * Math.sqrt(count)}
              fill="var(--accent)"
              fillOpacity="0.55"
              stroke="var(--accent)"
            />
          ))}
        </svg>
      )}
    </div>
  )
}
