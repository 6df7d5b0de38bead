import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '@/lib/explainers/random'
import { simulateInstallation, timesOf } from '@/tests/bench/scale/installation'
import { deadlineHour, drawRequests, intensity, REQUESTS } from '@/tests/bench/scale/traffic'

const habit = fc.record({
  rush: fc.double({ min: 0, max: 1, noNaN: true }),
  until: fc.double({ min: 0.1, max: 1, noNaN: true }),
})

describe('the hour before a deadline', () => {
  it('has on average as many requests as students make, whatever the rush', () => {
    fc.assert(
      fc.property(habit, (given) => {
        const steps = 20_000
        let area = 0
        for (let step = 0; step < steps; step += 1) area += intensity(given, (step + 0.5) / steps) / steps
        expect(area).toBeCloseTo(1, 2)
      }),
      { numRuns: 25 },
    )
  })

  it('is drawn with these numbers, in order of time, more of them towards the end', () => {
    const students = 300
    const asked = [
      ...drawRequests({ students, seconds: 3600, habits: deadlineHour }, new RandomStream(3, 'hour')),
    ]
    for (const request of REQUESTS) {
      const expected = students * deadlineHour[request].times
      const count = asked.filter((one) => one.request === request).length
      expect(Math.abs(count - expected), request).toBeLessThan(6 * Math.sqrt(expected))
    }
    expect(asked.every(({ at }, index) => index === 0 || at >= asked[index - 1]!.at)).toBe(true)
    const lastFive = asked.filter(({ at, request }) => request === 'submit' && at > 3300).length
    expect(lastFive / students).toBeGreaterThan(0.4)
    expect(asked.filter(({ at, request }) => request === 'start' && at > 2700)).toEqual([])
  })

  it('a part of it is what falls into that part', () => {
    const part = { students: 2000, seconds: 3600, habits: deadlineHour, from: 0.9, to: 1 }
    const drawn = [...drawRequests(part, new RandomStream(5, 'part'))]
    const whole = [...drawRequests({ ...part, from: 0 }, new RandomStream(6, 'whole'))].filter(
      ({ at }) => at >= 3240,
    )
    expect(Math.abs(drawn.length - whole.length)).toBeLessThan(6 * Math.sqrt(whole.length))
  })
})

describe('an installation', () => {
  const costs = Object.fromEntries(REQUESTS.map((name) => [name, { web: 0.004, database: 0.001 }])) as never

  it('answers faster with more processes, and works as much', () => {
    const hour = { students: 400, seconds: 600, habits: deadlineHour }
    const run = (webProcesses: number) =>
      simulateInstallation(
        drawRequests(hour, new RandomStream(1, 'requests')),
        costs,
        { webProcesses, databaseCores: 2 },
        new RandomStream(2, 'costs'),
      )
    const [few, many] = [run(2), run(16)]
    expect(timesOf(many).save.count).toBe(timesOf(few).save.count)
    expect(timesOf(many).save.p95).toBeLessThan(timesOf(few).save.p95)
    const work = ({ stations }: typeof few) => stations.reduce((sum, { busy }) => sum + busy, 0)
    expect(Math.abs(work(many) / work(few) - 1)).toBeLessThan(0.03)
  })
})
