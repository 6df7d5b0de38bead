import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Claim, TRENDS } from '@/lib/explainers/claims/claim'
import { evaluateClaim } from '@/lib/explainers/claims/evaluate'
import { type FindingContext, wordFinding } from '@/lib/explainers/claims/finding'
import { type Measurement, measurementSchema } from '@/lib/explainers/claims/measurement'
import { placeOf } from '@/lib/explainers/claims/place'
import { leaderOf } from '@/lib/explainers/claims/ranking'
import { readAssignment } from '@/lib/interchange/service'
import { measurementsOf } from '@/lib/verification/part-verdict'

const regionName: FindingContext['regionName'] = (_, region) => ({ zh: `「${region}」`, en: region })
const names = ['桌子', '盤子', '蛋糕', '叉子']

function context(measurement: Measurement, ...values: (number | null)[]): FindingContext {
  const readings = {
    m: {
      values: values.map((value, index) => ({
        subject: `s${index}`,
        name: { zh: names[index]!, en: `thing ${index}` },
        value,
      })),
    },
  }
  return { measurements: { m: measurement }, readings, regionName, titles: () => undefined }
}

const weight = measurementSchema.parse({ measure: 'region-weight', picture: 3 })
const find = (claim: Claim, ...values: (number | null)[]) => wordFinding(claim, context(weight, ...values))
const bundled = (await readAssignment()).questions.flatMap(({ key }) =>
  Object.values(key).flatMap((part) => Object.values(measurementsOf(part))),
)

const subject = fc.constantFrom('s0', 's1', 's2')
const number = fc.double({ min: -100, max: 100, noNaN: true }).map((value) => value + 0)
const comparison: fc.Arbitrary<Claim> = fc.oneof(
  fc.record({
    op: fc.constantFrom('highest' as const, 'lowest' as const, 'strongest' as const),
    of: fc.constant('m'),
    subject,
  }),
  fc.record({
    op: fc.constantFrom('above' as const, 'below' as const),
    of: fc.constant('m'),
    subject,
    than: number,
  }),
  fc.record({ op: fc.constant('exceeds' as const), of: fc.constant('m'), subject, other: subject }),
  fc.record({ op: fc.constant('from' as const), of: fc.constant('m'), subject, above: number }),
  fc.record({ op: fc.constant('trend' as const), of: fc.constant('m'), trend: fc.constantFrom(...TRENDS) }),
)

describe('a finding', () => {
  it('is said of every measurement and comparison in both languages, and spaced as Chinese is set', () => {
    const values = fc.array(fc.option(number, { nil: null, freq: 6 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.constantFrom(...bundled), comparison, values, (measurement, claim, given) => {
        const { zh, en } = wordFinding(claim, context(measurement, ...given))
        for (const words of [zh, en]) expect(words).not.toMatch(/undefined|null|NaN|Infinity|\[object| {2}/)
        expect(zh).toMatch(/\p{Script=Han}/u)
        expect(zh).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u)
        expect(en).not.toMatch(/[.;]$/)
      }),
      { numRuns: 500 },
    )
  })

  it('tells what is, not what was claimed: "not" goes with what is false', () => {
    const thresholds = fc.record({
      op: fc.constantFrom('above' as const, 'below' as const),
      of: fc.constant('m'),
      subject,
      than: number,
    })
    fc.assert(
      fc.property(thresholds, fc.array(number, { minLength: 3, maxLength: 3 }), (claim, given) => {
        const { holds } = evaluateClaim(claim, context(weight, ...given).readings)
        const { zh, en } = find(claim, ...given)
        expect(en.includes(': not ')).toBe(holds === false)
        expect(zh.includes('並未')).toBe(holds === false)
      }),
    )
  })

  it('names the leader of a ranking, which is another exactly where the claim is false', () => {
    fc.assert(
      fc.property(fc.uniqueArray(number, { minLength: 3, maxLength: 4 }), (given) => {
        const claim = { op: 'highest', of: 'm', subject: 's0' } as const
        const { readings } = context(weight, ...given)
        const leader = leaderOf(claim, readings)
        expect(evaluateClaim(claim, readings).holds).toBe(leader === 's0')
        const { en } = find(claim, ...given)
        if (leader === 's0') expect(en).toContain('(next: ')
        else expect(en).toContain(`(highest: the thing ${leader!.slice(1)}, `)
      }),
    )
  })

  it('reads as a sentence', () => {
    expect(
      find(
        {
          op: 'all',
          claims: [
            { op: 'strongest', of: 'm', subject: 's2' },
            { op: 'above', of: 'm', subject: 's2', than: 0 },
          ],
        },
        0.2,
        -1.46,
        -3.77,
      ),
    ).toEqual({
      zh: '蛋糕的 LIME 權重總和是 −3.77 ‰，在 3 個區域中絕對值最大（其次是盤子，−1.46 ‰），但並未大於 0',
      en: 'the LIME weight summed over the thing 2 is −3.77 ‰: the largest in magnitude of three regions (next: the thing 1, −1.46 ‰), but not above 0',
    })
    expect(find({ op: 'lowest', of: 'm', subject: 's0' }, 4, 1, 2, 3).en).toContain(
      'the highest of four regions (lowest: the thing 1, 1 ‰)',
    )
    expect(find({ op: 'highest', of: 'm', subject: 's1' }, 4, 1, 2, 3).en).toContain('the lowest of four')
    expect(find({ op: 'highest', of: 'm', subject: 's0' }, 4, 4, 2).en).toContain('tied with the thing 1')
    expect(find({ op: 'highest', of: 'm', subject: 's0' }, 4, null, 2).en).toContain('that have a number')
    expect(find({ op: 'highest', of: 'm', subject: 's0' }, null, 2).en).toContain('there is no number')
  })

  it('of alternatives tells those that hold', () => {
    const claim: Claim = {
      op: 'any',
      claims: [
        { op: 'above', of: 'm', subject: 's0', than: 2 },
        { op: 'above', of: 'm', subject: 's1', than: 2 },
      ],
    }
    expect(find(claim, 1, 5).en).not.toContain('thing 0')
    expect(find(claim, 1, 1).en).toContain('thing 0')
  })
})

describe('a place', () => {
  it('is known of what is measured in a picture, and of nothing else', () => {
    const placed = bundled.filter(
      (measurement) => placeOf(measurement, 'outline') ?? placeOf(measurement, '2'),
    )
    expect(new Set(placed.map(({ measure }) => measure))).toEqual(
      new Set([
        'region-weight',
        'region-removal',
        'region-enrichment',
        'weight-signs',
        'solid-likeness',
        'region-activation',
        'map-disagreement',
        'map-overlap',
        'gradient-scale',
      ]),
    )
  })
})
