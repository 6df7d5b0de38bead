import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finds } from '@/lib/people/finding'

describe('a search for people', () => {
  it('finds a line by any of its words, in any order and case', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9@.\u4e00-\u9fff]{1,8}$/), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(words, fc.nat(), (line, seed) => {
        const some = line.filter((_, index) => (seed >> index) & 1).toReversed()
        expect(finds(some.join('  ').toUpperCase())(line.join(' '))).toBe(true)
      }),
    )
  })

  it('takes wide characters for narrow ones', () => {
    expect(finds('ｍｅｉ　林')('林 Mei · mei@example.org')).toBe(true)
  })

  it('wants every word', () => {
    expect(finds('mei wang')('Mei Lin')).toBe(false)
  })
})
