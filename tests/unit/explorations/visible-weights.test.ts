import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanOfHeads, visibleLinks } from '@/app/explore/attention/visible-weights'

const all = { mass: 1, hidden: new Set<number>() }

describe('the mean of heads', () => {
  // 2 layers, 2 heads, 2 tokens
  const data = Float32Array.of(1, 0, 0.5, 0.5, 0, 1, 0.5, 0.5, 0.25, 0.75, 1, 0, 0.75, 0.25, 0, 1)
  const weights = { data, layers: 2, heads: 2, tokens: 2 }

  it('of none is the mean of all', () => {
    expect([...meanOfHeads(weights, 0, [])]).toEqual([0.5, 0.5, 0.5, 0.5])
    expect([...meanOfHeads(weights, 1, [])]).toEqual([0.5, 0.5, 0.5, 0.5])
  })

  it('of one is that head', () => {
    expect([...meanOfHeads(weights, 1, [0])]).toEqual([0.25, 0.75, 1, 0])
  })
})

describe('the threshold by mass', () => {
  it('keeps the fewest strongest links that hold the share', () => {
    const row = Float32Array.of(0.1, 0.5, 0.15, 0.25)
    const weights = Float32Array.of(...row, ...row, ...row, ...row)
    const kept = (mass: number) =>
      visibleLinks(weights, 4, { ...all, mass })
        .filter((link) => link.from === 2)
        .map((link) => link.to)
    expect(kept(0)).toEqual([])
    expect(kept(0.5)).toEqual([1])
    expect(kept(0.51)).toEqual([1, 3])
    expect(kept(0.9)).toEqual([1, 3, 2])
    expect(kept(1)).toEqual([1, 3, 2, 0])
  })

  it('leaves hidden tokens out on both ends, and counts the share of what is left', () => {
    const weights = Float32Array.of(0.2, 0.8, 0, 0.9, 0.06, 0.04, 0.3, 0.3, 0.4)
    const links = visibleLinks(weights, 3, { mass: 0.5, hidden: new Set([0]) })
    expect(links.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  it('holds at least the share, and would not without its weakest link', () => {
    const size = 5
    const matrix = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: size * size,
      maxLength: size * size,
    })
    fc.assert(
      fc.property(matrix, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const weights = Float32Array.from(values)
        const links = visibleLinks(weights, size, { ...all, mass: percent / 100 })
        for (let from = 0; from < size; from++) {
          const total = weights
            .subarray(from * size, (from + 1) * size)
            .reduce((sum, value) => sum + value, 0)
          const own = links.filter((link) => link.from === from)
          const kept = own.reduce((sum, link) => sum + link.weight, 0)
          expect(kept).toBeGreaterThanOrEqual((percent / 100) * total - 1e-5)
          if (own.length > 0) expect(kept - own.at(-1)!.weight).toBeLessThan((percent / 100) * total)
        }
      }),
    )
  })
})
