import { setPriority } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { closeDatabasePool } from '@/lib/database/pool'
import { EnvironmentError } from '@/lib/environment'

/**
 * `npm run worker`: computes the figures that were asked for, until it is stopped.
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
  const { bundledSources } = await import('@/lib/figures/service')
  const { work } = await import('@/lib/jobs/worker')
  const bundled = bundledSources()
  await work(stop.signal, {
    ...bundled,
    models: values.models ? path.resolve(values.models) : bundled.models,
    pictures: values.pictures ? path.resolve(values.pictures) : bundled.pictures,
  })
  await closeDatabasePool()
  process.exit(0)
} catch (error) {
  if (error instanceof EnvironmentError) process.stderr.write(`${error.message}\n`)
  else (await import('@/lib/log')).log.fatal({ error }, 'the worker ends')
  process.exit(1)
}
