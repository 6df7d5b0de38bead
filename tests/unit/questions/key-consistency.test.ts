import { describe, expect, it } from 'vitest'
import type { PartKey, QuestionContent, QuestionKey, Selection } from '@/lib/questions/content'
import { findKeyProblems } from '@/lib/questions/key-consistency'

const text = { zh: '字', en: 'text' }
const question = (selection: Selection, ids = ['a', 'b', 'c'], partIds = ['q1']): QuestionContent => ({
  label: '1',
  topic: 'lime',
  prompt: text,
  parts: partIds.map((id) => ({
    id,
    label: '1',
    selection,
    points: 300,
    options: ids.map((one) => ({ id: one, text })),
  })),
})
const key = (correct: string[], rule: PartKey['rule'] = { name: 'exact' }): QuestionKey => ({
  q1: { correct, rule, explanation: text },
})
const messages = (content: QuestionContent, secret: QuestionKey) =>
  findKeyProblems(content, secret).map(({ message }) => message)

describe('findKeyProblems', () => {
  it('finds nothing wrong with a key that fits', () => {
    expect(findKeyProblems(question({ kind: 'one' }), key(['b']))).toEqual([])
    expect(findKeyProblems(question({ kind: 'count', count: 2 }), key(['b', 'c']))).toEqual([])
    expect(findKeyProblems(question({ kind: 'any' }), key(['a', 'b', 'c']))).toEqual([])
    const weighted = { name: 'weighted', fractions: { a: 600, b: 400, c: -500 } } as const
    expect(findKeyProblems(question({ kind: 'any' }), key(['a', 'b'], weighted))).toEqual([])
  })

  it('names a stray, missing or repeated id', () => {
    expect(messages(question({ kind: 'one' }), key(['z']))).toEqual([
      'the key names option "z"; allowed are a, b, c',
    ])
    expect(messages(question({ kind: 'any' }), key(['a', 'a']))[0]).toMatch(/names option "a" twice/)
    expect(messages(question({ kind: 'one' }, ['a', 'a']), key(['a']))[0]).toMatch(
      /option id "a" is used twice/,
    )
    expect(messages(question({ kind: 'one' }, undefined, ['q1', 'q1']), key(['a']))[0]).toMatch(
      /part id "q1" is used/,
    )
    expect(messages(question({ kind: 'one' }), {})).toEqual(['the part has no key; name its correct options'])
    expect(messages(question({ kind: 'one' }, undefined, ['q2']), key(['a']))).toContain(
      'the key names a part "q1" that the question does not have; it has q2',
    )
  })

  it('compares the number of correct options with the selection', () => {
    expect(messages(question({ kind: 'one' }), key(['a', 'b']))[0]).toMatch(/asks for exactly 1/)
    expect(messages(question({ kind: 'count', count: 2 }), key(['a']))[0]).toMatch(/asks for exactly 2/)
    expect(messages(question({ kind: 'count', count: 4 }), key(['a', 'b']))).toContain(
      'the selection asks for 4 of 3 options',
    )
  })

  it('refuses weights by which a wrong choice would earn points or the key would not earn all', () => {
    const weigh = (fractions: Record<string, number>) =>
      messages(question({ kind: 'any' }), key(['a', 'b'], { name: 'weighted', fractions }))
    expect(weigh({ a: 500, b: 500, c: 1 })[0]).toMatch(/weight of "c" is 1; allowed is −1000 to 0/)
    expect(weigh({ a: -1, b: 1000 })[0]).toMatch(/weight of "a" is -1; allowed is 0 to 1000/)
    expect(weigh({ a: 500 })).toEqual([
      'the weights of the correct options add up to 500; they must make 1000',
    ])
    expect(weigh({ a: 500, b: 500, z: 0 })[0]).toMatch(/weights name option "z"/)
  })

  it('asks for a claim of every option, about measurements that there are', () => {
    const claim = (of: string, subject: string) => ({ op: 'lowest', of, subject }) as const
    const withClaims = (claims: Record<string, ReturnType<typeof claim>>): QuestionKey => ({
      q1: {
        ...key(['b']).q1!,
        evidence: {
          kind: 'claims',
          measurements: { weight: { measure: 'region-removal', picture: 2 } },
          claims,
        },
      },
    })
    const claims = { a: claim('weight', 'x'), b: claim('weight', 'y'), c: claim('weight', 'z') }
    expect(messages(question({ kind: 'one' }), withClaims(claims))).toEqual([])
    const { c, ...two } = claims
    expect(messages(question({ kind: 'one' }), withClaims(two))).toEqual([
      'option "c" has no claim; each option needs one',
    ])
    expect(messages(question({ kind: 'one' }), withClaims({ ...claims, d: c }))).toEqual([
      'there is a claim of option "d"; options are a, b, c',
    ])
    expect(messages(question({ kind: 'one' }), withClaims({ ...claims, c: claim('mass', 'x') }))).toEqual([
      'the claim of option "c" names a measurement "mass"; there are weight',
    ])
  })
})
