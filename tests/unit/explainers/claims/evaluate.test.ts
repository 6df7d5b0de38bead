import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Claim, type Comparison, claimSchema, TRENDS } from '@/lib/explainers/claims/claim'
import { evaluateClaim, type Readings } from '@/lib/explainers/claims/evaluate'

const named = (values: readonly (number | null)[]) => ({
  values: values.map((value, index) => ({
    subject: `s${index}`,
    name: { zh: `s${index}`, en: `s${index}` },
    value,
  })),
})
const readings = (...values: (number | null)[]): Readings => ({ m: named(values) })
const evaluate = (claim: Claim, ...values: (number | null)[]) => evaluateClaim(claim, readings(...values))

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)
const numbers = fc.array(number, { minLength: 2, maxLength: 6 })
const maybe = fc.option(number, { nil: null })

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    op: fc.constantFrom('highest' as const, 'lowest' as const, 'strongest' as const),
    of: fc.constant('m'),
    subject: fc.constantFrom('s0', 's1', 's2'),
  }),
  fc.record({
    op: fc.constantFrom('above' as const, 'below' as const),
    of: fc.constant('m'),
    subject: fc.constantFrom('s0', 's1'),
    than: number,
  }),
  fc.record({
    op: fc.constant('exceeds' as const),
    of: fc.constant('m'),
    subject: fc.constant('s0'),
    other: fc.constant('s1'),
  }),
  fc.record({
    op: fc.constant('from' as const),
    of: fc.constant('m'),
    subject: fc.constantFrom('s0', 's1', 's2'),
    above: number,
  }),
  fc
    .uniqueArray(number, { minLength: 2, maxLength: 4 })
    .map((among) => ({ op: 'nearest' as const, of: 'm', subject: 's0', to: among[0]!, among })),
  fc.record({
    op: fc.constant('trend' as const),
    of: fc.constant('m'),
    trend: fc.constantFrom(...TRENDS),
  }),
)
const term = fc.oneof(
  comparison,
  comparison.map((claim) => ({ op: 'not' as const, claim })),
)
const claim: fc.Arbitrary<Claim> = fc.oneof(
  term,
  fc.record({
    op: fc.constantFrom('all' as const, 'any' as const),
    claims: fc.array(term, { minLength: 2, maxLength: 3 }),
  }),
)

