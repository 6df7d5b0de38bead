import type { DeskMessages } from '@/app/messages/staff-desk/messages'
import type { CsvCell } from '@/lib/interchange/csv'
import type { ItemCard } from '@/lib/item-analysis/view'
import { optionLetter } from '@/lib/questions/option-letter'
import { formatPoints } from '@/lib/scoring/points'

/** A correlation or coefficient with two decimals and a real minus sign; a dash where there is none. */
export function signed(value: number | null): string {
  if (value === null) return '–'
  const text = Math.abs(value).toFixed(2)
  return value < 0 && text !== '0.00' ? `−${text}` : text
}

/** Number and sign stay on one line. */
export const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`

const rounded = (value: number | null): CsvCell => (value === null ? null : Number(value.toFixed(4)))

export function itemTable(items: readonly ItemCard[], words: DeskMessages['statistics']): CsvCell[][] {
  return [
    [
      words.part,
      words.difficulty,
      words.intervalLow,
      words.intervalHigh,
      words.restCorrelation,
      words.upperLower,
      words.alphaWithout,
      words.unanswered,
      words.students,
      words.worthALook,
    ],
    ...items.map(({ label, statistics, flags }) => [
      label,
      rounded(statistics.difficulty),
      rounded(statistics.interval.low),
      rounded(statistics.interval.high),
      rounded(statistics.restCorrelation),
      rounded(statistics.upperLower),
      rounded(statistics.alphaWithout),
      statistics.unanswered,
      statistics.students,
      flags.length,
    ]),
  ]
}

export function optionTable(items: readonly ItemCard[], words: DeskMessages['statistics']): CsvCell[][] {
  return [
    [
      words.part,
      words.option,
      words.right,
      words.count,
      words.share,
      words.upper,
      words.lower,
      words.meanTotal,
      words.optionCorrelation,
    ],
    ...items.flatMap(({ label, statistics }) =>
      statistics.options.map((option, index) => [
        label,
        optionLetter(index),
        option.correct ? 1 : 0,
        option.count,
        rounded(option.share),
        rounded(option.upperShare),
        rounded(option.lowerShare),
        option.meanTotal === null ? null : Number(formatPoints(Math.round(option.meanTotal))),
        rounded(option.restCorrelation),
      ]),
    ),
  ]
}

/** A probability with two digits; the smallest by their bound. */
export function formatProbability(value: number): string {
  return value < 0.001 ? '< 0.001' : `= ${value.toPrecision(2)}`
}
