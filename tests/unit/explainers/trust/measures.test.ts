import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { RandomStream } from '@/lib/explainers/random'
import { agreementAmong, agreementOf } from '@/lib/explainers/trust/agreement'
import { completenessOf } from '@/lib/explainers/trust/completeness'
import { type Importance, importanceOf } from '@/lib/explainers/trust/importance'
import { areaUnder, evenly, perturbationCurve } from '@/lib/explainers/trust/perturbation-curve'
import { pointingGame } from '@/lib/explainers/trust/pointing-game'
import { atRandom, byImportance, planRemoval } from '@/lib/explainers/trust/removal-order'

const finite = fc.double({ noNaN: true, min: -100, max: 100 })
const weights = fc.array(finite, { minLength: 2, maxLength: 24 })

/** Units of one pixel each. */
const pixels = (values: ArrayLike<number>): Importance => ({
  values: Float64Array.from(values),
  unitOfPixel: Int32Array.from({ length: values.length }, (_, pixel) => pixel),
})

const grey = (value: number, count: number): FloatTensor => ({
  data: new Float32Array(3 * count).fill(value),
  shape: [3, 1, count],
})

/** A model whose score is the sum of the weights of the pixels that are white. */
function additive(model: readonly number[]) {
  return async (count: number, write: (picture: Float32Array, index: number) => void) =>
    Array.from({ length: count }, (_, index) => {
      const picture = new Float32Array(3 * model.length)
      write(picture, index)
      return model.reduce((sum, weight, pixel) => sum + weight * picture[pixel]!, 0)
    })
}

async function areas(model: readonly number[], order: Int32Array, importance: Importance) {
  const [white, black] = [grey(1, model.length), grey(0, model.length)]
  const removal = planRemoval(order, importance, model.length)
  const curve = (from: FloatTensor, to: FloatTensor) =>
    perturbationCurve(from, to, importance, removal, additive(model))
  return {
    deletion: areaUnder(await curve(white, black)),
    insertion: areaUnder(await curve(black, white)),
  }
}

describe('deletion and insertion', () => {
  it('of a model that adds up are lowest and highest in the order of its own weights', () =>
    fc.assert(
      fc.asyncProperty(weights, fc.nat(), async (model, seed) => {
        const importance = pixels(model)
        const oracle = await areas(model, byImportance(importance), importance)
        const other = await areas(model, atRandom(model.length, new RandomStream(seed, 'test')), importance)
        expect(oracle.deletion).toBeLessThanOrEqual(other.deletion + 1e-3)
        expect(oracle.insertion).toBeGreaterThanOrEqual(other.insertion - 1e-3)
      }),
    ))

  it('are worked out by hand for three pixels of weight 4, 2 and 1', async () => {
    const { deletion, insertion } = await areas([1, 4, 2], Int32Array.of(1, 2, 0), pixels([1, 4, 2]))
    // 7, 3, 1, 0 and 0, 4, 6, 7 at thirds.
    expect(deletion).toBeCloseTo((7 / 2 + 3 + 1 + 0) / 3, 10)
    expect(insertion).toBeCloseTo((0 + 4 + 6 + 7 / 2) / 3, 10)
  })

  it('begin at the whole, end at nothing, and never cut a unit in two', () =>
    fc.assert(
      fc.property(
        fc.array(fc.nat(5), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        (labels, steps) => {
          const unitOfPixel = Int32Array.from(labels, (label) => [...new Set(labels)].indexOf(label))
          const units = new Set(labels).size
          const importance = { values: new Float64Array(units), unitOfPixel }
          const { counts, shares, order } = planRemoval(byImportance(importance), importance, steps)
          expect([counts[0], shares[0], counts.at(-1), shares.at(-1)]).toEqual([0, 0, units, 1])
          expect([...order]).toEqual(Array.from({ length: units }, (_, unit) => unit))
          expect(counts.length).toBeLessThanOrEqual(1 + Math.min(steps, units))
          for (const [look, count] of counts.entries()) {
            const taken = new Set(order.slice(0, count))
            const area = [...unitOfPixel].filter((unit) => taken.has(unit)).length
            expect(shares[look]).toBeCloseTo(area / labels.length, 12)
            // Not later than the unit that reaches the next share.
            if (look > 0) expect(shares[look]! - shares[look - 1]!).toBeGreaterThan(0)
          }
        },
      ),
    ))

  it('drawn at random, every order has each unit once, the same for the same seed', () =>
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 50 }), (seed, units) => {
        const draw = () => atRandom(units, new RandomStream(seed, 'test'))
        expect([...draw()].sort((a, b) => a - b)).toEqual(Array.from({ length: units }, (_, unit) => unit))
        expect(draw()).toEqual(draw())
      }),
    ))

  it('of a constant score have that area, and even points lie on the line between looks', () => {
    fc.assert(
      fc.property(finite, (score) => {
        expect(areaUnder({ shares: [0, 0.3, 1], scores: [score, score, score] })).toBeCloseTo(score, 8)
      }),
    )
    const curve = { shares: [0, 0.25, 1], scores: [1, 0, 3] }
    expect([...evenly(curve, 4)]).toEqual([1, 0, 1, 2, 3])
  })
})

