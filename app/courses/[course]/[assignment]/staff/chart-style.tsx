import type { ReactNode } from 'react'

/** What all charts of the staff pages share: quiet axes, hairlines, one accent. */

export const axis = {
  tick: { fill: 'var(--quiet)', fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: 'var(--hairline)' },
} as const

export const grid = { vertical: false, stroke: 'var(--hairline)' } as const

export function ChartTooltip({
  title,
  lines,
}: {
  title: string
  lines: readonly (readonly [label: string, value: ReactNode])[]
}) {
  return (
    <div className="numbers max-w-64 rounded-card border border-hairline bg-raised px-3 py-2 text-13 shadow-float">
      <p className="font-[560]">{title}</p>
      {lines.map(([label, value]) => (
        <p key={label} className="text-quiet">
          {label}: <span className="text-ink">{value}</span>
        </p>
      ))}
    </div>
  )
}
