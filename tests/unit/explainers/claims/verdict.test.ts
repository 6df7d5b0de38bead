import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Readings } from '@/lib/explainers/claims/evaluate'
import { judge, type Statement } from '@/lib/explainers/claims/verdict'

const weights = (values: Readonly<Record<string, number | null>>): Readings => ({
  weight: {
    values: Object.entries(values).map(([subject, value]) => ({
      subject,
      name: { zh: subject, en: subject },
      value,
    })),
  },
})
const says = (id: string, subject: string, expected = false): Statement => ({
  id,
  expected,
  claim: { op: 'strongest', of: 'weight', subject },
})
const positive = (id: string, subject: string, expected = false): Statement => ({
  id,
  expected,
  claim: { op: 'above', of: 'weight', subject, than: 0 },
})
const statements = [says('a', 'strawberry', true), says('b', 'bottle'), says('c', 'table')]

describe('judge', () => {
  it('supports a key whose statements are true while no other is', () => {
    const verdict = judge(statements, [weights({ strawberry: -4, bottle: 0.2, table: -1 })])
    expect(verdict).toMatchObject({ judgement: 'supported', margin: 0.75, stability: null, isThin: false })
    expect(verdict.outcomes.map(({ holds }) => holds)).toEqual([true, false, false])
  })

  it('contradicts a key with a false statement, whatever else is true', () => {
    const verdict = judge(statements, [weights({ strawberry: -1, bottle: 0.2, table: -4 })])
    expect(verdict).toMatchObject({ judgement: 'contradicted', margin: -0.75 })
  })

  it('finds a distractor that is true as well', () => {
    const both = [positive('a', 'strawberry', true), positive('b', 'bottle')]
    const verdict = judge(both, [weights({ strawberry: 4, bottle: 1 })])
    expect(verdict).toMatchObject({ judgement: 'ambiguous', margin: -0.25 })
  })

  it('takes several true statements', () => {
    const both = [positive('a', 'strawberry', true), positive('b', 'bottle', true), positive('c', 'table')]
    expect(judge(both, [weights({ strawberry: 4, bottle: 1, table: -2 })]).judgement).toBe('supported')
    expect(judge(both, [weights({ strawberry: 4, bottle: -1, table: -2 })]).judgement).toBe('contradicted')
  })

  it('a tie supports nothing', () => {
    const verdict = judge(statements, [weights({ strawberry: -4, bottle: 4, table: -1 })])
    expect(verdict).toMatchObject({ judgement: 'contradicted', margin: 0, isThin: true })
  })

  it('a missing number leaves the verdict undecided, unless the key is false without it', () => {
    expect(judge(statements, [weights({ strawberry: -4, bottle: null, table: -1 })])).toMatchObject({
      judgement: 'undecided',
      margin: null,
      isThin: false,
    })
    expect(judge(statements, [weights({ strawberry: -1, bottle: null, table: -4 })]).judgement).toBe(
      'contradicted',
    )
    expect(judge(statements, [{}]).judgement).toBe('undecided')
  })

  it('has a margin above 0 only where it is supported, and then always where there is no tie', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(value, value, value, (strawberry, bottle, table) => {
        const { judgement, margin } = judge(statements, [weights({ strawberry, bottle, table })])
        if (margin! > 0) expect(judgement).toBe('supported')
        if (margin! < 0) expect(judgement).not.toBe('supported')
      }),
    )
  })

  it('goes by the first seed and says how many agree with it', () => {
    const good = weights({ strawberry: -4, bottle: 0, table: -1 })
    const bad = weights({ strawberry: -1, bottle: 0, table: -4 })
    const verdict = judge(statements, [good, good, bad])
    expect(verdict).toMatchObject({
      judgement: 'supported',
      stability: { seeds: 3, agreeing: 2 },
      isThin: true,
    })
    expect(judge(statements, [bad, good, good]).judgement).toBe('contradicted')
  })

  it('is thin where the margin is under its spread, though all seeds agree', () => {
    const seeds = [0.05, 0.95, 0.9].map((lead) => weights({ strawberry: -1, bottle: 1 - lead, table: 0 }))
    const verdict = judge(statements, seeds)
    expect(verdict.stability).toMatchObject({ seeds: 3, agreeing: 3 })
    expect(verdict.stability!.spread).toBeGreaterThan(verdict.margin!)
    expect(verdict.isThin).toBe(true)
    expect(judge(statements, [seeds[1]!, seeds[2]!]).isThin).toBe(false)
  })

  it('needs readings', () => {
    expect(() => judge(statements, [])).toThrow(RangeError)
  })
})
