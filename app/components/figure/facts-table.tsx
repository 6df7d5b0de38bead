'use client'

import { BilingualText, useOneLanguage } from '@/app/components/bilingual-text'
import { Scrolling } from '@/app/components/scrolling'
import type { TablePanel } from '@/lib/explainers/figures/document'
import { markedRows, useSpotsOf } from './figure-marks'
import { RowMark, rowFrame } from './row-mark'

/** Words and numbers in rows; scrolls sideways where it is wider than its place. */
export function FactsTable({ panel }: { panel: TablePanel }) {
  const say = useOneLanguage()
  const marked = markedRows(useSpotsOf(panel))
  return (
    <Scrolling label={say(panel.caption)} className="col-span-full -mx-2">
      <table className="w-full border-collapse text-13">
        <caption className="mb-1.5 px-2 text-left font-[560]">
          <BilingualText text={panel.caption} second="font-normal text-quiet" />
        </caption>
        <thead>
          <tr>
            {panel.columns.map((column) => (
              <th
                key={column.title.en}
                scope="col"
                className={`border-b px-2 py-1 align-bottom font-normal text-quiet ${column.numbers ? 'w-px text-right whitespace-nowrap' : 'text-left'}`}
              >
                <BilingualText text={column.title} second="" />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {panel.rows.map((row, index) => (
            <tr key={row.map(({ en }) => en).join()} className={rowFrame(marked, index)}>
              {row.map((words, column) => (
                <td
                  key={panel.columns[column]!.title.en}
                  className={`border-b px-2 py-1 align-top ${panel.columns[column]!.numbers ? 'numbers text-right' : 'min-w-24'}`}
                >
                  <BilingualText text={words} second="text-quiet" />
                  {column === 0 && <RowMark mark={marked.get(index)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}
