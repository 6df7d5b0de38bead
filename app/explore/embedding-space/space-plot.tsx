'use client'

import { useMemo, useRef, useState } from 'react'
import type { SpaceLayer, SpaceToken } from '@/lib/explorations/view'
import { useWidth } from '../charts/use-width'
import { placeLabels } from './label-places'
import { useSpaceMessages } from './messages'
import { fitPoints } from './projection'
import { type DrawnKind, drawnKinds, kindColour, markPath } from './space-mark'

const labelHeight = 15
const fontSize = 12
const mark = 4
const priority: Readonly<Record<DrawnKind, number>> = { answer: 3, question: 2, context: 1 }

/** One layer: every token of question, passage and answer, named where there is room for its name. */
export function SpacePlot({
  tokens,
  layer,
  number,
}: {
  tokens: readonly SpaceToken[]
  layer: SpaceLayer
  /** Of the layer, from 1. */
  number: number
}) {
  const messages = useSpaceMessages()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const height = Math.round(Math.max(320, Math.min(620, width * 0.72)))
  const [pointed, setPointed] = useState<number | null>(null)
  const drawn = useMemo(
    () => tokens.flatMap(({ kind }, index) => (kind === 'special' ? [] : [{ index, kind }])),
    [tokens],
  )
  const places = useMemo(
    () =>
      fitPoints(
        layer.points,
        drawn.map(({ index }) => index),
        { width, height, margin: 26 },
      ),
    [layer, drawn, width, height],
  )
  const labels = useMemo(() => {
    const points = drawn.map(({ index, kind }) => {
      const [x, y] = places[index]!
      return { x, y, width: textWidth(tokens[index]!.text), priority: priority[kind] }
    })
    return placeLabels(points, { width, height, labelHeight, mark })
  }, [drawn, places, tokens, width, height])

  const moving = 'transition-transform duration-170 ease-out'
  return (
    <div ref={box} className="min-w-0" style={{ height }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={messages.plotAbout(number, drawn.length)}
          className="block overflow-hidden select-none"
          data-testid="space-plot"
          onPointerMove={(event) => {
            const frame = event.currentTarget.getBoundingClientRect()
            setPointed(nearest(places, drawn, event.clientX - frame.left, event.clientY - frame.top))
          }}
          onPointerLeave={() => setPointed(null)}
        >
          {drawnKinds.map((kind) => (
            <g key={kind} fill={kindColour[kind]}>
              {drawn.map(({ index, kind: own }) => {
                const [x, y] = places[index]!
                return (
                  own === kind && (
                    <path
                      key={index}
                      d={markPath(kind, 0, 0, mark)}
                      className={moving}
                      style={{ transform: `translate(${x}px, ${y}px)` }}
                      data-kind={kind}
                      fillOpacity={kind === 'context' ? 0.8 : 1}
                      stroke="var(--paper)"
                      strokeWidth="0.75"
                    />
                  )
                )
              })}
            </g>
          ))}
          <g fontSize={fontSize} fontWeight="500" lang="en">
            {drawn.map(({ index, kind }, place) => {
              const label = labels[place]
              return (
                label && (
                  <text
                    key={index}
                    dominantBaseline="central"
                    className={moving}
                    style={{ transform: `translate(${label.left}px, ${label.top + labelHeight / 2}px)` }}
                    fill={kindColour[kind]}
                    fontWeight={kind === 'answer' ? 700 : 500}
                  >
                    {tokens[index]!.text}
                  </text>
                )
              )
            })}
          </g>
          {pointed !== null && (
            <PointedToken text={tokens[pointed]!.text} place={places[pointed]!} width={width} />
          )}
        </svg>
      )}
    </div>
  )
}

function PointedToken({
  text,
  place: [x, y],
  width,
}: {
  text: string
  place: readonly [number, number]
  width: number
}) {
  const room = textWidth(text) * 1.2 + 14
  const left = Math.min(Math.max(x - room / 2, 2), width - room - 2)
  const top = y > 36 ? y - 34 : y + 12
  return (
    <g pointerEvents="none">
      <circle cx={x} cy={y} r="8" fill="none" stroke="var(--ink)" strokeWidth="1.5" />
      <rect x={left} y={top} width={room} height="22" rx="6" fill="var(--ink)" />
      <text
        x={left + room / 2}
        y={top + 11}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize="13"
        fontWeight="550"
        fill="var(--paper)"
        lang="en"
      >
        {text}
      </text>
    </g>
  )
}

/** The mark under the pointer, if there is one within a finger's width. */
function nearest(
  places: readonly (readonly [number, number])[],
  drawn: readonly { readonly index: number }[],
  x: number,
  y: number,
): number | null {
  let best: number | null = null
  let least = 18
  for (const { index } of drawn) {
    const [left, top] = places[index]!
    const distance = Math.hypot(left - x, top - y)
    if (distance < least) {
      least = distance
      best = index
    }
  }
  return best
}

const widths = new Map<string, number>()
let pen: CanvasRenderingContext2D | null | undefined

/** Width of a label in pixels, in the page's own font. */
function textWidth(text: string): number {
  const known = widths.get(text)
  if (known !== undefined) return known
  pen ??= document.createElement('canvas').getContext('2d')
  if (!pen) return text.length * fontSize * 0.62
  pen.font = `650 ${fontSize}px ${getComputedStyle(document.body).fontFamily}`
  const width = pen.measureText(text).width + 1
  widths.set(text, width)
  return width
}
