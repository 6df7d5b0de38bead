import { closeDatabasePool, databasePool } from '@/lib/database/pool'
import { isWorkerAlive } from '@/lib/jobs/leadership'

/** Health check of the worker's container: ends with status 0 while a worker leads. */
try {
  process.exitCode = (await isWorkerAlive(databasePool())) ? 0 : 1
} finally {
  await closeDatabasePool()
}
