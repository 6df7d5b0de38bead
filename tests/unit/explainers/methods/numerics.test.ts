import { describe, expect, test } from 'vitest'
import { Adam } from '@/lib/explainers/methods/adam'
import { gaussLegendre } from '@/lib/explainers/methods/gauss-legendre'
import { decodeNpy, encodeNpy } from '@/lib/explainers/npy'
import { pictureCopies } from '@/lib/explainers/picture-copies'
import { RandomBits, RandomStream } from '@/lib/explainers/random'

describe('Gauss–Legendre quadrature', () => {
  test('is exact for polynomials up to degree 2n − 1', () => {
    for (const n of [1, 2, 5, 50]) {
      const { points, weights } = gaussLegendre(n)
      for (const degree of [0, 1, 2 * n - 1]) {
        const integral = points.reduce((sum, x, i) => sum + weights[i]! * x ** degree, 0)
        expect(integral).toBeCloseTo(1 / (degree + 1), 12)
      }
    }
  })

  test('has the two points of the textbook', () => {
    const { points, weights } = gaussLegendre(2)
    expect(points[0]).toBeCloseTo(0.5 - Math.sqrt(3) / 6, 14)
    expect([...weights].map((weight) => weight.toFixed(12))).toEqual(['0.500000000000', '0.500000000000'])
  })
})

describe('Adam', () => {
  test('follows the steps of its definition', () => {
    const values = Float32Array.of(1)
    const adam = new Adam(1, 0.1)
    adam.step(values, [2])
    expect(values[0]).toBeCloseTo(0.9, 6)
    adam.step(values, [-1])
    // m = 0.9·0.2 − 0.1 = 0.08, v = 0.999·0.004 + 0.001 = 0.004996, corrected by 0.19 and 0.001999.
    const expected = 0.9 - (0.1 * (0.08 / 0.19)) / Math.sqrt(0.004996 / 0.001999)
    expect(values[0]).toBeCloseTo(expected, 6)
  })

  test('finds the lowest place of a bowl', () => {
    const values = Float32Array.of(3, -2)
    const adam = new Adam(2, 0.1)
    for (let i = 0; i < 500; i++) adam.step(values, [2 * (values[0]! - 1), 8 * (values[1]! - 0.5)])
    expect(values[0]).toBeCloseTo(1, 3)
    expect(values[1]).toBeCloseTo(0.5, 3)
  })
})

describe('random streams', () => {
  const draw = (stream: RandomStream) => Array.from({ length: 8 }, () => stream.normal())

  test('depend on seed and names alone', () => {
    const first = draw(new RandomStream(1, 'a', Float32Array.of(1)))
    expect(draw(new RandomStream(1, 'a', Float32Array.of(1)))).toEqual(first)
    for (const other of [
      new RandomStream(2, 'a', Float32Array.of(1)),
      new RandomStream(1, 'b', Float32Array.of(1)),
      new RandomStream(1, 'a', Float32Array.of(2)),
      new RandomStream(1, 'a'),
    ]) {
      expect(draw(other)).not.toEqual(first)
    }
  })

  test('never change: a figure must be the same next year', () => {
    expect(draw(new RandomStream(16, 'smooth-grad')).slice(0, 2)).toEqual([
      0.3554775135499769, 2.3333896578282354,
    ])
  })

  test('normal numbers have mean 0, deviation 1 and thin tails; uniform ones fill their range', () => {
    const stream = new RandomStream(7, 'moments')
    const n = 200_000
    const normal = Float64Array.from({ length: n }, () => stream.normal())
    const moment = (power: number) => normal.reduce((sum, x) => sum + x ** power, 0) / n
    // Four standard errors: √(Var x^p / n) with variances 1, 2, 15, 96.
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / n))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < n; i++) counts[stream.integer(10)]! += 1
    for (const count of counts) expect(Math.abs(count - n / 10)).toBeLessThan(4 * Math.sqrt(n * 0.09))
    const heads = Array.from({ length: n }, () => stream.bit()).filter(Boolean).length
    expect(Math.abs(heads - n / 2)).toBeLessThan(4 * Math.sqrt(n / 4))
  })
})

describe('random bits', () => {
  test('depend on seed and names alone, however they are asked for, and never change', () => {
    const stream = new RandomBits(16, 'smooth-grad')
    const draw = (count: number, from = new RandomBits(16, 'smooth-grad')) => from.fill(new Int32Array(count))
    const parts = [...draw(3, stream), ...draw(5, stream)]
    expect(parts).toEqual([...draw(8)])
    expect(parts).not.toEqual([...draw(8, new RandomBits(17, 'smooth-grad'))])
    expect(parts.slice(0, 2)).toEqual([-1283650264, 1168262101])
    // More than are drawn at once, in parts that do not end where those do.
    const many = [40_000, 1, 16_383].flatMap((count) => [...draw(count, stream)])
    expect(many).toEqual([...draw(56_392)].slice(8))
  })

  test('make normal noise', () => {
    const n = 200_000
    const picture = { data: new Float32Array(n), shape: [1, 1, n] }
    const bits = { data: new RandomBits(7, 'moments').fill(new Int32Array(n)), shape: [1, 2, n / 2] }
    const { data } = pictureCopies({ kind: 'noisy', picture, bits, deviation: 1 })
    const moment = (power: number) => data.reduce((sum, x) => sum + x ** power, 0) / n
    // Four standard errors, as above.
    for (const [power, mean, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ] as const) {
      expect(Math.abs(moment(power) - mean)).toBeLessThan(4 * Math.sqrt(variance / n))
    }
    const across = data.subarray(0, n / 2).reduce((sum, x, i) => sum + x * data[i + n / 2]!, 0) / (n / 2)
    expect(Math.abs(across)).toBeLessThan(4 * Math.sqrt(2 / n))
  })
})

describe('.npy files', () => {
  test('survive being written and read, and begin as NumPy writes them', () => {
    for (const tensor of [
      { data: Float32Array.of(1.5, -2, 0.1, 4, 5, 6), shape: [2, 3] },
      { data: Int32Array.of(-7, 8), shape: [2] },
      { data: Float32Array.of(3), shape: [] },
    ]) {
      const bytes = encodeNpy(tensor)
      expect(decodeNpy(bytes)).toEqual(tensor)
      expect((bytes.length - 4 * tensor.data.length) % 64).toBe(0)
    }
    const bytes = encodeNpy({ data: Int32Array.of(1, 2), shape: [2] })
    expect([...bytes.subarray(0, 10)]).toEqual([0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0])
    const header = new TextDecoder().decode(bytes.subarray(10, 128))
    expect(header).toMatch(/^\{'descr': '<i4', 'fortran_order': False, 'shape': \(2,\), \} +\n$/)
  })

  test('that are damaged or of another kind are refused', () => {
    const bytes = encodeNpy({ data: Float32Array.of(1, 2), shape: [2] })
    expect(() => decodeNpy(bytes.subarray(0, -1))).toThrowError(/cut off/)
    expect(() => decodeNpy(Uint8Array.of(1, 2, 3))).toThrowError(/not a .npy file/)
    const complex = Buffer.from(Buffer.from(bytes).toString('latin1').replace('<f4', '<c8'), 'latin1')
    expect(() => decodeNpy(complex)).toThrowError(/<c8/)
  })
})
