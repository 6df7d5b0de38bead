import { RandomStream } from '@/lib/explainers/random'
import { type Costs, simulateInstallation, type Times, timesOf } from './installation'
import { deadlineHour, drawRequests, intensity, REQUESTS, type RequestName } from './traffic'

/** Which machines a deadline hour needs: pure. */

export interface Prices {
  /** Cores of a web machine, one process each. */
  readonly webCores: number
  /** For a core and an hour, in any currency. */
  readonly webCoreHour: number
  readonly databaseCoreHour: number
}

export interface Plan {
  readonly students: number
  /** Requests a second in the last minute. */
  readonly peak: number
  readonly webMachines: number
  readonly webProcesses: number
  readonly databaseCores: number
  /** Shares of the processors, in the last five minutes. */
  readonly webUse: number
  readonly databaseUse: number
  /** Requests in the database at once, when there were most. */
  readonly mostInDatabase: number
  readonly times: Readonly<Record<RequestName, Times>>
  readonly hourCost: number
}

const HOUR = 3600
/** The busiest part is simulated: the last five minutes. */
const FROM = 11 / 12
/** Seconds that 95 of 100 wait at most. */
const GOALS = { page: 1, start: 1, save: 0.1, submit: 2 } as const
/** At 47 % a real machine kept 95 of 100 saves under 16 ms; at 68 % submissions waited for more than a second (recorded.ts). */
const HIGHEST_USE = 0.5
const SIZES = [1, 2, 4, 8, 16, 32, 48, 64, 96, 128, 192]

/** @returns processors that the requests of this moment keep busy. @param at share of the hour */
export function demand(
  students: number,
  costs: Costs,
  at: number,
): { web: number; database: number; rate: number } {
  let [web, database, rate] = [0, 0, 0]
  for (const request of REQUESTS) {
    const habit = deadlineHour[request]
    const perSecond = (students * habit.times * intensity(habit, at)) / HOUR
    rate += perSecond
    web += perSecond * costs[request].web
    database += perSecond * costs[request].database
  }
  return { web, database, rate }
}

/** Finds the fewest machines with which everybody is answered in time when most is asked. */
export function plan(students: number, costs: Costs, prices: Prices, seed = 1): Plan {
  const peak = demand(students, costs, 1)
  let webMachines = Math.ceil(peak.web / HIGHEST_USE / prices.webCores)
  let size = SIZES.findIndex((cores) => cores >= peak.database / HIGHEST_USE)
  if (size < 0) throw new RangeError(`no database server is large enough for ${students} students`)
  for (;;) {
    const found = attempt(students, costs, prices, webMachines, SIZES[size]!, seed)
    const late = (Object.keys(GOALS) as (keyof typeof GOALS)[]).some(
      (name) => found.times[name].p95 > GOALS[name],
    )
    if (!late) return found
    // Whoever is busier is the one that makes others wait.
    if (found.databaseUse > found.webUse && size + 1 < SIZES.length) size += 1
    else webMachines += Math.max(1, Math.round(webMachines / 10))
  }
}

function attempt(
  students: number,
  costs: Costs,
  prices: Prices,
  webMachines: number,
  databaseCores: number,
  seed: number,
): Plan {
  const webProcesses = webMachines * prices.webCores
  const asked = drawRequests(
    { students, seconds: HOUR, habits: deadlineHour, from: FROM },
    new RandomStream(seed, 'requests'),
  )
  const installation = { webProcesses, databaseCores }
  const simulated = simulateInstallation(asked, costs, installation, new RandomStream(seed, 'costs'))
  const seconds = HOUR * (1 - FROM)
  const database = simulated.stations[webProcesses]!
  const web = simulated.stations.slice(0, webProcesses).reduce((sum, { busy }) => sum + busy, 0)
  return {
    students,
    peak: demand(students, costs, 1).rate,
    webMachines,
    webProcesses,
    databaseCores,
    webUse: web / seconds / webProcesses,
    databaseUse: database.busy / seconds / databaseCores,
    mostInDatabase: database.most,
    times: timesOf(simulated),
    hourCost: webProcesses * prices.webCoreHour + databaseCores * prices.databaseCoreHour,
  }
}
