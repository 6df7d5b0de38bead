import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ReplayTimes } from '@/lib/database/replay-times'

const steps = fc.array(fc.record({ bytes: fc.bigInt(0n, 5n), ms: fc.integer({ min: 0, max: 50 }) }), {
  minLength: 1,
  maxLength: 60,
})

it('a replica is never said to show a moment after whose commits it lacks', () => {
  fc.assert(
    fc.property(steps, fc.bigInt(0n, 300n), (log, replayed) => {
      const times = new ReplayTimes(1_000)
      let [position, at] = [0n, 0]
      const noted = log.map(({ bytes, ms }) => {
        position += bytes
        at += ms
        times.note(position, at)
        return { position, at }
      })
      const reached = noted.filter((one) => one.position <= replayed && one.at >= at - 1_000)
      expect(times.momentOf(replayed)).toBe(reached.at(-1)?.at)
    }),
  )
})

it('what was noted of a database that went back counts no more', () => {
  const times = new ReplayTimes(1_000)
  times.note(100n, 1)
  times.note(50n, 2)
  expect(times.momentOf(60n)).toBe(2)
  expect(times.momentOf(49n)).toBeUndefined()
})
