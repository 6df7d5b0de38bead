import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Claim } from '@/lib/explainers/claims/claim'
import { evaluateClaim } from '@/lib/explainers/claims/evaluate'
import { measurementSchema } from '@/lib/explainers/claims/measurement'
import type { Reading } from '@/lib/explainers/claims/reading'
import { ExplainerError } from '@/lib/explainers/errors'
import type { PartKey, QuestionPart } from '@/lib/questions/content'
import { clearMargin, recomputePart } from '@/lib/variants/recomputed-key'

const regions = ['a', 'b', 'c', 'd'] as const
const text = { zh: '字', en: 'text' }
const part = (selection: QuestionPart['selection']): Pick<QuestionPart, 'id' | 'selection' | 'options'> => ({
  id: 'q',
  selection,
  options: regions.map((id) => ({ id, text })),
})
const one = part({ kind: 'one' })

/** An option says of its region what `claimOf` says. */
function keyOf(claimOf: (region: string) => Claim, measure = 'region-removal'): PartKey {
  return {
    correct: ['d'],
    rule: { name: 'exact' },
    explanation: text,
    evidence: {
      kind: 'claims',
      measurements: { weight: measurementSchema.parse({ measure, picture: 2 }) },
      claims: Object.fromEntries(regions.map((region) => [region, claimOf(region)])),
    },
  }
}
const leads = (subject: string): Claim => ({ op: 'highest', of: 'weight', subject })
const positive = (subject: string): Claim => ({ op: 'above', of: 'weight', subject, than: 0 })

function reading(values: readonly (number | null)[]): Reading {
  return {
    values: values.map((value, at) => ({ subject: regions[at]!, name: text, value })),
    model: { name: 'food-cnn', sha256: 'f00d', insteadOf: null },
  }
}
const always =
  (...values: (number | null)[]) =>
  async () =>
    reading(values)

describe('a recomputed key', () => {
  it('keys an option exactly where its claim is true, whatever the old key says', async () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(leads, positive), async (numbers, claimOf) => {
        const made = await recomputePart(part({ kind: 'any' }), keyOf(claimOf), always(...numbers), 5)
        const readings = { weight: reading(numbers) }
        const holding = regions.filter((region) => evaluateClaim(claimOf(region), readings).holds)
        expect(made.correct).toEqual(holding)
        if (made.refusal === null) {
          expect(holding.length).toBeGreaterThan(0)
          expect(made.verdict).toMatchObject({ verdict: 'supported', isThin: false })
          expect(made.verdict.margin).toBeGreaterThanOrEqual(clearMargin)
        }
      }),
    )
  })

  it('moves with the numbers: another order of the regions gives the key of the regions', async () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 4, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        numbers,
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        async (values, order) => {
          const plain = await recomputePart(one, keyOf(leads), always(...values), 5)
          const moved = await recomputePart(one, keyOf(leads), always(...order.map((at) => values[at]!)), 5)
          expect(moved.correct).toEqual(
            plain.correct.map((id) => regions[order.indexOf(regions.indexOf(id as 'a'))]),
          )
          expect(moved.refusal).toBe(plain.refusal)
        },
      ),
    )
  })

  it.each([
    ['nothing-true', keyOf(positive), always(-1, -2, -3, -4)],
    ['wrong-count', keyOf(positive), always(1, 2, -3, -4)],
    ['undecided', keyOf(leads), always(1, null, 3, 4)],
    ['thin', keyOf(leads), always(1, 2, 3.9, 4)],
    [null, keyOf(leads), always(1, 2, 3, 4)],
  ])('is refused as %s', async (refusal, key, makeReading) => {
    expect((await recomputePart(one, key, makeReading, 5)).refusal).toBe(refusal)
  })

  it('is refused where a region or model is missing, and says which', async () => {
    const made = await recomputePart(
      one,
      keyOf(leads),
      async () => {
        throw new ExplainerError('invalid-parameter', 'spoon', 'there is no region spoon')
      },
      5,
    )
    expect(made).toMatchObject({ refusal: 'not-computable', verdict: { missing: { subject: 'spoon' } } })
  })

  it('is refused where one of the seeds gives another, or the margin is under its spread', async () => {
    const bySeed = (values: (seed: number) => number[]) => async (measurement: object) =>
      reading(values((measurement as { seed: number }).seed))
    const random = keyOf(leads, 'region-weight')
    const flips = bySeed((seed) => (seed === 2 ? [9, 0, 0, 1] : [0, 0, 0, 9]))
    expect((await recomputePart(one, random, flips, 5)).refusal).toBe('unstable')
    const wobbles = bySeed((seed) => (seed === 16 ? [0, 0, 8.9, 10] : [0, 0, 2 * seed, 10]))
    expect(await recomputePart(one, random, wobbles, 5)).toMatchObject({
      refusal: 'thin',
      verdict: { stability: { seeds: 5, agreeing: 5 } },
    })
    const firm = bySeed(() => [0, 0, 0, 10])
    expect((await recomputePart(one, random, firm, 5)).refusal).toBeNull()
  })

  it('tries no other seed for what none can mend', async () => {
    let calls = 0
    const made = await recomputePart(
      one,
      keyOf(positive, 'region-weight'),
      async () => {
        calls += 1
        return reading([1, 1, 0, 0])
      },
      5,
    )
    expect(made.refusal).toBe('wrong-count')
    expect(calls).toBe(1)
  })
})
