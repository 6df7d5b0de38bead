import { Gauge, Registry } from 'prom-client'
import { readLivingWorkers, readQueue } from '@/lib/operations/data'
import { countFailedFigures, readDatabaseHealth } from '@/lib/operations/database/data'
import { readRoom } from '@/lib/operations/disk/service'

/**
 * What the database says of the whole installation. Every process says the same, so that it is known as long as one
 * lives: take the maximum over instances, not the sum. Room on the disk is each machine's own.
 */
export async function readSiteMetrics(): Promise<Registry> {
  const registry = new Registry()
  const registers = [registry]
  const answers = new Gauge({
    name: 'vitrine_database_up',
    help: 'Whether PostgreSQL answers: 1 or 0.',
    registers,
    aggregator: 'max',
  })
  answers.set(0)
  const jobs = new Gauge({
    name: 'vitrine_queue_jobs',
    help: 'Jobs in the queue by urgency (band) and state: waiting, retrying, running, given-up.',
    labelNames: ['task', 'band', 'state'],
    registers,
    aggregator: 'max',
  })
  const oldest = new Gauge({
    name: 'vitrine_queue_oldest_job_age_seconds',
    help: 'Time since the oldest of these jobs was asked for.',
    labelNames: ['task', 'band', 'state'],
    registers,
    aggregator: 'max',
  })
  const workers = new Gauge({
    name: 'vitrine_workers',
    help: 'Workers that live, by what they do and the execution provider that they compute with.',
    labelNames: ['kind', 'provider'],
    registers,
    aggregator: 'max',
  })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers, aggregator: 'max' })
  const failed = gauge(
    'vitrine_figures_failed',
    'Figures that cannot be drawn as they are asked for, or were stopped by an operator.',
  )
  const connections = gauge('vitrine_database_connections', 'Connections to PostgreSQL, whoever has them.')
  const limit = gauge('vitrine_database_connection_limit', 'Connections that PostgreSQL allows.')
  const transaction = gauge(
    'vitrine_database_longest_transaction_seconds',
    'How long the oldest open transaction has been open.',
  )
  const backup = gauge(
    'vitrine_last_backup_timestamp_seconds',
    'When vitrine backup last wrote one, in Unix time; 0: none is known.',
  )
  const free = gauge('vitrine_disk_free_bytes', 'Room on the disk of this machine’s data folder.')
  const size = gauge('vitrine_disk_size_bytes', 'Size of the disk of this machine’s data folder.')
  const room = await readRoom().catch(() => null)
  if (room) {
    free.set(room.free)
    size.set(room.size)
  }
  try {
    const [queue, living, health, figures] = await Promise.all([
      readQueue(),
      readLivingWorkers(),
      readDatabaseHealth(),
      countFailedFigures(),
    ])
    answers.set(1)
    failed.set(figures)
    connections.set(health.connections)
    limit.set(health.connectionLimit)
    transaction.set(health.longestTransaction ?? 0)
    backup.set(health.lastBackupAt === null ? 0 : Date.parse(health.lastBackupAt) / 1000)
    for (const { task, band, state, jobs: count, oldestSeconds } of queue) {
      jobs.set({ task, band, state }, count)
      oldest.set({ task, band, state }, oldestSeconds)
    }
    for (const { kind, provider } of living) workers.inc({ kind, provider: provider ?? 'by-model' })
  } catch {
    // The gauge says it; why is in the log of whoever needed the database.
  }
  return registry
}
