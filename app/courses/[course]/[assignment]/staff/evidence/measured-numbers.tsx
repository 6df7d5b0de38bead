'use client'

import { BilingualText } from '@/app/components/bilingual-text'
import { formatNumber } from '@/lib/explainers/claims/number-format'
import type { MeasuredQuantity } from '@/lib/verification/view'

/** The numbers of each measurement as a table, with a bar that compares them. */
export function MeasuredNumbers({ measured }: { measured: readonly MeasuredQuantity[] }) {
  return (
    <div className="grid gap-6">
      {measured.map((quantity) => (
        <Quantity key={quantity.title.en} quantity={quantity} />
      ))}
    </div>
  )
}

function Quantity({ quantity: { title, unit, values } }: { quantity: MeasuredQuantity }) {
  const largest = Math.max(...values.map(({ value }) => Math.abs(value ?? 0)))
  return (
    <table className="w-full">
      <caption className="pb-1 text-left text-13 font-[560] text-quiet">
        <BilingualText text={title} second="font-normal" />
      </caption>
      <tbody>
        {values.map(({ name, value }) => (
          <tr key={name.en} className="border-t">
            <th scope="row" className="py-1.5 pr-3 text-left text-13 font-normal">
              <BilingualText text={name} second="text-quiet" />
            </th>
            <td className="w-2/5 py-1.5">
              {value !== null && largest > 0 && (
                <span aria-hidden="true" className="block h-1.5 rounded-full bg-sunk">
                  <span
                    className={`block h-full rounded-full ${value < 0 ? 'bg-wrong' : 'bg-accent'}`}
                    style={{ width: `${(100 * Math.abs(value)) / largest}%` }}
                  />
                </span>
              )}
            </td>
            <td className="numbers py-1.5 pl-3 text-right text-13">{formatNumber(value, unit)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
