'use client'

import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { EffectSummary } from '@/lib/regrading/view'
import { formatPoints } from '@/lib/scoring/points'
import { ChartFigure } from '../../chart-figure'
import { axis, ChartTooltip, grid } from '../../chart-style'
import { useRegradeMessages } from '../messages/use-regrade-messages'
import { meanPoints } from './effect-format'

/** The class's scores before and after, side by side: before pale with an outline, after filled. */
export function DistributionChart({ effect, fileName }: { effect: EffectSummary; fileName: string }) {
  const { effect: words } = useRegradeMessages()
  const data = effect.distribution.map(({ from, to, before, after }) => ({
    from: Math.round(from),
    to: Math.round(to),
    before,
    after,
  }))
  return (
    <ChartFigure
      title={words.distribution}
      summary={words.distributionSummary(meanPoints(effect.before), meanPoints(effect.after))}
      columns={[
        { name: words.from, numeric: true },
        { name: words.to, numeric: true },
        { name: words.before, numeric: true },
        { name: words.after, numeric: true },
      ]}
      rows={data.map(({ from, to, before, after }) => [from / 1000, to / 1000, before, after])}
      fileName={fileName}
    >
      {data.length === 0 ? null : (
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={data} barGap={0} accessibilityLayer={false} margin={{ top: 8, right: 4, left: 4 }}>
            <CartesianGrid {...grid} />
            <XAxis
              dataKey="from"
              tickFormatter={(from: number) => formatPoints(from)}
              {...axis}
              interval="preserveStartEnd"
            />
            <YAxis allowDecimals={false} width={32} {...axis} />
            <Tooltip
              cursor={{ fill: 'var(--hairline)', opacity: 0.4 }}
              content={({ payload }) => {
                const bin = payload?.[0]?.payload as (typeof data)[number] | undefined
                return bin ? (
                  <ChartTooltip
                    title={`${formatPoints(bin.from)}–${formatPoints(bin.to)}`}
                    lines={[
                      [words.before, bin.before],
                      [words.after, bin.after],
                    ]}
                  />
                ) : null
              }}
            />
            <Legend formatter={(name) => <span className="text-13 text-quiet">{name}</span>} />
            <Bar
              dataKey="before"
              name={words.before}
              fill="var(--hairline)"
              stroke="var(--edge)"
              isAnimationActive={false}
            />
            <Bar dataKey="after" name={words.after} fill="var(--accent)" isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFigure>
  )
}
