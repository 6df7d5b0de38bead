'use client'

import { useOneLanguage } from '@/app/components/bilingual-text'
import { OUTLINE_SIDE, type PictureMark } from '@/lib/feedback/view'

/** `outline` null: the panel as a whole. */
export type Outline = Pick<PictureMark, 'name' | 'role' | 'outline'>

/** Just inside the edge, for a mark that means the whole picture. */
const frame = `M1 1h${OUTLINE_SIDE - 2}v${OUTLINE_SIDE - 2}h${2 - OUTLINE_SIDE}z`
/** Within this of the upper edge, a name stands below the line instead of above it. */
const UPPER_EDGE = 20

/** Outlines over a panel, white on black so that they are seen on every map; solid or dashed says the role. */
export function RegionOutlines({ marks }: { marks: readonly Outline[] }) {
  const say = useOneLanguage()
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 block"
      data-testid="region-outlines"
    >
      <svg
        viewBox={`0 0 ${OUTLINE_SIDE} ${OUTLINE_SIDE}`}
        className="absolute inset-0 size-full"
        fill="none"
        aria-hidden="true"
      >
        {marks.map(({ outline, role, name }) => (
          <g key={`${role} ${name.en}`} strokeLinejoin="round">
            <path d={outline ?? frame} stroke="#000" strokeWidth="4" vectorEffect="non-scaling-stroke" />
            <path
              d={outline ?? frame}
              stroke="#fff"
              strokeWidth="1.75"
              strokeDasharray={role === 'leading' ? '6 4' : undefined}
              vectorEffect="non-scaling-stroke"
            />
          </g>
        ))}
      </svg>
      {marks.map(
        ({ outline, role, name }) =>
          outline && (
            <span
              key={`${role} ${name.en}`}
              className="absolute max-w-[80%] truncate rounded-[3px] bg-[rgb(0_0_0/0.8)] px-1 text-[0.6875rem] leading-4 text-white"
              style={placeOfName(outline)}
            >
              {say(name)}
            </span>
          ),
      )}
    </span>
  )
}

/** An outline begins at the left end of its uppermost row. */
function placeOfName(outline: string) {
  const [x = 0, y = 0] = (/^M(\d+) (\d+)/.exec(outline) ?? []).slice(1).map(Number)
  const percent = (value: number) => `${(value / OUTLINE_SIDE) * 100}%`
  return {
    ...(x < OUTLINE_SIDE / 2 ? { left: percent(x) } : { right: percent(OUTLINE_SIDE - x) }),
    top: percent(y),
    transform: y < UPPER_EDGE ? 'translateY(5px)' : 'translateY(calc(-100% - 4px))',
  }
}
