'use client'

import { type ReactNode, useId } from 'react'
import { CsvDownload } from '@/app/components/csv-download'
import { Scrolling } from '@/app/components/scrolling'
import type { CsvCell } from '@/lib/interchange/csv'
import { useDeskMessages } from './use-desk-messages'

export interface TwinColumn {
  readonly name: string
  readonly numeric?: boolean
}

/**
 * A chart in its case with what it says in a sentence, the same as a table, and as CSV. The drawing itself is hidden from
 * assistive technology: the sentence and the table say all of it.
 */
export function ChartFigure({
  title,
  summary,
  hint,
  columns,
  rows,
  fileName,
  children,
}: {
  title: string
  summary: string
  hint?: string
  columns: readonly TwinColumn[]
  rows: readonly (readonly CsvCell[])[]
  fileName: string
  /** null: there is nothing to draw yet, as the summary says. */
  children: ReactNode | null
}) {
  const { chart } = useDeskMessages()
  const heading = useId()
  return (
    <figure aria-labelledby={heading} className="case min-w-0 break-inside-avoid px-5 py-5 sm:px-6">
      <div className="flex items-start justify-between gap-3">
        <h2 id={heading} className="text-17 font-[580]">
          {title}
        </h2>
        {rows.length > 0 && (
          <CsvDownload
            label={chart.csv}
            name={chart.csvOf(title)}
            fileName={fileName}
            rows={() => [columns.map((column) => column.name), ...rows]}
          />
        )}
      </div>
      <p className="mt-1 max-w-[64ch] text-13 text-quiet">{summary}</p>
      {children !== null && (
        <div aria-hidden="true" className="mt-4 h-56 text-13">
          {children}
        </div>
      )}
      {hint && children !== null && <p className="mt-2 text-13 text-quiet">{hint}</p>}
      {rows.length > 0 && (
        <details className="no-print mt-3">
          <summary className="tool -ml-2 cursor-pointer list-none">{chart.asTable}</summary>
          <Scrolling label={title} className="mt-2 max-h-80">
            <table className="numbers w-full text-13">
              <caption className="sr-only">{title}</caption>
              <thead>
                <tr className="border-b">
                  {columns.map((column) => (
                    <th
                      key={column.name}
                      scope="col"
                      className={`px-2 py-1.5 font-[540] text-quiet first:pl-0 ${column.numeric ? 'text-right' : 'text-left'}`}
                    >
                      {column.name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.join('|')} className="border-b last:border-b-0">
                    {row.map((cell, index) => (
                      <td
                        key={columns[index]!.name}
                        className={`px-2 py-1.5 first:pl-0 ${columns[index]!.numeric ? 'text-right' : ''}`}
                      >
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scrolling>
        </details>
      )}
    </figure>
  )
}
