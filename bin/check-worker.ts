import { hostname } from 'node:os'
import { closeDatabasePool } from '@/lib/database/pool'
import { WORKER_KINDS } from '@/lib/jobs/sign-of-life'
import { readLivingWorkers } from '@/lib/operations/data'

/** Health check of a worker's container, `figures` or `explorations`: ends with status 0 while one of this machine lives. */
const kind = WORKER_KINDS.find((each) => each === (process.argv[2] ?? 'figures'))
if (!kind) throw new RangeError(`check-worker: ${WORKER_KINDS.join(' or ')}`)
try {
  const lives = (await readLivingWorkers()).some(
    (worker) => worker.kind === kind && worker.host === hostname(),
  )
  process.exitCode = lives ? 0 : 1
} finally {
  await closeDatabasePool()
}
