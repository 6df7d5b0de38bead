'use client'

import { useMemo } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages, usePreferences } from '@/app/components/preferences'
import { sceneOf } from '@/lib/explainers/figures/chart/draw'
import { DASHES, type Paint, type Shape, type Words } from '@/lib/explainers/figures/chart/scene'
import { spotOutline } from '@/lib/explainers/figures/chart/spot-outline'
import type { ChartPanel } from '@/lib/explainers/figures/document'
import { useSpotsOf } from './figure-marks'

/** A chart, drawn from the same scene as on the downloaded plate; as wide as its place. */
export function ChartDrawing({ panel, className }: { panel: ChartPanel; className?: string }) {
  const { language } = usePreferences()
  const { figure } = useMessages()
  const say = useOneLanguage()
  const spoken = language.reading === 'both' ? language.interface : language.reading
  const scene = useMemo(() => sceneOf(panel, spoken), [panel, spoken])
  const spotted = useSpotsOf(panel)
  const outlines = spotted.flatMap(({ role, spots }) =>
    spots.map((spot) => ({ role, d: spotOutline(panel, spot, spoken) })),
  )
  return (
    <svg
      role="img"
      aria-label={[say(panel.alternative), ...spotted.map(({ name }) => figure.outlined(say(name)))].join(
        ' ',
      )}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
      className={className ?? 'block h-auto w-full'}
    >
      {scene.shapes.map((shape, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a scene never changes, and its shapes have no names
        <path key={index} {...styleOf(shape)} d={shape.d} />
      ))}
      {scene.words.map((words, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <SceneText key={index} words={words} />
      ))}
      {outlines.map(({ d, role }) => (
        <g key={`${role} ${d}`} fill="none" strokeLinejoin="round" data-testid="spot">
          <path d={d} stroke="var(--paper)" strokeWidth="4" />
          <path
            d={d}
            stroke="var(--ink)"
            strokeWidth="1.75"
            strokeDasharray={role === 'leading' ? '5 3' : undefined}
          />
        </g>
      ))}
    </svg>
  )
}

function styleOf({ fill, stroke, strokeWidth, dashed, opacity }: Shape) {
  return {
    fill: fill ? colourOf(fill) : 'none',
    ...(stroke && { stroke: colourOf(stroke), strokeWidth: strokeWidth ?? 1 }),
    ...(dashed && { strokeDasharray: DASHES }),
    ...(opacity !== undefined && { opacity }),
  }
}

function SceneText({ words: { text, x, y, size, anchor, paint, weight, upwards } }: { words: Words }) {
  return (
    <text
      x={x}
      y={y}
      fontSize={size}
      textAnchor={anchor}
      dominantBaseline="central"
      fill={colourOf(paint)}
      fontWeight={weight ?? 400}
      transform={upwards ? `rotate(-90 ${x} ${y})` : undefined}
      className="numbers"
    >
      {text}
    </text>
  )
}

function colourOf(paint: Paint): string {
  if (typeof paint !== 'string') return paint.css
  return paint === 'ink' || paint === 'quiet' || paint === 'hairline'
    ? `var(--${paint})`
    : `var(--chart-${paint})`
}
