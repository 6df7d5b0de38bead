import { describe, expect, it } from 'vitest'
import { processCount } from '@/bin/web.mjs'

describe('the number of web processes', () => {
  it('leaves a processor to the database where there are more than two, and is eight at most', () => {
    expect([1, 2, 3, 4, 16].map((processors) => processCount(undefined, processors))).toEqual([1, 2, 2, 3, 8])
    expect(processCount('', 2)).toBe(2)
  })

  it('is what was asked for, or is refused', () => {
    expect(processCount('1', 16)).toBe(1)
    expect(processCount('8', 1)).toBe(8)
    for (const wrong of ['0', '9', '1.5', 'two']) expect(() => processCount(wrong, 4)).toThrow(RangeError)
  })
})
