import { format } from 'd3-format'

const MINUS = '\u2212'
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

const plain = format('.3~r')
const mantissa = format('.2~r')

/**
 * A number for people: three significant digits, and powers of ten where the plain form would be hard to read.
 *
 * @returns for example `0.042`, `−1.3`, `3.1×10⁻⁵`.
 */
export function formatNumber(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  const sign = value < 0 ? MINUS : ''
  if (size >= 0.001 && size < 10_000) return sign + plain(size)
  let exponent = Math.floor(Math.log10(size))
  let digits = mantissa(size / 10 ** exponent)
  // 9.96 rounds to 10: one power more.
  if (digits === '10') {
    digits = '1'
    exponent += 1
  }
  return `${sign}${digits}×${powerOfTen(exponent)}`
}

/** @returns `10⁻⁵`. */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]!).join('')
  return `10${exponent < 0 ? '⁻' : ''}${digits}`
}

/** A number with its sign always shown: `+0.21`, `−0.9`. */
export function formatSigned(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value)
}

/**
 * The numbers of a colour bar, all in the same form, so that they can be compared at a glance.
 *
 * @returns the ends and the middle; what is next to nothing beside the larger end is 0.
 */
export function formatScale(minimum: number, maximum: number): [low: string, middle: string, high: string] {
  const size = Math.max(Math.abs(minimum), Math.abs(maximum))
  const negligible = (value: number) => Math.abs(value) < size / 200
  const values = [minimum, (minimum + maximum) / 2, maximum] as const
  if (size >= 0.01 && size < 10_000)
    return forThree(values, (value) => (negligible(value) ? '0' : formatNumber(value)))
  if (size === 0) return ['0', '0', '0']
  const exponent = Math.floor(Math.log10(size))
  return forThree(values, (value) => {
    if (negligible(value)) return '0'
    const digits = (Math.abs(value) / 10 ** exponent).toFixed(2).replace(/\.?0+$/, '')
    return `${value < 0 ? MINUS : ''}${digits}×${powerOfTen(exponent)}`
  })
}

function forThree<In, Out>([a, b, c]: readonly [In, In, In], change: (value: In) => Out): [Out, Out, Out] {
  return [change(a), change(b), change(c)]
}
