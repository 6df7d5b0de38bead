import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWeights, encodeWeights, WEIGHT_ERROR } from '@/lib/explorations/weights-encoding'

const weight = fc.float({ min: 0, max: 1, noNaN: true })

describe('attention weights on their way to a browser', () => {
  it('come back with no larger error than is stated', () => {
    fc.assert(
      fc.property(fc.array(weight, { maxLength: 200 }), (values) => {
        const back = decodeWeights(encodeWeights(Float32Array.from(values)))
        expect(back).toHaveLength(values.length)
        values.forEach((value, i) => {
          // Half a float32 step at 1 is added when the result is stored.
          expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(WEIGHT_ERROR + 2 ** -25)
        })
      }),
    )
  })

  it('keep nothing, everything and a rounding above everything', () => {
    const back = decodeWeights(encodeWeights(Float32Array.of(0, 1, 1 + 2 ** -23)))
    expect([...back]).toEqual([0, 1, 1])
  })

  it('are two bytes each, the lower first', () => {
    expect(Buffer.from(encodeWeights(Float32Array.of(1 / 65535, 256 / 65535)), 'base64')).toEqual(
      Buffer.from([1, 0, 0, 1]),
    )
  })

  it.each([-0.01, 1.01, Number.NaN])('refuse %d, which is no weight', (value) => {
    expect(() => encodeWeights(Float32Array.of(0.5, value))).toThrow(RangeError)
  })

  it('refuse half an integer', () => {
    expect(() => decodeWeights(Buffer.from([1, 2, 3]).toString('base64'))).toThrow('3 bytes')
  })
})
