/**
 * Thousandths as a decimal number of points, exact and independent of the machine's locale.
 * @param minimumDecimals zeros are added up to this many places; digits that count are never dropped
 * @returns `8.7` for 8700, `10.00` for 10000 with two decimals, `0.333` for 333 with any
 * @throws RangeError when `thousandths` is not an integer
 */
export function formatPoints(thousandths: number, minimumDecimals: 0 | 1 | 2 | 3 = 0): string {
  if (!Number.isSafeInteger(thousandths))
    throw new RangeError(`points: ${thousandths} is not a whole number of thousandths`)
  const magnitude = Math.abs(thousandths)
  const whole = Math.trunc(magnitude / 1000)
  const decimals = String(magnitude % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
    .padEnd(minimumDecimals, '0')
  const sign = thousandths < 0 ? '−' : ''
  return decimals === '' ? `${sign}${whole}` : `${sign}${whole}.${decimals}`
}
