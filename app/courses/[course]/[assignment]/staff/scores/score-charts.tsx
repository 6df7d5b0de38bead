'use client'

import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { Scoreboard } from '@/lib/scoreboard/view'
import { formatPoints } from '@/lib/scoring/points'
import { histogram, quantile } from '@/lib/statistics/distribution'
import { mean } from '@/lib/statistics/moments'
import { ChartFigure } from '../chart-figure'
import { axis, ChartTooltip, grid } from '../chart-style'
import { useDeskMessages } from '../use-desk-messages'

/** Bins of half a point up to 10 points, and twenty beyond. */
const scoreBins = (maximum: number) => (maximum <= 10_000 ? Math.max(1, Math.ceil(maximum / 500)) : 20)

const points2 = (thousandths: number) => formatPoints(Math.round(thousandths / 10) * 10, 2)

export function ScoreChart({
  points,
  maximum,
  fileName,
}: {
  points: readonly number[]
  maximum: number
  fileName: string
}) {
  const { scores } = useDeskMessages()
  const empty = points.length === 0
  const bins = empty || maximum === 0 ? [] : histogram(points, 0, maximum, scoreBins(maximum))
  const data = bins.map(({ from, to, count }) => ({
    label: `${formatPoints(Math.round(from))}–${formatPoints(Math.round(to))}`,
    from: Math.round(from),
    to: Math.round(to),
    count,
  }))
  const centre = empty ? 0 : mean(points)
  const binOfMean = data.find(({ to }) => centre < to) ?? data.at(-1)
  return (
    <ChartFigure
      title={scores.distribution}
      summary={
        empty
          ? scores.noScores
          : scores.distributionSummary(
              points.length,
              points2(centre),
              points2(quantile(points, 0.25)!),
              points2(quantile(points, 0.75)!),
            )
      }
      columns={[
        { name: scores.from, numeric: true },
        { name: scores.to, numeric: true },
        { name: scores.students, numeric: true },
      ]}
      rows={data.map(({ from, to, count }) => [from / 1000, to / 1000, count])}
      fileName={fileName}
    >
      {data.length === 0 ? null : (
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={data}
            barCategoryGap={1.5}
            accessibilityLayer={false}
            margin={{ top: 16, right: 4, left: 4 }}
          >
            <CartesianGrid {...grid} />
            <XAxis
              dataKey="from"
              tickFormatter={(from: number) => formatPoints(from)}
              {...axis}
              interval="preserveStartEnd"
            />
            <YAxis allowDecimals={false} width={34} {...axis} />
            <Tooltip
              cursor={{ fill: 'var(--ink)', fillOpacity: 0.05 }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const bin = payload?.[0]?.payload as (typeof data)[number] | undefined
                return active && bin ? (
                  <ChartTooltip
                    title={`${scores.range}: ${bin.label}`}
                    lines={[[scores.students, bin.count]]}
                  />
                ) : null
              }}
            />
            {binOfMean && (
              <ReferenceLine
                x={binOfMean.from}
                stroke="var(--ink)"
                strokeDasharray="3 3"
                label={{ value: scores.mean, position: 'top', fill: 'var(--quiet)', fontSize: 12 }}
              />
            )}
            <Bar dataKey="count" fill="var(--accent)" radius={[3, 3, 0, 0]} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFigure>
  )
}

const mostTimeBins = 16

export function TimeChart({ minutes, fileName }: { minutes: readonly number[]; fileName: string }) {
  const { scores } = useDeskMessages()
  const empty = minutes.length === 0
  const longest = empty ? 0 : Math.max(...minutes)
  // The step is a round number of minutes, so that the edges of the bars can be read.
  const step = [1, 2, 5, 10, 15, 20, 30, 60].find((size) => longest / size <= mostTimeBins) ?? 120
  const bins = empty
    ? []
    : histogram(
        minutes,
        0,
        step * Math.max(1, Math.ceil(longest / step)),
        Math.max(1, Math.ceil(longest / step)),
      )
  const inMinutes = (value: number | null) => scores.minutes(String(Math.round(value ?? 0)))
  return (
    <ChartFigure
      title={scores.timeOnTask}
      summary={
        empty
          ? scores.noScores
          : scores.timeSummary(
              inMinutes(quantile(minutes, 0.5)),
              inMinutes(quantile(minutes, 0.25)),
              inMinutes(quantile(minutes, 0.75)),
            )
      }
      hint={scores.timeHint}
      columns={[
        { name: scores.from, numeric: true },
        { name: scores.to, numeric: true },
        { name: scores.students, numeric: true },
      ]}
      rows={bins.map(({ from, to, count }) => [from, to, count])}
      fileName={fileName}
    >
      {empty ? null : (
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={bins}
            barCategoryGap={1.5}
            accessibilityLayer={false}
            margin={{ top: 16, right: 4, left: 4 }}
          >
            <CartesianGrid {...grid} />
            <XAxis dataKey="from" {...axis} interval="preserveStartEnd" />
            <YAxis allowDecimals={false} width={34} {...axis} />
            <Tooltip
              cursor={{ fill: 'var(--ink)', fillOpacity: 0.05 }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const bin = payload?.[0]?.payload as (typeof bins)[number] | undefined
                return active && bin ? (
                  <ChartTooltip
                    title={`${scores.minutesRange}: ${bin.from}–${bin.to}`}
                    lines={[[scores.students, bin.count]]}
                  />
                ) : null
              }}
            />
            <Bar dataKey="count" fill="var(--accent)" radius={[3, 3, 0, 0]} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFigure>
  )
}

const percent = (share: number) => `${Math.round(share * 100)} %`

export function ProgressChart({ board, fileName }: { board: Scoreboard; fileName: string }) {
  const { scores } = useDeskMessages()
  const started = board.students.filter((student) => student.state !== 'not-started').length
  const data = board.parts.map((part) => ({
    label: part.label,
    answered: part.answered,
    open: Math.max(0, part.asked - part.answered),
    share: part.asked === 0 ? 0 : part.answered / part.asked,
    mean: part.scored === 0 || part.maximum === 0 ? null : part.points / (part.scored * part.maximum),
  }))
  const ranked = [...data].sort((left, right) => right.answered - left.answered)
  const name = (part: (typeof data)[number]) => `${scores.question(part.label)}, ${percent(part.share)}`
  return (
    <ChartFigure
      title={scores.progress}
      summary={
        started === 0 || ranked.length === 0
          ? scores.progressEmpty
          : scores.progressSummary(name(ranked[0]!), name(ranked.at(-1)!))
      }
      columns={[
        { name: scores.part },
        { name: scores.answered, numeric: true },
        { name: scores.answeredShare, numeric: true },
        { name: scores.meanScore, numeric: true },
      ]}
      rows={data.map(({ label, answered, share, mean: average }) => [
        label,
        answered,
        Number(share.toFixed(3)),
        average === null ? null : Number(average.toFixed(3)),
      ])}
      fileName={fileName}
    >
      {started === 0 ? null : (
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={data}
            barCategoryGap="18%"
            accessibilityLayer={false}
            margin={{ top: 8, right: 4, left: 4 }}
          >
            <CartesianGrid {...grid} />
            <XAxis dataKey="label" {...axis} interval="preserveStartEnd" minTickGap={8} />
            <YAxis allowDecimals={false} width={34} {...axis} domain={[0, started]} />
            <Tooltip
              cursor={{ fill: 'var(--ink)', fillOpacity: 0.05 }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const part = payload?.[0]?.payload as (typeof data)[number] | undefined
                return active && part ? (
                  <ChartTooltip
                    title={scores.question(part.label)}
                    lines={[
                      [scores.answered, `${part.answered} (${percent(part.share)})`],
                      [scores.meanScore, part.mean === null ? '–' : percent(part.mean)],
                    ]}
                  />
                ) : null
              }}
            />
            <Bar dataKey="answered" stackId="part" fill="var(--accent)" isAnimationActive={false} />
            <Bar
              dataKey="open"
              stackId="part"
              fill="var(--hairline)"
              radius={[3, 3, 0, 0]}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      )}
    </ChartFigure>
  )
}
