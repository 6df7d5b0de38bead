import { describe, expect, it } from 'vitest'
import { makeZip } from '@/lib/interchange/zip-writing'
import { makeZip as makeTestZip } from '../../integration/server/zip-making'

describe('a zip', () => {
  it('is byte for byte as the tests’ own writer makes it, but for date and the mark of UTF-8', () => {
    const files = [
      { name: 'assignment.json', bytes: Buffer.from('{}') },
      { name: 'pictures/a.png', bytes: Buffer.from([1, 2, 3]) },
    ]
    const [one, other] = [makeZip(files), Buffer.from(makeTestZip(files))]
    expect(one.length).toBe(other.length)
    const differing = [...one.keys()].filter((place) => one[place] !== other[place])
    // Flags and date, in each of two headers of each file; "made by" in each of the directory's.
    expect(differing.length).toBeLessThanOrEqual(4 * 2 + 2)
  })
})
