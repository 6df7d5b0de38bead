import cluster from 'node:cluster'
import prometheus from 'prom-client'
import { serveMetrics } from '../lib/metrics/exposition.mjs'

const { AggregatorRegistry, Counter, Gauge, Registry } = prometheus

/** Milliseconds that a process has for its numbers; of one that is too busy its last ones count. */
const PATIENCE = 2_000

/**
 * What several processes counted, as one. A process that ended takes with it what it was, not what it had counted: sums
 * that went down would look to Prometheus like a restart of all, and everything be counted once more.
 */
export class GatheredMetrics {
  #latest = new Map()
  #ended = []

  receive(id, report) {
    this.#latest.set(id, report)
  }

  end(id) {
    const lasting = (this.#latest.get(id) ?? []).filter(({ type }) => type !== 'gauge')
    this.#latest.delete(id)
    this.#ended = sum([this.#ended, lasting])
  }

  reports() {
    return [...this.#latest.values(), this.#ended]
  }
}

function sum(reports) {
  return AggregatorRegistry.aggregate(reports)
    .getMetricsAsArray()
    .map((metric) => metric.get())
}

/** What only the process that hands out connections knows. */
export function countProcesses(countLiving) {
  const registry = new Registry()
  const registers = [registry]
  new Gauge({
    name: 'vitrine_web_processes',
    help: 'Processes that answer requests.',
    registers,
    collect() {
      this.set(countLiving())
    },
  })
  const ends = new Counter({
    name: 'vitrine_web_process_ends_total',
    help: 'Web processes that ended, and were replaced.',
    registers,
  })
  return { registry, ends }
}

/** Serves the metrics of all web processes, from the one that hands out connections. */
export function serveWebMetrics({ port, host, token, say }) {
  const gathered = new GatheredMetrics()
  const living = () => Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected())
  const { registry: own, ends } = countProcesses(() => living().length)
  const arrivals = new Map()
  cluster.on('message', (worker, message) => {
    if (!message?.metrics) return
    gathered.receive(worker.id, message.metrics)
    arrivals.get(worker.id)?.()
  })
  cluster.on('exit', (worker) => {
    ends.inc()
    gathered.end(worker.id)
    arrivals.get(worker.id)?.()
  })

  const ask = (worker, what) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE)
      arrivals.set(worker.id, () => {
        clearTimeout(timer)
        arrivals.delete(worker.id)
        resolve()
      })
      worker.send({ askedForMetrics: what }, (error) => error && arrivals.get(worker.id)?.())
    })
  const look = async () => {
    // The database tells every process the same about the whole site: one of them asks it.
    await Promise.all(living().map((worker, index) => ask(worker, index === 0 ? 'site' : 'own')))
    return AggregatorRegistry.aggregate([...gathered.reports(), await own.getMetricsAsJSON()]).metrics()
  }
  let looking
  const read = () => {
    looking ??= look().finally(() => {
      looking = undefined
    })
    return looking
  }
  serveMetrics({
    port,
    host,
    token,
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    read,
    failed: (error) => say(`Metrics: ${error.message}`),
  })
}
