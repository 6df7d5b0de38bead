import type { ClassNumbers } from '@/lib/regrading/view'
import { formatPoints } from '@/lib/scoring/points'

/** @param thousandths to hundredths of a point */
export const points2 = (thousandths: number) => formatPoints(Math.round(thousandths / 10) * 10, 2)

export const meanPoints = (numbers: ClassNumbers | null) => (numbers ? points2(numbers.mean) : '–')

/** @returns two decimals; a dash where there is no number. */
export const decimal2 = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : value.toFixed(2).replace('-', '−')
