'use client'

import type { ItemCard } from '@/lib/item-analysis/view'
import { useDeskMessages } from '../use-desk-messages'
import { wordFlags } from './flag-words'

/** Every flag of the assignment, the gravest first, each with a way to its part. */
export function FlagList({ items }: { items: readonly ItemCard[] }) {
  const { statistics } = useDeskMessages()
  const flags = items
    .flatMap((item) => wordFlags(item, statistics).map((flag) => ({ ...flag, item })))
    .sort((left, right) => right.weight - left.weight)
  return (
    <section className="case min-w-0 px-5 py-5 sm:px-6" aria-labelledby="flags">
      <h2 id="flags" className="text-17 font-[580]">
        {statistics.worthALook}
        {flags.length > 0 && (
          <span className="ml-2 text-13 font-normal text-quiet">{statistics.flagCount(flags.length)}</span>
        )}
      </h2>
      {flags.length === 0 ? (
        <p className="mt-1 text-quiet">{statistics.nothingFlagged}</p>
      ) : (
        <div className="mt-2 max-h-[19rem] overflow-y-auto print:max-h-none">
          <ul>
            {flags.map(({ item, sentence, byChance }) => (
              <li
                key={`${item.label} ${sentence}`}
                className="grid grid-cols-[3.25rem_1fr] gap-2 border-t py-2.5 first:border-t-0"
              >
                <a
                  href={`#item-${item.statistics.id}`}
                  className="link h-fit font-[560]"
                  onClick={() => openItem(item)}
                >
                  Q{item.label}
                </a>
                <p>
                  {sentence}
                  {byChance && <span className="text-13 text-quiet"> · {statistics.byChance}</span>}
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** The link alone would lead to a line that is closed. */
function openItem({ statistics }: ItemCard) {
  const line = document.getElementById(`item-${statistics.id}`)
  if (line instanceof HTMLDetailsElement) line.open = true
}
