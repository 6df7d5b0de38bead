'use client'

import { BilingualText, useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { ColourScale, LegendEntry } from '@/lib/explainers/figures/document'
import { formatScale } from '@/lib/explainers/figures/number-format'

/** A colour bar with its numbers and unit. Its gradient is a CSS variable that the layout makes from the colour maps. */
export function ColourBar({ scale }: { scale: ColourScale }) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  const { minimum, maximum, colours, unit } = scale
  const [low, middle, high] = formatScale(minimum, maximum)
  // Three powers of ten are wider than a small map: there the ends alone have numbers.
  const isLong = low.length + middle.length + high.length > 16
  return (
    <div className="mt-2">
      <div
        role="img"
        aria-label={figure.scale(low, high, say(unit))}
        className="h-2 rounded-[2px] border border-hairline"
        style={{ backgroundImage: `var(--scale-${colours})` }}
      />
      <div aria-hidden="true" className="@container mt-1 text-[0.75rem] leading-4 text-quiet">
        <div className="flex justify-between gap-2">
          <span>{low}</span>
          <span className={isLong ? 'hidden @[12rem]:inline' : undefined}>{middle}</span>
          <span>{high}</span>
        </div>
        <BilingualText text={unit} className="text-center" second="text-quiet" />
      </div>
    </div>
  )
}

/** Marks in words; the outline (solid, dashed) says the same as the colour. */
export function Legend({ entries, safeColours }: { entries: readonly LegendEntry[]; safeColours: boolean }) {
  const { figure } = useMessages()
  return (
    <ul
      aria-label={figure.legend}
      className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-[0.75rem] leading-5 text-quiet"
    >
      {entries.map((entry) => (
        <li key={entry.mark} className="flex items-start gap-1.5">
          <span
            aria-hidden="true"
            className="mt-1 size-3 shrink-0 rounded-[3px] border-2"
            style={{
              borderColor: `var(--mark-${entry.mark})`,
              borderStyle: entry.mark === 'negative' ? 'dashed' : 'solid',
              background: `color-mix(in srgb, var(--mark-${entry.mark}) 45%, transparent)`,
              ...(safeColours && { filter: 'url(#safe-colours)' }),
            }}
          />
          <span>
            <BilingualText text={entry.text} second="" />
          </span>
        </li>
      ))}
    </ul>
  )
}

/**
 * Turns the homework's green and red into green and magenta, which also red-green colour-blind readers tell apart.
 * White stays white; the matrix is the one linear map that does all three.
 */
export function SafeColoursFilter() {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      <filter id="safe-colours" colorInterpolationFilters="sRGB">
        <feColorMatrix values="0.835 0.106 0.059 0 0  -0.044 0.716 0.328 0 0  0.560 0.058 0.382 0 0  0 0 0 1 0" />
      </filter>
    </svg>
  )
}
