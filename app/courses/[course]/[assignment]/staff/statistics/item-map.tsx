'use client'

import {
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { ItemCard } from '@/lib/item-analysis/view'
import { ChartFigure } from '../chart-figure'
import { axis, ChartTooltip } from '../chart-style'
import { useDeskMessages } from '../use-desk-messages'
import { percent, signed } from './statistics-format'

/** Every part by how easy it is and by how well it tells students apart. Flagged ones are diamonds. */
export function ItemMap({ items, fileName }: { items: readonly ItemCard[]; fileName: string }) {
  const { statistics, scores } = useDeskMessages()
  const data = items.flatMap(({ label, flags, statistics: { difficulty, restCorrelation } }) =>
    restCorrelation === null
      ? []
      : [
          {
            label,
            difficulty,
            correlation: restCorrelation,
            flagged: flags.some((flag) => flag.kind !== 'never-chosen' && !flag.byChance),
          },
        ],
  )
  const drawn = (flagged: boolean) => data.filter((point) => point.flagged === flagged)
  const lowest = Math.min(0, ...data.map((point) => point.correlation))
  return (
    <ChartFigure
      title={statistics.map}
      summary={statistics.mapSummary}
      columns={[
        { name: statistics.part },
        { name: statistics.difficulty, numeric: true },
        { name: statistics.restCorrelation, numeric: true },
      ]}
      rows={data.map(({ label, difficulty, correlation }) => [
        label,
        Number(difficulty.toFixed(3)),
        Number(correlation.toFixed(3)),
      ])}
      fileName={fileName}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ScatterChart accessibilityLayer={false} margin={{ top: 8, right: 12, left: 0, bottom: 0 }}>
          <CartesianGrid stroke="var(--hairline)" />
          <XAxis
            type="number"
            dataKey="difficulty"
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tickFormatter={percent}
            {...axis}
          />
          <YAxis
            type="number"
            dataKey="correlation"
            width={44}
            domain={[Math.floor(lowest * 5) / 5, 'auto']}
            tickFormatter={(value: number) => signed(value)}
            {...axis}
          />
          <ReferenceLine y={0} stroke="var(--edge)" />
          <Tooltip
            cursor={false}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as (typeof data)[number] | undefined
              return active && point ? (
                <ChartTooltip
                  title={scores.question(point.label)}
                  lines={[
                    [statistics.difficulty, percent(point.difficulty)],
                    [statistics.restCorrelation, signed(point.correlation)],
                  ]}
                />
              ) : null
            }}
          />
          <Scatter data={drawn(false)} fill="var(--accent)" fillOpacity={0.85} isAnimationActive={false} />
          <Scatter data={drawn(true)} fill="var(--warn)" shape="diamond" isAnimationActive={false} />
        </ScatterChart>
      </ResponsiveContainer>
    </ChartFigure>
  )
}