describe('every claim', () => {
  it('fits its schema, and comes back from JSON unchanged', () => {
    fc.assert(
      fc.property(claim, (one) => {
        expect(claimSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(JSON.parse(JSON.stringify(one)))
      }),
    )
  })

  it('has a margin on its side of zero, from −1 to 1, and none where it is open', () => {
    fc.assert(
      fc.property(claim, fc.array(maybe, { minLength: 1, maxLength: 6 }), (one, values) => {
        const { holds, margin } = evaluate(one, ...values)
        if (holds === null) {
          expect(margin).toBeNull()
          return
        }
        expect(Math.abs(margin!)).toBeLessThanOrEqual(1)
        if (holds) expect(margin).toBeGreaterThanOrEqual(0)
        else expect(margin).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('is never decided against what the missing numbers turn out to be', () => {
    fc.assert(
      fc.property(
        claim,
        fc.array(fc.tuple(number, fc.boolean()), { minLength: 3, maxLength: 5 }),
        (one, values) => {
          const before = evaluate(one, ...values.map(([value, known]) => (known ? value : null)))
          const after = evaluate(one, ...values.map(([value]) => value))
          if (before.holds !== null) expect(after.holds).toBe(before.holds)
        },
      ),
    )
  })

  it('is not changed by the unit: all numbers times a positive factor', () => {
    const plain = claim.filter((one) => !JSON.stringify(one).match(/"than"|"above":|"among"/))
    fc.assert(
      fc.property(
        plain,
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 5 }),
        fc.constantFrom(2, 8, 1024),
        (one, values, factor) => {
          expect(evaluate(one, ...values.map((value) => value * factor))).toEqual(evaluate(one, ...values))
        },
      ),
    )
  })

  it('is open where measurement or subject do not exist', () => {
    expect(evaluate({ op: 'above', of: 'other', subject: 's0', than: 0 }, 1)).toEqual({
      holds: null,
      margin: null,
    })
    expect(evaluate({ op: 'highest', of: 'm', subject: 'nobody' }, 1, 2).holds).toBeNull()
    expect(evaluate({ op: 'from', of: 'm', subject: 'nobody', above: 0 }, 1, 2).holds).toBeNull()
  })
})

describe('not, all, any', () => {
  it('obey De Morgan, missing numbers included', () => {
    const inner = fc.array(comparison, { minLength: 2, maxLength: 3 })
    fc.assert(
      fc.property(inner, fc.array(maybe, { minLength: 1, maxLength: 5 }), (claims, values) => {
        const all = evaluate({ op: 'all', claims }, ...values)
        const any = evaluate(
          { op: 'any', claims: claims.map((one) => ({ op: 'not', claim: one })) },
          ...values,
        )
        expect(any.holds).toBe(all.holds === null ? null : !all.holds)
        expect(any.margin).toBe(all.margin === null ? null : 0 - all.margin)
      }),
    )
  })

  it('need all, or one, as Kleene has it', () => {
    const above = (subject: string) => ({ op: 'above', of: 'm', subject, than: 0 }) as const
    const claims = [above('s0'), above('s1')]
    expect(evaluate({ op: 'all', claims }, 1, null).holds).toBeNull()
    expect(evaluate({ op: 'all', claims }, -1, null).holds).toBe(false)
    expect(evaluate({ op: 'any', claims }, 1, null).holds).toBe(true)
    expect(evaluate({ op: 'any', claims }, -1, null).holds).toBeNull()
  })
})

describe('highest, lowest, strongest', () => {
  it('hold for at most one subject, and for one exactly where there is no tie', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('highest', 'lowest', 'strongest'), (values, op) => {
        const holding = values.filter(
          (_, index) => evaluate({ op, of: 'm', subject: `s${index}` } as Claim, ...values).holds,
        )
        const size = (value: number) =>
          op === 'strongest' ? Math.abs(value) : op === 'lowest' ? -value : value
        const best = Math.max(...values.map(size))
        const isTie = values.filter((value) => size(value) === best).length > 1
        expect(holding.map(size)).toEqual(isTie ? [] : [best])
      }),
    )
  })

  it('a tie is false, with the margin 0', () => {
    expect(evaluate({ op: 'highest', of: 'm', subject: 's0' }, 2, 2)).toEqual({ holds: false, margin: 0 })
  })

  it('a missing rival leaves open what it could decide', () => {
    expect(evaluate({ op: 'highest', of: 'm', subject: 's0' }, 2, 1, null).holds).toBeNull()
    expect(evaluate({ op: 'highest', of: 'm', subject: 's1' }, 2, 1, null).holds).toBe(false)
    expect(evaluate({ op: 'highest', of: 'm', subject: 's0' }, 2).holds).toBeNull()
  })

  it('measure the lead in units of the largest magnitude', () => {
    expect(evaluate({ op: 'strongest', of: 'm', subject: 's0' }, -4, 1)).toEqual({
      holds: true,
      margin: 0.75,
    })
    expect(evaluate({ op: 'lowest', of: 'm', subject: 's1' }, -4, 1)).toEqual({ holds: false, margin: -1 })
  })
})

describe('above, below, exceeds', () => {
  it('are strict, and opposites away from a tie', () => {
    fc.assert(
      fc.property(number, number, (value, than) => {
        const above = evaluate({ op: 'above', of: 'm', subject: 's0', than }, value)
        const below = evaluate({ op: 'below', of: 'm', subject: 's0', than }, value)
        expect(above.holds).toBe(value > than)
        expect(below.holds).toBe(value < than)
        expect(below.margin).toBe(0 - above.margin!)
      }),
    )
  })

  it('count nearness to 0 against the other numbers, so that a small number is thin', () => {
    expect(evaluate({ op: 'above', of: 'm', subject: 's0', than: 0 }, 0.2, -4).margin).toBeCloseTo(0.05)
  })

  it('exceeds is the order of two', () => {
    fc.assert(
      fc.property(number, number, (one, other) => {
        const claim = { op: 'exceeds', of: 'm', subject: 's0', other: 's1' } as const
        expect(evaluate(claim, one, other).holds).toBe(one > other)
      }),
    )
  })
})

describe('nearest', () => {
  const among = [0.81, 0.99, 0.18, 0.01]
  const nearest = (to: number) => ({ op: 'nearest', of: 'm', subject: 's0', to, among }) as const

  it('holds for at most one number', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), (value) => {
        expect(among.filter((to) => evaluate(nearest(to), value).holds).length).toBeLessThanOrEqual(1)
      }),
    )
    expect(among.filter((to) => evaluate(nearest(to), 0.741).holds)).toEqual([0.81])
  })

  it('refuses a number that is not offered', () => {
    expect(claimSchema.safeParse({ ...nearest(0.5) }).success).toBe(false)
  })
})

describe('from', () => {
  const from = (subject: string) => ({ op: 'from', of: 'm', subject, above: 0 }) as const

  it('holds for at most one place: the first from which on all are above', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const holding = values.flatMap((_, index) =>
          evaluate(from(`s${index}`), ...values).holds ? [index] : [],
        )
        const last = values.findLastIndex((value) => value <= 0)
        expect(holding).toEqual(last === values.length - 1 ? [] : [last + 1])
      }),
    )
  })
})

describe('trend', () => {
  const trend = (name: (typeof TRENDS)[number]) => ({ op: 'trend', of: 'm', trend: name }) as const
  const found = (...values: number[]) => TRENDS.filter((name) => evaluate(trend(name), ...values).holds)

  it('is at most one of the four', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 8 }), (values) => {
        expect(found(...values).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('sees what prevails, not a bend at one end', () => {
    expect(found(1, 2, 3)).toEqual(['rises'])
    expect(found(3, 2, 1)).toEqual(['falls'])
    expect(found(0.1, 0.09, 0.5, 0.9)).toEqual(['rises'])
    expect(found(0.9, 0.4, 0.5, 0.8)).toEqual(['falls-then-rises'])
    expect(found(0.2, 0.9, 0.3)).toEqual(['rises-then-falls'])
    expect(found(1, 1, 1)).toEqual([])
  })

  it('turned upside down or read backwards, turns into its counterpart', () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 3, maxLength: 8 }), (values) => {
        const margin = (name: (typeof TRENDS)[number], ...of: number[]) => evaluate(trend(name), ...of).margin
        const upside = values.map((value) => 0 - value)
        expect(margin('falls-then-rises', ...values)).toBe(margin('rises-then-falls', ...upside))
        expect(margin('rises', ...values)).toBe(margin('falls', ...values.toReversed()))
      }),
    )
  })

  it('needs three numbers and all of them', () => {
    expect(evaluate(trend('rises'), 1, 2).holds).toBeNull()
    expect(evaluate(trend('rises'), 1, null, 3).holds).toBeNull()
  })
})
