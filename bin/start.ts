import { availableParallelism, totalmem } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { announcement, type SignIn } from '@/bin/launch/announcement'
import { BuildError, buildWhenNeeded } from '@/bin/launch/build'
import { type OpenDatabase, openMigratedDatabase } from '@/bin/launch/database'
import { choosePort, PortError } from '@/bin/launch/port'
import { SupervisedProcess } from '@/bin/launch/supervised-process'
import { generatedSecret, locateDataFolder, prepareDataFolder } from '@/lib/data-folder'
import { EmbeddedDatabaseError } from '@/lib/database/embedded/installation'
import { MigrationError } from '@/lib/database/migrations'
import { closeDatabasePool } from '@/lib/database/pool'
import { EnvironmentError, readEnvironment, readSettings } from '@/lib/environment'
import { foreseeDevice } from '@/lib/jobs/figure-device'
import { chooseFigureWorkers } from '@/lib/jobs/figure-workers'

/**
 * `npm start`: database, migrations, questions, pages and worker, in this order, until Ctrl-C. `--dev` serves pages that
 * follow their sources.
 */

const READY_TIMEOUT = 90_000
const POLL = 50
const PARENT_POLL = 1_000
const BYTES_PER_GIBIBYTE = 2 ** 30

/** @param chosen workers of figures; undefined: nobody has said it @returns names and files of the workers to start */
async function workersToStart(
  chosen: number | undefined,
): Promise<(readonly [name: string, file: string])[]> {
  const figureWorkers =
    chosen ??
    chooseFigureWorkers({
      cores: availableParallelism(),
      // A container may have less than the machine has.
      memory: Math.min(totalmem(), process.constrainedMemory() || Infinity) / BYTES_PER_GIBIBYTE,
      device: await foreseeDevice(),
    })
  const ofFigures = Array.from({ length: figureWorkers }, () => ['worker', 'bin/worker.ts'] as const)
  return [...ofFigures, ['exploration worker', 'bin/exploration-worker.ts']]
}

/** Processes on one machine serve their metrics on ports that follow each other: pages, workers of figures, explorations. */
function metricsPorts(first: number | undefined): () => { readonly VITRINE_METRICS_PORT?: string } {
  let next = first
  return () => (next === undefined ? {} : { VITRINE_METRICS_PORT: String(next++) })
}

const project = path.dirname(import.meta.dirname)
const startedAt = performance.now() - process.uptime() * 1000

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Errors whose message is written for the person at the terminal; others keep their stack. */
function isExpected(error: unknown): error is Error {
  return [EnvironmentError, EmbeddedDatabaseError, MigrationError, BuildError, PortError].some(
    (expected) => error instanceof expected,
  )
}

/**
 * The environment of the web server and the worker. What is not given is made up: in production with a database of your
 * own nothing is, and everything that is missing is named.
 */
function completeEnvironment(dataFolder: string, databaseUrl: string): NodeJS.ProcessEnv {
  const given = readSettings()
  const strict = given.NODE_ENV === 'production' && given.DATABASE_URL !== undefined
  if (strict) return { ...process.env }
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: given.NEXTAUTH_SECRET ?? generatedSecret(dataFolder, 'sessions'),
    VITRINE_RECEIPT_KEY: given.VITRINE_RECEIPT_KEY ?? generatedSecret(dataFolder, 'receipts'),
    VITRINE_ANSWER_FILE_KEY: given.VITRINE_ANSWER_FILE_KEY ?? generatedSecret(dataFolder, 'answer-files'),
    AUTH_TRUST_HOST: String(given.AUTH_TRUST_HOST || !given.NEXTAUTH_URL),
    VITRINE_DEMO: given.VITRINE_DEMO ?? 'on',
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn', // the terminal is read by a person
  }
}

/** Waits for the first page. Throws with what the server printed when it ends instead. */
async function untilReady(
  address: string,
  stop: AbortSignal,
  failed: () => string | undefined,
): Promise<void> {
  for (const deadline = Date.now() + READY_TIMEOUT; Date.now() < deadline; await sleep(POLL)) {
    stop.throwIfAborted()
    const reason = failed()
    if (reason !== undefined) throw new BuildError(`The web server ended.\n${reason}`)
    const response = await fetch(address, { redirect: 'manual' }).catch(() => undefined)
    if (response) {
      await response.body?.cancel()
      return
    }
  }
  throw new BuildError(`The web server does not answer at ${address}.`)
}

/** Whether an earlier start has put questions and accounts there: then the pages need not wait for the seeding. */
async function isSeeded(demo: boolean): Promise<boolean> {
  const { staffDatabase } = await import('@/lib/database/staff')
  if ((await staffDatabase.question.count()) === 0) return false
  return !demo || (await staffDatabase.user.count({ where: { demo: true } })) > 0
}

/** Questions, demo accounts, and orders for figures. Returns who can sign in. */
async function seedDatabase(): Promise<readonly SignIn[]> {
  const { demoAccounts, seed } = await import('@/prisma/seed')
  await seed()
  return demoAccounts
}