describe('completeness', () => {
  it('holds for gradient times difference of a linear model', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, finite, finite), { minLength: 1, maxLength: 20 }), (terms) => {
        const output = (which: 1 | 2) => terms.reduce((sum, term) => sum + term[0] * term[which], 7)
        const sum = terms.reduce((total, [weight, input, baseline]) => total + weight * (input - baseline), 0)
        expect(completenessOf(sum, output(1) - output(2)).error).toBeLessThan(1e-6)
      }),
    ))

  it('counts what is missing, also as a share, and knows no share of nothing', () => {
    expect(completenessOf(-3, -4)).toEqual({ sum: -3, change: -4, error: 1, relative: 0.25 })
    expect(completenessOf(2, 0)).toEqual({ sum: 2, change: 0, error: 2, relative: null })
  })
})

describe('the pointing game', () => {
  const square = (covered: (y: number, x: number) => number): FloatTensor => ({
    data: Float32Array.from({ length: 100 }, (_, i) => covered(Math.floor(i / 10), i % 10)),
    shape: [10, 10],
  })
  const map = fc.array(finite, { minLength: 100, maxLength: 100 }).map(pixels)

  it('is won by every map where the object is everything, lost where it is nothing', () =>
    fc.assert(
      fc.property(map, (importance) => {
        expect(
          pointingGame(
            importance,
            square(() => 1),
          ),
        ).toEqual({ hit: 1, chance: 1 })
        expect(
          pointingGame(
            importance,
            square(() => 0.4),
          ),
        ).toEqual({ hit: 0, chance: 0 })
      }),
    ))

  it('allows a distance, and counts equally high places alike', () => {
    const corner = square((y, x) => (y === 0 && x === 0 ? 1 : 0))
    const peaks = (...places: number[]) =>
      pixels(Float64Array.from({ length: 100 }, (_, i) => (places.includes(i) ? 1 : 0)))
    expect(pointingGame(peaks(2), corner, 2).hit).toBe(1)
    expect(pointingGame(peaks(3), corner, 2).hit).toBe(0)
    // (2, 2) is 2.83 away.
    expect(pointingGame(peaks(22), corner, 2).hit).toBe(0)
    expect(pointingGame(peaks(0, 99, 98, 97), corner, 0)).toEqual({ hit: 0.25, chance: 0.01 })
    // (0,0), (0,1), (0,2), (1,0), (1,1), (2,0).
    expect(pointingGame(peaks(0), corner, 2).chance).toBeCloseTo(0.06, 12)
  })
})

describe('agreement', () => {
  const varied = weights.filter((values) => new Set(values).size > 1)

  it('of a map with itself is complete, with its reverse opposite, and the same both ways', () =>
    fc.assert(
      fc.property(varied, (values) => {
        const map = Float64Array.from(values)
        expect(agreementOf(map, map).correlation).toBeCloseTo(1, 10)
        expect(agreementOf(map, map).overlap).toBe(1)
        const reversed = map.map((value) => -value)
        expect(agreementOf(map, reversed).correlation).toBeCloseTo(-1, 10)
        expect(agreementOf(map, reversed)).toEqual(agreementOf(reversed, map))
      }),
    ))

  it('depends on the ranks alone', () =>
    fc.assert(
      fc.property(varied, (values) => {
        const map = Float64Array.from(values)
        const stretched = map.map((value) => value ** 3 + 5 * value)
        expect(agreementOf(map, stretched).correlation).toBeCloseTo(1, 6)
      }),
    ))

  it('is Spearman’s rank correlation, equal values sharing their rank', () => {
    // scipy.stats.spearmanr([1, 2, 2, 3, 5], [2, 1, 4, 4, 5]) = 0.7631578947…
    const agreement = agreementOf(Float64Array.of(1, 2, 2, 3, 5), Float64Array.of(2, 1, 4, 4, 5))
    expect(agreement.correlation).toBeCloseTo(0.7631578947, 8)
    expect(agreementOf(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3)).correlation).toBeNull()
  })

  it('among several maps is the mean over their pairs', () => {
    const [a, b, c] = [Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1)]
    expect(agreementAmong([a!, b!, c!]).correlation).toBeCloseTo(-1 / 3, 12)
    expect(agreementAmong([a!, b!, c!]).overlap).toBeCloseTo(1 / 3, 12)
  })
})

describe('importance', () => {
  const attribution = { data: Float32Array.of(1, -2, 3, 1, -2, -5), shape: [3, 1, 2] }

  it('keeps the sign of contributions, and the size of sensitivities', () => {
    const of = (method: string, variant: 'homework' | 'paper') => [
      ...importanceOf({ method, variant }, { attribution }).values,
    ]
    expect(of('integrated-gradients', 'paper')).toEqual([2, -6])
    expect(of('integrated-gradients', 'homework')).toEqual([2, 6])
    expect(of('smooth-grad', 'paper')).toEqual([2, 6])
  })

  it('of LIME has a value for each superpixel, with its sign', () => {
    const superpixels = { data: Int32Array.of(2, 1, 1, 3), shape: [2, 2] }
    const weights = { data: Float32Array.of(-0.5, 0.25, 0.25, 1), shape: [2, 2] }
    const { values, unitOfPixel } = importanceOf(
      { method: 'lime', variant: 'homework' },
      { superpixels, weights },
    )
    expect([[...values], [...unitOfPixel]]).toEqual([
      [0.25, -0.5, 1],
      [1, 0, 0, 2],
    ])
  })
})
