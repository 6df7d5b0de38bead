import type { RandomStream } from '@/lib/explainers/random'
import { type Arrival, quantile, type Simulated, simulate } from './queueing'
import { type Asked, REQUESTS, type RequestName } from './traffic'

/** An installation as a network of queues: pure. */

/** Processor seconds of one request. */
export interface Cost {
  readonly web: number
  readonly database: number
}

export type Costs = Readonly<Record<RequestName, Cost>>

export interface Installation {
  /** Each answers one request at a time; a browser's connection stays with one of them. */
  readonly webProcesses: number
  readonly databaseCores: number
}

/**
 * A request's own cost around the mean: half of it is always there, the other half varies exponentially (coefficient of
 * variation 0.5).
 */
function vary(mean: number, random: RandomStream): number {
  return mean * (0.5 - 0.5 * Math.log(1 - random.uniform()))
}

function* onStations(
  asked: Iterable<Asked>,
  costs: Costs,
  { webProcesses }: Installation,
  random: RandomStream,
): Generator<Arrival> {
  for (const { at, request } of asked) {
    const { web, database } = costs[request]
    yield {
      at,
      kind: REQUESTS.indexOf(request),
      visits: [
        { station: Math.floor(random.uniform() * webProcesses), seconds: vary(web, random) },
        { station: webProcesses, seconds: vary(database, random) },
      ],
    }
  }
}

/** Requests, each answered by one of several web processes and then by the database, on machines of their own. */
export function simulateInstallation(
  asked: Iterable<Asked>,
  costs: Costs,
  installation: Installation,
  random: RandomStream,
): Simulated {
  const servers = [...Array.from({ length: installation.webProcesses }, () => 1), installation.databaseCores]
  return simulate(servers, onStations(asked, costs, installation, random), REQUESTS.length)
}

/** Seconds of a piece of other work: about what a scheduler gives before somebody else's turn. */
const OTHER_PIECE = 0.004

/**
 * Everything on one machine, the simulated students too, as in the real run that the model is checked against.
 * @param machine its processors, and how many of them other work took meanwhile
 */
export function simulateMachine(
  asked: readonly Asked[],
  costs: Readonly<Record<RequestName, Cost & { readonly students: number }>>,
  machine: { readonly processors: number; readonly other: number },
  random: RandomStream,
): Simulated {
  const arrivals: Arrival[] = asked.map(({ at, request }) => {
    const { web, database, students } = costs[request]
    const visits = [web, database, students].map((part) => ({ station: 0, seconds: vary(part, random) }))
    return { at, kind: REQUESTS.indexOf(request), visits }
  })
  const last = asked.at(-1)?.at ?? 0
  const gap = OTHER_PIECE / machine.other
  for (let at = 0; machine.other > 0 && at < last; at -= Math.log(1 - random.uniform()) * gap)
    arrivals.push({ at, kind: REQUESTS.length, visits: [{ station: 0, seconds: OTHER_PIECE }] })
  arrivals.sort((one, other) => one.at - other.at)
  return simulate([machine.processors], arrivals, REQUESTS.length + 1)
}

export interface Times {
  readonly count: number
  /** Seconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** @returns how long each kind of request took. */
export function timesOf({ times }: Simulated): Readonly<Record<RequestName, Times>> {
  return Object.fromEntries(
    REQUESTS.map((request, index) => {
      const values = times[index]!
      const at = (share: number) => quantile(values, share)
      return [request, { count: values.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }]
    }),
  ) as Record<RequestName, Times>
}
