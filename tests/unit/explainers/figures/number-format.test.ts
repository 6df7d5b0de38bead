import { describe, expect, it } from 'vitest'
import { formatNumber, formatScale, formatSigned, powerOfTen } from '@/lib/explainers/figures/number-format'

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [0.0421, '0.0421'],
    [-1.3, '−1.3'],
    [123.456, '123'],
    [0.00031, '3.1×10⁻⁴'],
    [-2.2e-9, '−2.2×10⁻⁹'],
    [9.96e-5, '1×10⁻⁴'],
    [54_321, '5.4×10⁴'],
  ])('%d is %s', (value, words) => {
    expect(formatNumber(value)).toBe(words)
  })

  it('shows every sign when asked', () => {
    expect(formatSigned(0.2)).toBe('+0.2')
    expect(formatSigned(-0.2)).toBe('−0.2')
    expect(formatSigned(0)).toBe('0')
  })

  it('raises exponents', () => {
    expect(powerOfTen(-12)).toBe('10⁻¹²')
    expect(powerOfTen(3)).toBe('10³')
  })

  it('writes the numbers of a colour bar in one form', () => {
    expect(formatScale(2.4e-7, 1.25e-3)).toEqual(['0', '0.63×10⁻³', '1.25×10⁻³'])
    expect(formatScale(-0.101, 0.186)).toEqual(['−0.101', '0.0425', '0.186'])
    expect(formatScale(-1e-4, 1e-4)).toEqual(['−1×10⁻⁴', '0', '1×10⁻⁴'])
    expect(formatScale(8e-6, 1.59e-3)).toEqual(['0.01×10⁻³', '0.8×10⁻³', '1.59×10⁻³'])
    expect(formatScale(7e-6, 1.59e-3)[0]).toBe('0')
    expect(formatScale(0, 0)).toEqual(['0', '0', '0'])
  })
})
