import { setPriority } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { closeDatabasePool } from '@/lib/database/pool'
import { EnvironmentError, wantsTraces } from '@/lib/environment'
import { exposeMetrics } from '@/lib/operations/service'
import { stopTracing } from '@/lib/tracing/span'

/**
 * `npm run worker`: computes the figures that were asked for, and submits attempts whose time is over, until it is
 * stopped.
 *
 * --models DIR and --pictures DIR: files to compute from, other than those that come with Vitrine.
 */

/** Pages go first: on a machine with few cores the operating system gives them theirs. */
const niceness = 10

const { values } = parseArgs({ options: { models: { type: 'string' }, pictures: { type: 'string' } } })

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

try {
  setPriority(niceness)
  if (wantsTraces()) (await import('@/lib/tracing/service')).startTracing('vitrine-worker')
  exposeMetrics()
  const { bundledLibrary } = await import('@/lib/explainers/pictures/bundled')
  const { installedSources } = await import('@/lib/figures/installed-sources')
  const { bundledSources } = await import('@/lib/figures/sources')
  const { watchDeadlines } = await import('@/lib/jobs/deadline-watch')
  const { work } = await import('@/lib/jobs/worker')
  const bundled = bundledSources()
  // Also while another worker leads: an attempt's end does not wait for figures.
  const watching = watchDeadlines(stop.signal)
  const sources = installedSources({
    ...bundled,
    models: values.models ? path.resolve(values.models) : bundled.models,
    pictures: values.pictures ? bundledLibrary(path.resolve(values.pictures)) : bundled.pictures,
  })
  await work(stop.signal, sources)
  stop.abort()
  await watching
  await closeDatabasePool()
  await stopTracing()
  process.exit(0)
} catch (error) {
  if (error instanceof EnvironmentError) process.stderr.write(`${error.message}\n`)
  else (await import('@/lib/log')).log.fatal({ error }, 'the worker ends')
  process.exit(1)
}
