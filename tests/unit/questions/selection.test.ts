import { describe, expect, it } from 'vitest'
import type { Selection } from '@/lib/questions/content'
import { findSelectionProblem, maximumChoices } from '@/lib/questions/selection'

const part = (selection: Selection) => ({
  selection,
  options: ['a', 'b', 'c'].map((id) => ({ id, text: { zh: id, en: id } })),
})

describe('findSelectionProblem', () => {
  it('takes an empty, a partial and a full answer', () => {
    for (const chosen of [[], ['a'], ['c', 'a']]) {
      expect(findSelectionProblem(part({ kind: 'count', count: 2 }), chosen)).toBeNull()
      expect(findSelectionProblem(part({ kind: 'any' }), chosen)).toBeNull()
    }
    expect(findSelectionProblem(part({ kind: 'one' }), ['b'])).toBeNull()
  })

  it('says what is wrong and what is allowed', () => {
    expect(findSelectionProblem(part({ kind: 'one' }), ['z'])).toBe(
      'there is no option "z"; allowed are a, b, c',
    )
    expect(findSelectionProblem(part({ kind: 'any' }), ['a', 'a'])).toBe(
      'option "a" is named twice; each may be named once',
    )
    expect(findSelectionProblem(part({ kind: 'one' }), ['a', 'b'])).toBe(
      '2 options are chosen; at most 1 may be',
    )
    expect(findSelectionProblem(part({ kind: 'count', count: 2 }), ['a', 'b', 'c'])).toBe(
      '3 options are chosen; at most 2 may be',
    )
  })

  it('allows every option where any number may be chosen', () => {
    expect(maximumChoices({ kind: 'any' }, 5)).toBe(5)
  })
})
