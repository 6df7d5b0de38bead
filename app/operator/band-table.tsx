import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { number } from '@/app/messages/counting'
import type { BandView, QueueView } from '@/lib/operations/view'
import type { OperatorMessages } from './messages/messages'

/** What waits, by urgency. */
export function BandTable({ queue, words }: { queue: QueueView; words: OperatorMessages }) {
  const columns = [words.waiting, words.running, words.retrying, words.oldest]
  return (
    <section className="mt-12" aria-labelledby="bands">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="bands" className="text-21 font-[580]">
          {words.bandsTitle}
        </h2>
        <Link href="/operator/queue" className="link inline-flex items-center text-13">
          {words.toQueue}
          <ChevronRight size={15} aria-hidden="true" />
        </Link>
      </div>
      <p className="mt-1 text-quiet">{words.bandsLead}</p>
      <table className="mt-3 w-full">
        <thead>
          <tr className="border-b text-left text-13 text-quiet">
            <th scope="col" className="py-2 pr-2 align-bottom font-normal sm:pr-4">
              {words.band}
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="py-2 pl-2 text-right align-bottom font-normal break-keep sm:pl-4"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {queue.bands.map((band) => (
            <BandRow key={band.band} name={words.bands[band.band]} counts={band} words={words} />
          ))}
          <BandRow name={words.explorations} counts={queue.explorations} words={words} />
        </tbody>
      </table>
    </section>
  )
}

function BandRow({
  name,
  counts: { waiting, running, retrying, oldestSeconds },
  words,
}: {
  name: string
  counts: Omit<BandView, 'band'>
  words: OperatorMessages
}) {
  const oldest = oldestSeconds === null ? '–' : words.duration(oldestSeconds)
  return (
    <tr className="border-b">
      <th scope="row" className="py-2 pr-2 text-left font-normal sm:pr-4">
        {name}
      </th>
      {Object.entries({ waiting, running, retrying }).map(([state, count]) => (
        <td
          key={state}
          className={`numbers py-2 pl-2 text-right align-top sm:pl-4 ${count === 0 ? 'text-quiet' : 'font-[560]'}`}
        >
          {number(count)}
        </td>
      ))}
      <td className="numbers py-2 pl-2 text-right align-top whitespace-nowrap sm:pl-4 text-quiet">
        {oldest}
      </td>
    </tr>
  )
}
