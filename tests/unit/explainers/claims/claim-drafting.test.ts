import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Claim, claimSchema, comparisonSchema } from '@/lib/explainers/claims/claim'
import {
  claimOf,
  findClaimProblems,
  freshMeasurementName,
  operatorsFor,
  startComparison,
  termsOf,
  withoutMeasurement,
} from '@/lib/explainers/claims/claim-drafting'
import { measurementSchema } from '@/lib/explainers/claims/measurement'
import { subjectsOf } from '@/lib/explainers/claims/subjects'
import { readAssignment } from '@/lib/interchange/service'

const { questions } = await readAssignment()
const evidences = questions.flatMap(({ slug, key }) =>
  Object.values(key).flatMap(({ evidence }) => (evidence?.kind === 'claims' ? [{ slug, evidence }] : [])),
)
const subjects = (count: number, open = false) => ({
  open,
  known: Array.from({ length: count }, (_, index) => ({
    subject: `s${index}`,
    name: { zh: `第 ${index} 個`, en: `number ${index}` },
  })),
})

describe('claims as terms', () => {
  it('are the bundled claims again', () => {
    for (const { evidence } of evidences)
      for (const claim of Object.values(evidence.claims)) expect(claimOf(termsOf(claim))).toEqual(claim)
  })

  it('of one say just that', () => {
    const comparison = { op: 'highest', of: 'weight', subject: 'a' } as const
    const one = claimOf({ joint: 'any', terms: [{ comparison, negated: true }] })
    expect(one).toEqual({ op: 'not', claim: comparison })
    expect(() => claimOf({ joint: 'all', terms: [] })).toThrow(RangeError)
  })
})

describe('comparisons', () => {
  it('that a menu begins are valid, and keep what still means something', () => {
    const count = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(count, fc.boolean(), fc.nat(), fc.nat(), (known, open, first, second) => {
        const of = subjects(known, open)
        const operators = operatorsFor(of)
        const start = startComparison(operators[first % operators.length]!, 'm', of)
        const next = startComparison(operators[second % operators.length]!, 'n', of, start ?? undefined)
        for (const comparison of [start, next]) {
          if (!comparison) continue
          expect(() => comparisonSchema.parse(comparison)).not.toThrow()
          expect(findClaimProblems(comparison, { m: of, n: of })).toEqual([])
        }
        if (start && next && 'subject' in start && 'subject' in next) expect(next.subject).toBe(start.subject)
        if (known > 1) expect(next).not.toBeNull()
      }),
    )
  })

  it('are offered where they say something', () => {
    expect(operatorsFor(subjects(1))).toEqual(['above', 'below', 'nearest'])
    expect(operatorsFor(subjects(2))).not.toContain('trend')
    expect(operatorsFor(subjects(3))).toContain('trend')
  })
})

describe('problems', () => {
  it('are none in the bundled claims', () => {
    for (const { slug, evidence } of evidences) {
      const known = Object.fromEntries(
        Object.entries(evidence.measurements).map(([name, measurement]) => [
          name,
          // Regions are known where pictures are; here every name is taken.
          subjectsOf(measurement, () => []),
        ]),
      )
      for (const claim of Object.values(evidence.claims))
        expect(findClaimProblems(claim, known), slug).toEqual([])
    }
  })

  it.each<[Claim, string]>([
    [{ op: 'highest', of: 'x', subject: 's0' }, 'no-measurement'],
    [{ op: 'highest', of: 'm', subject: 'other' }, 'no-subject'],
    [{ op: 'exceeds', of: 'm', subject: 's0', other: 's0' }, 'with-itself'],
    [{ op: 'nearest', of: 'm', subject: 's0', to: 3, among: [1, 2] }, 'not-among'],
  ])('%j', (claim, kind) => {
    expect(findClaimProblems(claim, { m: subjects(2) })).toMatchObject([{ kind }])
    expect(findClaimProblems({ op: 'not', claim } as Claim, { m: subjects(2) })).toMatchObject([{ kind }])
  })
})

describe('measurements', () => {
  const weight = measurementSchema.parse({ measure: 'region-weight', picture: 2 })
  const enrichment = measurementSchema.parse({ measure: 'region-enrichment', method: 'saliency', picture: 2 })

  it('that go take their terms along, and no other', () => {
    const about = (of: string): Claim => ({ op: 'highest', of, subject: 'a' })
    const evidence = {
      kind: 'claims' as const,
      measurements: { weight, enrichment },
      claims: {
        both: claimSchema.parse({ op: 'all', claims: [about('weight'), about('enrichment')] }),
        one: about('weight'),
        other: about('enrichment'),
      },
    }
    expect(withoutMeasurement(evidence, 'weight')).toEqual({
      kind: 'claims',
      measurements: { enrichment },
      claims: { both: about('enrichment'), other: about('enrichment') },
    })
  })

  it('get names of their own', () => {
    expect(freshMeasurementName(weight, [])).toBe('region-weight')
    expect(freshMeasurementName(weight, ['region-weight', 'region-weight-2'])).toBe('region-weight-3')
  })
})
