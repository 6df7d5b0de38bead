import { RandomStream } from '@/lib/explainers/random'
import { simulateMachine, timesOf } from './installation'
import type { MeasuredCosts } from './real-run'
import { type Asked, REQUESTS, type RequestName } from './traffic'

/**
 * A larger real run on a quiet machine: what `npm run bench:load` measured with 3,000 students on 2026-11-23, as
 * docs/performance.md has it. Its processor time is by phase: of a start the mean of its two pages and itself.
 */

interface Phase {
  readonly name: string
  readonly requests: readonly RequestName[]
  /** A second, all together. */
  readonly rate: number
  readonly seconds: number
  /** Milliseconds of web, PostgreSQL and student for one request. */
  readonly cost: readonly [number, number, number]
  /** Milliseconds. */
  readonly measured: Partial<Readonly<Record<RequestName, { readonly p50: number; readonly p95: number }>>>
}

const PROCESSORS = 2

const phases: readonly Phase[] = [
  {
    name: 'saves, 500 a second',
    requests: ['save'],
    rate: 500,
    seconds: 30,
    cost: [0.73, 0.65, 0.24],
    measured: { save: { p50: 1.3, p95: 7.9 } },
  },
  {
    name: 'starts within 60 s, pages',
    requests: ['front', 'start', 'page'],
    rate: 150,
    seconds: 60,
    cost: [10.2, 1.7, 0.7],
    measured: { page: { p50: 1214, p95: 2797 } },
  },
  {
    name: 'submissions within 30 s',
    requests: ['submit'],
    rate: 100,
    seconds: 30,
    cost: [10.7, 2.7, 0.5],
    measured: { submit: { p50: 15, p95: 682 } },
  },
]

/** Processor seconds in that run and those beside it; `read` is what a save took while it went through Next's router. */
export const recordedCosts: MeasuredCosts = {
  front: { web: 0.0146, database: 0.0017, students: 0.0007 },
  start: { web: 0.0027, database: 0.0017, students: 0.0007 },
  page: { web: 0.014, database: 0.0017, students: 0.0007 },
  read: { web: 0.0033, database: 0.0006, students: 0.0003 },
  save: { web: 0.00073, database: 0.00065, students: 0.00024 },
  submit: { web: 0.0107, database: 0.0027, students: 0.0005 },
}

export interface RecordedCheck {
  readonly name: string
  /** Share of the machine that the phase needs by its costs. */
  readonly load: number
  /** Seconds. */
  readonly measured: { readonly p50: number; readonly p95: number }
  readonly model: { readonly p50: number; readonly p95: number }
}

/** @returns the recorded phases beside what the model makes of them. */
export function checkRecorded(): readonly RecordedCheck[] {
  return phases.map(({ name, requests, rate, seconds, cost, measured }) => {
    const [web, database, students] = cost.map((milliseconds) => milliseconds / 1000) as [
      number,
      number,
      number,
    ]
    const costs = Object.fromEntries(
      REQUESTS.map((request) => [request, { web, database, students }]),
    ) as MeasuredCosts
    const asked: Asked[] = Array.from({ length: rate * seconds }, (_, index) => ({
      at: index / rate,
      request: requests[index % requests.length]!,
    }))
    const machine = { processors: PROCESSORS, other: 0 }
    const modelled = timesOf(simulateMachine(asked, costs, machine, new RandomStream(3, name)))
    const [[request, found]] = Object.entries(measured) as [[RequestName, { p50: number; p95: number }]]
    return {
      name,
      load: (rate * (web + database + students)) / PROCESSORS,
      measured: { p50: found.p50 / 1000, p95: found.p95 / 1000 },
      model: modelled[request],
    }
  })
}
