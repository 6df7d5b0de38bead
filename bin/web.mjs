import cluster from 'node:cluster'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/**
 * `npm run web`: pages and API on one port, answered by several processes. The first process hands out connections and
 * starts the others again when they end; on SIGTERM every one finishes what it has begun. Plain JavaScript: it is
 * started before anything else, and without a compiler.
 *
 *   PORT, HOST                as for `npm start`
 *   VITRINE_WEB_PROCESSES     1 to 8; by default one for each processor but one, and two where there are two
 *   VITRINE_METRICS_PORT      where metrics of all of them are served; with VITRINE_METRICS_HOST and VITRINE_METRICS_TOKEN
 */

const project = path.dirname(import.meta.dirname)
const MOST_PROCESSES = 8
/** Connections to the database that all web processes may hold together: the embedded server has 100 for everybody. */
const CONNECTIONS = 48
const MOST_CONNECTIONS = 10
const FEWEST_CONNECTIONS = 4

/** Room for young objects in each web process's heap; Node's own default is 16. Measured by `npm run bench:load`. */
const YOUNG_MEBIBYTES = 64

/** A process that lived this long had started well, and is replaced at once. */
const HEALTHY = 10_000
const LONGEST_PAUSE = 30_000

/** Milliseconds for which a process that is to end still takes requests, so that a balancer sees that it does not want them. */
const NOTICE = 1_000
/** Milliseconds for requests that have begun. */
const PATIENCE = 10_000

/**
 * Longer than any proxy or browser keeps an idle connection by default (60 s): the side that may send must be the one
 * that closes, or its next request meets a closed door (ECONNRESET).
 */
const KEEP_ALIVE = 75_000
/** Connections that wait while every process is busy; the operating system may allow fewer. */
const BACKLOG = 4_096

/** @returns {number} how many processes answer */
export function processCount(asked, processors = availableParallelism()) {
  if (!asked) return Math.min(MOST_PROCESSES, processors > 2 ? processors - 1 : processors)
  const count = Number(asked)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_PROCESSES) return count
  throw new RangeError(`VITRINE_WEB_PROCESSES must be a number from 1 to ${MOST_PROCESSES}`)
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

/** Keeps `count` processes running until it is told to end. */
function supervise(count) {
  const connections = Math.min(
    MOST_CONNECTIONS,
    Math.max(FEWEST_CONNECTIONS, Math.floor(CONNECTIONS / count)),
  )
  const environment = { VITRINE_DATABASE_CONNECTIONS: String(connections) }
  // Not the arguments of `npm start` for its own children: these end with this process by themselves. What a page is made
  // of lives for its request alone: with room for several of them, most of it is gone before anything has to be copied.
  cluster.setupPrimary({ execArgv: [`--max-semi-space-size=${YOUNG_MEBIBYTES}`] })
  let stopping = false
  let listening = false
  let pause = 0

  const start = () => {
    const startedAt = Date.now()
    const worker = cluster.fork(environment)
    worker.once('listening', () => {
      if (listening) return
      listening = true
      // The first page does not share the processors with the other processes' start.
      for (let index = 1; index < count; index += 1) start()
    })
    worker.once('exit', async (status, signal) => {
      if (stopping) {
        if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0)
        return
      }
      if (!listening) process.exit(status || 1) // it said why
      pause = Date.now() - startedAt > HEALTHY ? 0 : Math.min(LONGEST_PAUSE, pause * 2 || 250)
      say(`A web process ended (${signal ?? `status ${status}`}); another takes its place.`)
      await sleep(pause)
      if (!stopping) start()
    })
  }
  const stop = () => {
    if (stopping) return
    stopping = true
    const workers = Object.values(cluster.workers ?? {})
    if (workers.length === 0) process.exit(0)
    for (const worker of workers) worker?.process.kill('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
  start()
}

/** Without a port, what it takes is not even loaded. */
async function serveMetricsOfAll() {
  const { VITRINE_METRICS_PORT: port, VITRINE_METRICS_HOST: host, VITRINE_METRICS_TOKEN: token } = process.env
  if (!port) return
  const { serveWebMetrics } = await import('./web-metrics.mjs')
  serveWebMetrics({ port: Number(port), host: host || undefined, token, say })
}

/** Answers requests until it is told to end, and then those that have begun. */
async function serve() {
  const { default: next } = await import('next')
  const port = Number(process.env.PORT || 3000)
  const hostname = process.env.HOST || '127.0.0.1'
  let draining = false
  let answer = (_request, response) => response.end()
  const server = createServer((request, response) => {
    if (draining) response.setHeader('Connection', 'close')
    answer(request, response)
  })
  server.keepAliveTimeout = KEEP_ALIVE
  server.headersTimeout = KEEP_ALIVE + 5_000
  const app = next({ dev: false, dir: project, hostname, port, httpServer: server })
  await app.prepare()
  const own = path.join(project, '.next/web-process.mjs')
  if (!existsSync(own)) {
    say(`${own} is missing: npm run build makes it.`)
    process.exit(1)
  }
  // After Next has read .env files.
  const { answering, reportMetrics } = await import(pathToFileURL(own).href)
  const routes = JSON.parse(readFileSync(path.join(project, '.next/routes-manifest.json'), 'utf8'))
  answer = answering(app.getRequestHandler(), routes)
  if (process.env.VITRINE_METRICS_PORT) reportMetrics()

  const drain = async () => {
    if (draining) return
    draining = true
    globalThis.vitrineDraining = true // read by lib/draining.ts
    await sleep(NOTICE)
    setTimeout(() => process.exit(0), PATIENCE).unref()
    server.close(async () => {
      await globalThis.vitrineTracing?.stop() // set by lib/tracing, where traces are wanted
      process.exit(0)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, drain)
  server.once('error', (error) => {
    say(error.message)
    process.exit(1)
  })
  server.listen({ port, host: hostname, backlog: BACKLOG })
}

if (cluster.isWorker) await serve()
else if (process.argv[1] === import.meta.filename) {
  try {
    await serveMetricsOfAll()
    supervise(processCount(process.env.VITRINE_WEB_PROCESSES))
  } catch (error) {
    say(error.message)
    process.exit(1)
  }
}
