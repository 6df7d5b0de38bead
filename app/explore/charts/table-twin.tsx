'use client'

import type { ReactNode } from 'react'
import { Scrolling } from '@/app/components/scrolling'
import { useExplorerMessages } from '../messages/use-explorer-messages'

/** The numbers of a chart as a table, behind a line that opens it. */
export function TableTwin({
  caption,
  summary,
  columns,
  rows,
  current,
}: {
  caption: string
  /** The line that opens it; by default, that these are the numbers as a table. */
  summary?: string
  /** Headings; the first one is that of the row names. */
  columns: readonly string[]
  rows: readonly {
    readonly key: string | number
    readonly name: ReactNode
    readonly cells: readonly string[]
  }[]
  /** Key of the row that is shown above. */
  current?: string | number
}) {
  const messages = useExplorerMessages()
  return (
    <details className="rounded-card border px-4 py-2.5">
      <summary className="cursor-pointer text-13 text-quiet hover:text-ink">
        {summary ?? messages.asTable}
      </summary>
      <Scrolling
        // The part of the page around it may have the caption's name.
        label={`${caption}: ${messages.asTable}`}
        className="mt-2 max-h-[28rem]"
      >
        <table className="w-full border-collapse text-13">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className={`py-1 align-bottom font-normal text-quiet ${index === 0 ? 'pr-3 text-left' : 'px-2 text-right'}`}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, cells }) => (
              <tr key={key} className={key === current ? 'bg-accent-soft' : undefined}>
                <th scope="row" className="py-0.5 pr-3 pl-1 text-left font-[520]">
                  {name}
                </th>
                {cells.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                  <td key={index} className="px-2 py-0.5 text-right numbers">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </details>
  )
}
