import { readdirSync } from 'node:fs'
import { setPriority } from 'node:os'
import { closeDatabasePool } from '@/lib/database/pool'
import { EnvironmentError, wantsTraces } from '@/lib/environment'
import { exposeMetrics } from '@/lib/operations/service'
import { stopTracing } from '@/lib/tracing/span'

/** `npm run exploration-worker`: computes what people explore in the language models, until it is stopped. */

/** Below the figures' worker (10): what a question shows goes before what somebody tries out. */
const niceness = 15

/** Linux keeps a priority for each thread: those that Node has already started need it too. */
function stepBack(): void {
  setPriority(niceness)
  if (process.platform !== 'linux') return
  for (const thread of readdirSync('/proc/self/task')) {
    try {
      setPriority(Number(thread), niceness)
    } catch {
      // The thread has ended meanwhile.
    }
  }
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  stepBack()
  if (wantsTraces()) (await import('@/lib/tracing/service')).startTracing('vitrine-exploration-worker')
  exposeMetrics()
  const { workOnExplorations } = await import('@/lib/jobs/exploration-worker')
  await workOnExplorations(stop.signal)
  await closeDatabasePool()
  await stopTracing()
  process.exit(0)
} catch (error) {
  if (error instanceof EnvironmentError) process.stderr.write(`${error.message}\n`)
  else (await import('@/lib/log')).log.fatal({ error }, 'the exploration worker ends')
  process.exit(1)
}