/** The second assignment of a demo course: nobody waits for it. */
async function addExamples(): Promise<void> {
  const { addExampleOnce } = await import('@/lib/authoring/examples')
  const { inRequest, requestIdOf } = await import('@/lib/request-context')
  const { bundledCourse } = await import('@/prisma/seed')
  await inRequest({ requestId: requestIdOf(null), actingAs: 'server' }, async () =>
    addExampleOnce(await bundledCourse()),
  )
}

/**
 * @param stops receives what has to be undone, in the order of doing
 * @param stop  when it fires, the start is given up at the next step
 */
async function start(development: boolean, stops: (() => Promise<void>)[], stop: AbortSignal): Promise<void> {
  const settings = readSettings()
  if (settings.NODE_ENV === 'production' && settings.DATABASE_URL) readEnvironment()
  const dataFolder = locateDataFolder(project, settings.VITRINE_DATA)
  prepareDataFolder(dataFolder)
  const host = settings.HOST ?? '127.0.0.1'
  const port = await choosePort(settings.PORT, host)
  if (settings.PORT === undefined && port !== 3000) say(`Port 3000 is in use: taking ${port}.`)

  const database: OpenDatabase = await openMigratedDatabase(project, dataFolder, settings.DATABASE_URL, say)
  // Once closed, the pool's clients cannot be used again: it stays for the life of this process.
  stops.push(database.close, closeDatabasePool)
  stop.throwIfAborted()
  const environment: NodeJS.ProcessEnv = {
    ...completeEnvironment(dataFolder, database.url),
    NODE_ENV: development ? 'development' : 'production',
    VITRINE_DATA: dataFolder,
    NEXT_TELEMETRY_DISABLED: '1',
  }
  Object.assign(process.env, environment)
  const { demo } = readEnvironment(environment)

  const seeded = await isSeeded(demo)
  const seeding = seedDatabase()
  seeding.catch(() => {}) // awaited below
  const onBuild = () => say('Building the pages (about a minute)')
  if (!development) await buildWhenNeeded(project, environment, stop, onBuild)
  // Whoever opens the first page may sign in at once.
  if (!seeded) await seeding
  stop.throwIfAborted()

  const processes: SupervisedProcess[] = []
  stops.push(async () => {
    await Promise.all(processes.map((running) => running.stop()))
  })
  let printed = ''
  let ready = false
  let ended = false
  const metricsPort = metricsPorts(settings.VITRINE_METRICS_PORT)
  if (development && settings.VITRINE_METRICS_PORT !== undefined)
    say(`In development only the workers serve metrics, from port ${settings.VITRINE_METRICS_PORT + 1} on.`)
  const next = path.join(project, 'node_modules/next/dist/bin/next')
  processes.push(
    new SupervisedProcess({
      name: 'web server',
      parameters: development ? [next, 'dev', '-p', String(port), '-H', host] : ['bin/web.mjs'],
      environment: { ...environment, PORT: String(port), HOST: host, ...metricsPort() },
      project,
      onOutput: (text) => {
        if (ready) process.stdout.write(text)
        else printed += text // its own banner, shown only when it is a reason
      },
      onRestart: (message) => {
        ended = true
        if (ready) say(message)
      },
    }),
  )
  const reachable = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host
  const page = `http://${reachable}:${port}/`
  const [demoAccounts] = await Promise.all([
    seeding,
    untilReady(page, stop, () => (ended ? printed : undefined)),
  ])
  ready = true
  // Only now: loading models beside the web server would delay the first page.
  for (const [name, file] of await workersToStart(settings.VITRINE_FIGURE_WORKERS)) {
    processes.push(
      new SupervisedProcess({
        name,
        parameters: ['--import', 'tsx', file],
        environment: { ...environment, ...metricsPort() },
        project,
        onOutput: (text) => process.stdout.write(text),
        onRestart: say,
      }),
    )
  }
  const address = settings.NEXTAUTH_URL ?? `http://${host === '127.0.0.1' ? 'localhost' : reachable}:${port}`
  const seconds = (performance.now() - startedAt) / 1000
  const relative = path.relative(process.cwd(), dataFolder)
  const shownFolder = relative.startsWith('..') ? dataFolder : relative
  say(announcement(address, seconds, demo ? demoAccounts : [], shownFolder))
  if (!demo || settings.VITRINE_EXAMPLES === 'off') return
  const adding = addExamples().catch((error: unknown) =>
    say(`The example assignment could not be added: ${error instanceof Error ? error.message : error}`),
  )
  stops.push(() => adding)
}

const stops: (() => Promise<void>)[] = []
const abort = new AbortController()

/** Pages and worker first, the database last. */
async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    await stop().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
  }
}

const starting = start(process.argv.includes('--dev'), stops, abort.signal).catch(async (error: unknown) => {
  if (abort.signal.aborted) return
  process.stderr.write(
    `${isExpected(error) ? error.message : error instanceof Error ? error.stack : error}\n`,
  )
  await stopAll()
  process.exit(1)
})

async function end(): Promise<void> {
  if (abort.signal.aborted) return
  abort.abort()
  await starting
  await stopAll()
  process.exit(0)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)

// npm that is killed hard cannot pass the signal on; its child is then adopted by another process.
if (process.env.npm_lifecycle_event) {
  const npm = process.ppid
  setInterval(() => {
    if (process.ppid !== npm) void end()
  }, PARENT_POLL).unref()
}
