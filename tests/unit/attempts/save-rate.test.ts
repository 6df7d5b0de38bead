import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { saveBurst, saveRefill, takeSave } from '@/lib/attempts/save-rate'

describe('the rate of saves', () => {
  it('allows a burst, then what comes back, and says how long to wait', () => {
    let bucket: Parameters<typeof takeSave>[0]
    const save = (now: number) => {
      const taken = takeSave(bucket, now)
      bucket = taken.bucket
      return taken.waitSeconds
    }
    for (let count = 0; count < saveBurst; count++) expect(save(1000)).toBe(0)
    const wait = save(1000)
    expect(wait).toBeGreaterThanOrEqual(1)
    expect(save(1000 + wait * 1000)).toBe(0)
  })

  it('whoever waits as told is served, and no schedule gets more than the burst and the refill', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 2000 }), (pauses) => {
        let now = 0
        let served = 0
        let bucket: Parameters<typeof takeSave>[0]
        for (const pause of pauses) {
          now += pause
          const taken = takeSave(bucket, now)
          bucket = taken.bucket
          if (taken.waitSeconds === 0) served++
          else expect(takeSave(bucket, now + taken.waitSeconds * 1000).waitSeconds).toBe(0)
        }
        expect(served).toBeLessThanOrEqual(saveBurst + (now / 1000) * saveRefill + 1)
      }),
    )
  })
})
