import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/**
 * Everything that one process counts, in one registry. Names follow Prometheus: base units, `_total` for what only grows.
 * Labels have few values: routes, tasks, methods, codes of a closed list; never an id, a name or an answer.
 */

/** Seconds, for what somebody waits for. */
const waits = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Seconds, for what is computed. */
const work = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]
/** Seconds, for what should take no time. */
const turns = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10]

/** What a pool of connections says of itself. */
export interface PoolState {
  readonly total: number
  readonly idle: number
  readonly waiting: number
}

export type Metrics = ReturnType<typeof createMetrics>

function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const poolStates = new Set<() => PoolState>()
  const readPools = (pick: (state: PoolState) => number) =>
    [...poolStates].reduce((sum, state) => sum + pick(state()), 0)
  new Gauge({
    name: 'vitrine_database_pool_connections',
    help: 'Connections to PostgreSQL that this process holds.',
    labelNames: ['state'],
    registers,
    collect() {
      const idle = readPools((state) => state.idle)
      this.set({ state: 'idle' }, idle)
      this.set({ state: 'busy' }, readPools((state) => state.total) - idle)
    },
  })
  new Gauge({
    name: 'vitrine_database_pool_waiting',
    help: 'Requests for a connection that wait for one now.',
    registers,
    collect() {
      this.set(readPools((state) => state.waiting))
    },
  })
  return {
    registry,
    /** Pools of this process, asked when somebody looks. */
    poolStates,
    requestSeconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from a request’s arrival to the end of its answer. status "aborted": the caller went away.',
      labelNames: ['method', 'route', 'status'],
      buckets: waits,
      registers,
    }),
    requestsUnderWay: new Gauge({
      name: 'http_requests_in_progress',
      help: 'Requests that are being answered.',
      registers,
    }),
    problems: new Counter({
      name: 'vitrine_problems_total',
      help: 'Requests that were refused or failed, by the code of the closed list of problems.',
      labelNames: ['method', 'route', 'code'],
      registers,
    }),
    saves: new Counter({
      name: 'vitrine_saves_total',
      help: 'Answers sent: stored, unchanged (had arrived before), superseded (a newer one is stored), refused, failed.',
      labelNames: ['outcome'],
      registers,
    }),
    starts: new Counter({
      name: 'vitrine_attempts_started_total',
      help: 'Attempts begun.',
      registers,
    }),
    submissions: new Counter({
      name: 'vitrine_submissions_total',
      help: 'Attempts submitted, by the student or by the server when time was over.',
      labelNames: ['by'],
      registers,
    }),
    signIns: new Counter({
      name: 'vitrine_sign_ins_total',
      help: 'Tries to sign in with a password: signed-in, wrong, throttled.',
      labelNames: ['outcome'],
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'vitrine_job_duration_seconds',
      help: 'Time that a job took. outcome "failed": it is tried again, or given up.',
      labelNames: ['task', 'outcome'],
      buckets: work,
      registers,
    }),
    explainerSeconds: new Histogram({
      name: 'vitrine_explainer_duration_seconds',
      help: 'Time that one explainer took for one piece of evidence.',
      labelNames: ['method', 'provider'],
      buckets: work,
      registers,
    }),
    evidence: new Counter({
      name: 'vitrine_evidence_lookups_total',
      help: 'Pieces of evidence that figures needed: found (hit) or to be computed (miss).',
      labelNames: ['result'],
      registers,
    }),
    figureFailures: new Counter({
      name: 'vitrine_figure_failures_total',
      help: 'Figures that could not be made, by the code of their failure.',
      labelNames: ['code'],
      registers,
    }),
    fallbacks: new Counter({
      name: 'vitrine_provider_fallbacks_total',
      help: 'Devices that failed in the middle of a job, by execution provider; the process goes on with the next.',
      labelNames: ['provider'],
      registers,
    }),
    replicaDelay: new Gauge({
      name: 'vitrine_replica_delay_seconds',
      help: 'How old what the replica showed was when a dashboard last read it; 0 where there is none.',
      registers,
      aggregator: 'max',
    }),
    replicaMisses: new Counter({
      name: 'vitrine_replica_misses_total',
      help: 'Dashboards that asked the primary, since the replica was away or more than ten seconds behind.',
      registers,
    }),
    poolWaitSeconds: new Histogram({
      name: 'vitrine_database_pool_wait_seconds',
      help: 'Time until a connection to PostgreSQL was there.',
      buckets: turns,
      registers,
    }),
  }
}

// Next may load this module more than once in a process, and bin/web.mjs loads a third copy: all count in the same place.
const shared = globalThis as typeof globalThis & { vitrineMetrics?: Metrics }

/** @returns this process's metrics. */
export function metrics(): Metrics {
  shared.vitrineMetrics ??= createMetrics()
  return shared.vitrineMetrics
}

/** Also measures the process itself: memory, processor time, garbage collection, lag of the event loop. Once a process. */
export function measureProcess(): void {
  const { registry } = metrics()
  collectDefaultMetrics({ register: registry })
  // Of several processes the slowest counts, not the average.
  for (const metric of registry.getMetricsAsArray())
    if (metric.aggregator === 'average') metric.aggregator = 'max'
}
