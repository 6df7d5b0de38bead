'use client'

import { BilingualText } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { BarsPanel } from '@/lib/explainers/figures/document'
import { formatNumber, powerOfTen } from '@/lib/explainers/figures/number-format'
import { markedRows, useSpotsOf } from './figure-marks'
import { RowMark, rowFrame } from './row-mark'

/** Horizontal bars that are a table at the same time: every bar stands in a row with its label and its number. */
export function BarsTable({ panel }: { panel: BarsPanel }) {
  const { figure } = useMessages()
  const { axis, bars } = panel
  const marked = markedRows(useSpotsOf(panel))
  const scale =
    axis === 'log'
      ? logScale(bars.map((bar) => bar.value))
      : linearScale(
          bars.map((bar) => bar.value),
          panel.maximum,
        )
  return (
    <figure className="col-span-full -mx-2">
      <table className="w-full border-collapse text-13">
        <caption className="mb-2 px-2 text-left font-[560]">
          <BilingualText text={panel.caption} second="font-normal text-quiet" />
          <span className="sr-only">
            <BilingualText text={panel.alternative} />
          </span>
        </caption>
        <thead>
          <tr className="sr-only">
            <th scope="col">{figure.title}</th>
            <th scope="col">
              {figure.value}, <BilingualText text={panel.unit} />
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar, row) => (
            <tr key={bar.label.en} className={rowFrame(marked, row)}>
              <th scope="row" className="w-px px-2 py-1 text-left align-middle font-normal whitespace-nowrap">
                <BilingualText text={bar.label} />
                <RowMark mark={marked.get(row)} />
              </th>
              <td className="py-1 pr-2 pl-1">
                <div className="flex items-center gap-2">
                  <div aria-hidden="true" className="relative h-3.5 flex-1 rounded-[2px] bg-sunk">
                    <div
                      className="h-full min-w-px rounded-[2px] bg-accent"
                      style={{ width: `${scale.place(bar.value) * 100}%` }}
                    />
                  </div>
                  <span className="numbers w-[4.75rem] shrink-0 text-right">{formatNumber(bar.value)}</span>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot aria-hidden="true">
          <tr>
            <td />
            <td className="pr-2 pl-1">
              <div className="flex gap-2 text-[0.75rem] leading-4 text-quiet">
                <div className="relative h-9 flex-1">
                  {scale.ticks.map((tick) => (
                    <span
                      key={tick.label}
                      className="absolute top-0 border-l border-edge pt-0.5 pl-1"
                      style={{ left: `${tick.place * 100}%` }}
                    >
                      {tick.label}
                    </span>
                  ))}
                  <span className="absolute bottom-0 left-0">
                    <BilingualText text={panel.unit} className="inline!" second="hidden" />
                  </span>
                </div>
                <span className="w-[4.75rem] shrink-0" />
              </div>
            </td>
          </tr>
        </tfoot>
      </table>
    </figure>
  )
}

interface Scale {
  /** Share of the width, 0 to 1. */
  readonly place: (value: number) => number
  readonly ticks: readonly { readonly label: string; readonly place: number }[]
}

function linearScale(values: readonly number[], maximum?: number): Scale {
  const most = (maximum ?? Math.max(...values, 0)) || 1
  const place = (value: number) => Math.max(0, value / most)
  return { place, ticks: [0, most / 2].map((value) => ({ label: formatNumber(value), place: place(value) })) }
}

/** Whole decades, one more below the smallest value, so that even that one has a visible bar. */
function logScale(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return linearScale(values)
  const low = Math.floor(Math.log10(Math.min(...positive))) - 1
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive))))
  const place = (value: number) => (value > 0 ? (Math.log10(value) - low) / (high - low) : 0)
  const step = Math.max(1, Math.ceil((high - low) / 4))
  const exponents = Array.from({ length: Math.ceil((high - low) / step) }, (_, i) => low + i * step)
  return { place, ticks: exponents.map((e) => ({ label: powerOfTen(e), place: (e - low) / (high - low) })) }
}
