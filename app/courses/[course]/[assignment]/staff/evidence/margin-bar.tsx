import { clsx } from 'clsx'
import { formatNumber } from '@/lib/explainers/claims/number-format'

/**
 * A margin from −1 to 1 as a bar from the middle, with its spread over the seeds as a line. The number beside it says
 * the same.
 */
export function MarginBar({
  margin,
  spread,
  isThin,
}: {
  margin: number
  spread: number | null
  isThin: boolean
}) {
  const percent = (value: number) => `${50 + 50 * Math.min(1, Math.max(-1, value))}%`
  const [from, to] = [Math.min(0, margin), Math.max(0, margin)]
  const colour = isThin ? 'bg-warn' : margin > 0 ? 'bg-accent' : 'bg-wrong'
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="relative block h-2 w-24 rounded-full bg-sunk">
        <span
          className={clsx('absolute inset-y-0 rounded-full', colour)}
          style={{ left: percent(from), right: `calc(100% - ${percent(to)})` }}
        />
        <span className="absolute inset-y-[-3px] left-1/2 w-px bg-edge" />
        {spread !== null && (
          <span
            className="absolute top-1/2 h-px bg-ink"
            style={{ left: percent(margin - spread), right: `calc(100% - ${percent(margin + spread)})` }}
          />
        )}
      </span>
      <span className="numbers text-13">{formatNumber(margin)}</span>
    </span>
  )
}
