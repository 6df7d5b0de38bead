import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Claim, Comparison } from '@/lib/explainers/claims/claim'
import { evaluateClaim } from '@/lib/explainers/claims/evaluate'
import { type Measurement, measurementSchema } from '@/lib/explainers/claims/measurement'
import type { Reading } from '@/lib/explainers/claims/reading'
import { figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import type { PartEvidence } from '@/lib/questions/content'
import { type Substitution, substituteClaims, substituteFigure } from '@/lib/variants/substitution'

type Claims = Extract<PartEvidence, { kind: 'claims' }>

const named = (_: unknown, region: string) => ({ zh: `〈${region}〉`, en: region })
const measurement = (input: object): Measurement => measurementSchema.parse(input)

const regions = ['a', 'b', 'c', 'd', 'e']
const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -9, max: 9 }) }, fc.constant(null))
const anyTerm: fc.Arbitrary<Comparison> = fc
  .record({
    op: fc.constantFrom('highest', 'lowest', 'strongest', 'above', 'below', 'exceeds'),
    subject: fc.constantFrom(...regions),
    other: fc.constantFrom(...regions),
    than: fc.integer({ min: -5, max: 5 }),
  })
  .map(({ op, subject, other, than }): Comparison => {
    const of = 'weight'
    if (op === 'above' || op === 'below') return { op, of, subject, than }
    return op === 'exceeds' ? { op, of, subject, other } : ({ op, of, subject } as Comparison)
  })
const anyClaim: fc.Arbitrary<Claim> = fc.oneof(
  anyTerm,
  anyTerm.map((claim): Claim => ({ op: 'not', claim })),
  fc
    .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(anyTerm, { minLength: 2, maxLength: 3 }))
    .map(([op, claims]): Claim => ({ op, claims })),
)

describe('claims about other pictures', () => {
  it('are as true of the new regions as the old claims would be if the old regions had their numbers', () => {
    fc.assert(
      fc.property(
        anyClaim,
        fc.array(value, { minLength: 5, maxLength: 5 }),
        fc.shuffledSubarray(regions, { minLength: 5, maxLength: 5 }),
        (claim, values, order) => {
          const to = Object.fromEntries(regions.map((region, at) => [region, `new ${order[at]}`]))
          const readings = (names: readonly string[]) => ({
            weight: {
              values: names.map((subject, at): Reading['values'][number] => ({
                subject,
                name: { zh: subject, en: subject },
                value: values[at]!,
              })),
            },
          })
          const base: Claims = {
            kind: 'claims',
            measurements: { weight: measurement({ measure: 'region-weight', picture: 2 }) },
            claims: { option: claim },
          }
          const made = substituteClaims(base, [{ from: 2, to: 7, regions: to }], named)
          expect(evaluateClaim(made.claims.option!, readings(regions.map((region) => to[region]!)))).toEqual(
            evaluateClaim(claim, readings(regions)),
          )
        },
      ),
    )
  })

  it('are the old ones where the old picture takes its own place', () => {
    fc.assert(
      fc.property(anyClaim, (claim) => {
        const base: Claims = {
          kind: 'claims',
          measurements: { weight: measurement({ measure: 'region-weight', picture: 2 }) },
          claims: { option: claim },
        }
        const same = Object.fromEntries(regions.map((region) => [region, region]))
        expect(substituteClaims(base, [{ from: 2, to: 2, regions: same }], named)).toEqual(base)
      }),
    )
  })

  it('leave out what was said about the old key, and name parts of regions anew', () => {
    const part = (id: string, kind: string, region: string) => ({
      id,
      region,
      part: kind,
      name: { zh: '舊', en: `old ${id}` },
    })
    const made = substituteClaims(
      {
        kind: 'claims',
        measurements: {
          mean: measurement({
            measure: 'region-activation',
            picture: 2,
            layer: 15,
            filter: 0,
            parts: [part('outline', 'outline', 'milk bottle'), part('light', 'light', 'table')],
          }),
        },
        claims: { option: { op: 'lowest', of: 'mean', subject: 'outline' } },
        accepted: { zh: '因為', en: 'because' },
      },
      [{ from: 2, to: 3, regions: { 'milk bottle': 'cake', table: 'table' } }],
      named,
    )
    expect(made).not.toHaveProperty('accepted')
    expect(made.claims.option).toEqual({ op: 'lowest', of: 'mean', subject: 'outline' })
    expect(made.measurements.mean).toMatchObject({
      picture: 3,
      parts: [
        { id: 'outline', region: 'cake', name: { zh: '〈cake〉的輪廓', en: 'contour of the cake' } },
        { id: 'light', region: 'table', name: { zh: '〈table〉的亮處', en: 'lit part of the table' } },
      ],
    })
  })

  it('name other pictures where pictures are the subjects', () => {
    const substitution: Substitution = [
      { from: 4, to: 0, regions: {} },
      { from: 5, to: 'uploaded1', regions: {} },
    ]
    const made = substituteClaims(
      {
        kind: 'claims',
        measurements: { gap: measurement({ measure: 'map-disagreement', pictures: [4, 5] }) },
        claims: {
          one: { op: 'highest', of: 'gap', subject: '4' },
          other: { op: 'exceeds', of: 'gap', subject: '5', other: '4' },
        },
      },
      substitution,
      named,
    )
    expect(made.measurements.gap).toMatchObject({ pictures: [0, 'uploaded1'] })
    expect(made.claims).toEqual({
      one: { op: 'highest', of: 'gap', subject: '0' },
      other: { op: 'exceeds', of: 'gap', subject: 'uploaded1', other: '0' },
    })
  })
})

describe('figures of other pictures', () => {
  it.each([
    [{ layout: 'maps', pictures: [2, 3], methods: ['lime'] }, [7, 3]],
    [{ layout: 'occlusion', picture: 2 }, [7]],
    [{ layout: 'trust', maps: [{ method: 'lime', picture: 2 }] }, [7]],
    [{ layout: 'similarity-trend', part: '果', metrics: ['cosine'], pair: [1, 2] }, []],
  ])('show them in the place of the old ones, and are the same otherwise: %o', (input, pictures) => {
    const spec = figureSpecSchema.parse(input)
    const made = substituteFigure(spec, [{ from: 2, to: 7, regions: {} }])
    expect(picturesOf(made)).toEqual(pictures)
    expect(substituteFigure(made, [{ from: 7, to: 2, regions: {} }])).toEqual(spec)
  })
})
