'use client'

import { BilingualText } from '@/app/components/bilingual-text'
import { mark } from '@/lib/explainers/figures/chart/scene'
import type { MarkEntry } from '@/lib/explainers/figures/document'

/** What the marks of a group's plots stand for. */
export function MarkLegend({ entries }: { entries: readonly MarkEntry[] }) {
  return (
    <ul className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-13">
      {entries.map((entry) => (
        <li key={entry.text.en} className="flex items-center gap-1.5">
          <svg viewBox="0 0 14 14" className="size-3.5 shrink-0" aria-hidden="true">
            <path d={mark(entry.mark, 7, 7, 5)} fill={`var(--chart-${entry.colour})`} />
          </svg>
          <span>
            <BilingualText text={entry.text} second="text-quiet" />
          </span>
        </li>
      ))}
    </ul>
  )
}
