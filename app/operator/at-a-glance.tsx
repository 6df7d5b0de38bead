import { showBytes } from '@/app/components/show-bytes'
import { number } from '@/app/messages/counting'
import type { OperationsOverview } from '@/lib/operations/view'
import type { OperatorMessages } from './messages/messages'

/** The numbers that one looks at first. */
export function AtAGlance({
  overview: { queue, workers, disk },
  words,
}: {
  overview: OperationsOverview
  words: OperatorMessages
}) {
  const sum = (field: 'waiting' | 'running') =>
    queue.bands.reduce((total, band) => total + band[field], queue.explorations[field])
  const { numbers } = words
  const facts: readonly (readonly [label: string, value: string])[] = [
    [numbers.waiting, number(sum('waiting'))],
    [numbers.running, number(sum('running'))],
    [numbers.drawn, number(queue.drawnLastHour)],
    [numbers.until, queue.secondsLeft === null ? words.unknown : words.duration(queue.secondsLeft)],
    [numbers.workers, number(workers.length)],
    [numbers.free, showBytes(disk.free)],
  ]
  return (
    <dl
      aria-label={numbers.label}
      className="mt-8 grid grid-cols-2 gap-x-6 gap-y-6 sm:grid-cols-3 lg:grid-cols-6"
    >
      {facts.map(([label, value]) => (
        <div key={label} className="flex flex-col-reverse justify-end border-t pt-3">
          <dt className="text-13 text-quiet">{label}</dt>
          <dd className="numbers text-28 font-[560] tracking-[-0.01em]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
