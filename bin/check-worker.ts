import { closeDatabasePool, databasePool } from '@/lib/database/pool'
import { countWorkers } from '@/lib/jobs/sign-of-life'

/** Health check of the worker's container: ends with status 0 while a worker lives. */
try {
  process.exitCode = (await countWorkers(databasePool(), 'figures')) > 0 ? 0 : 1
} finally {
  await closeDatabasePool()
}
