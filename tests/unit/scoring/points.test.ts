import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatPoints } from '@/lib/scoring/points'

describe('formatPoints', () => {
  it.each([
    [0, 0, '0'],
    [0, 2, '0.00'],
    [300, 0, '0.3'],
    [300, 2, '0.30'],
    [8700, 0, '8.7'],
    [10000, 0, '10'],
    [10000, 2, '10.00'],
    [333, 2, '0.333'],
    [1005, 0, '1.005'],
    [10020, 1, '10.02'],
    [-300, 0, '−0.3'],
  ] as const)('%i with %i decimals is %s', (thousandths, decimals, text) => {
    expect(formatPoints(thousandths, decimals)).toBe(text)
  })

  it('loses nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.constantFrom(0, 1, 2, 3 as const),
        (value, decimals) => {
          const [whole = '', decimal = ''] = formatPoints(value, decimals).split('.')
          expect(Number(whole) * 1000 + Number(decimal.padEnd(3, '0'))).toBe(value)
          expect(decimal.length).toBeGreaterThanOrEqual(decimals)
        },
      ),
    )
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    expect(() => formatPoints(value)).toThrow(RangeError)
  })
})
