import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '@/lib/explainers/random'
import { type Arrival, quantile, simulate } from '@/tests/bench/scale/queueing'

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const exponential = (random: RandomStream, average: number) => -Math.log(1 - random.uniform()) * average

/** Poisson arrivals at one station. */
function poisson(
  count: number,
  rate: number,
  seconds: (random: RandomStream) => number,
  seed: number,
): Arrival[] {
  const random = new RandomStream(seed, 'arrivals')
  let at = 0
  return Array.from({ length: count }, () => {
    at += exponential(random, 1 / rate)
    return { at, kind: 0, visits: [{ station: 0, seconds: seconds(random) }] }
  })
}

/** Erlang's C: the share of arrivals that wait at c servers under so much load, in servers. */
function erlangC(servers: number, load: number): number {
  let blocked = 1 // Erlang's B, by its recursion
  for (let index = 1; index <= servers; index += 1) blocked = (load * blocked) / (index + load * blocked)
  return (servers * blocked) / (servers - load * (1 - blocked))
}

const MANY = 200_000

describe('the simulated queue', () => {
  it.each([
    [1, 0.5],
    [1, 0.8],
    [2, 0.7],
    [8, 0.85],
  ])('waits as M/M/c does: %i servers, utilisation %f', (servers, utilisation) => {
    const rate = servers * utilisation // a service takes one second on average
    const { times, stations, end } = simulate(
      [servers],
      poisson(MANY, rate, (random) => exponential(random, 1), 7),
      1,
    )
    const waiting = erlangC(servers, rate) / (servers - rate)
    expect(mean(times[0]!)).toBeGreaterThan((1 + waiting) * 0.95)
    expect(mean(times[0]!)).toBeLessThan((1 + waiting) * 1.05)
    expect(stations[0]!.busy / end / servers).toBeCloseTo(utilisation, 1)
  })

  it.each([0.5, 0.8])('waits as M/D/1 does, half as long as M/M/1: utilisation %f', (utilisation) => {
    const { times } = simulate(
      [1],
      poisson(MANY, utilisation, () => 1, 11),
      1,
    )
    const expected = 1 + utilisation / (2 * (1 - utilisation)) // Pollaczek and Khinchine
    expect(mean(times[0]!)).toBeGreaterThan(expected * 0.96)
    expect(mean(times[0]!)).toBeLessThan(expected * 1.04)
  })

  it('loses no job, does all work, and is never faster than the work itself', () => {
    const arrival = fc.record({
      gap: fc.double({ min: 0, max: 2, noNaN: true }),
      kind: fc.nat(1),
      visits: fc.array(
        fc.record({ station: fc.nat(2), seconds: fc.double({ min: 0.001, max: 3, noNaN: true }) }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
    })
    fc.assert(
      fc.property(
        fc.array(arrival, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
        (drawn, servers) => {
          let at = 0
          const arrivals = drawn.map(({ gap, kind, visits }) => {
            at += gap
            return { at, kind, visits }
          })
          const { times, stations, end } = simulate(servers, arrivals, 2)
          expect(times.flat()).toHaveLength(arrivals.length)
          for (const [index, { busy, most }] of stations.entries()) {
            const visits = arrivals.flatMap((job) => job.visits).filter(({ station }) => station === index)
            expect(busy).toBeCloseTo(visits.reduce((sum, { seconds }) => sum + seconds, 0))
            expect(busy).toBeLessThanOrEqual(servers[index]! * end + 1e-9)
            expect(most).toBeLessThanOrEqual(visits.length)
          }
          const own = arrivals.map(({ visits }) => visits.reduce((sum, { seconds }) => sum + seconds, 0))
          expect(times.flat().reduce((sum, time) => sum + time, 0)).toBeGreaterThanOrEqual(
            own.reduce((sum, seconds) => sum + seconds, 0) - 1e-6,
          )
        },
      ),
    )
  })

  it('serves in the order of arrival at one server', () => {
    const arrivals = [0, 0.1, 0.2].map((at) => ({ at, kind: 0, visits: [{ station: 0, seconds: 1 }] }))
    const { times, stations, end } = simulate([1], arrivals, 1)
    expect(times[0]!.map((time) => Number(time.toFixed(6)))).toEqual([1, 1.9, 2.8])
    expect([stations[0]!.most, end]).toEqual([3, 3])
  })

  it('quantiles are of the values', () => {
    expect([0, 0.5, 0.99].map((share) => quantile([4, 1, 3, 2], share))).toEqual([1, 3, 4])
    expect(quantile([], 0.5)).toBe(0)
  })
})
