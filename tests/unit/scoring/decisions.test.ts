import { describe, expect, it } from 'vitest'
import { countDecisions } from '@/lib/scoring/decisions'

const offered = ['a', 'b', 'c', 'd']

describe('countDecisions', () => {
  it('counts right, wrong and missed choices', () => {
    expect(countDecisions(offered, ['a', 'd'], ['d', 'b'])).toEqual({
      right: 1,
      wrong: 1,
      missed: 1,
      correct: 2,
      offered: 4,
    })
    expect(countDecisions(offered, ['a'], [])).toEqual({
      right: 0,
      wrong: 0,
      missed: 1,
      correct: 1,
      offered: 4,
    })
  })

  it('refuses an option that is not offered, and says which are', () => {
    expect(() => countDecisions(offered, ['a'], ['a', 'z'])).toThrow(
      'answer: there is no option "z"; allowed are a, b, c, d',
    )
    expect(() => countDecisions(offered, ['z'], [])).toThrow('key: there is no option "z"')
  })

  it('refuses an option that is named twice', () => {
    expect(() => countDecisions(offered, ['a'], ['b', 'b'])).toThrow('answer: option "b" is named twice')
    expect(() => countDecisions(['a', 'a'], ['a'], [])).toThrow('options: option "a" is named twice')
  })
})
