import { Gauge, Registry } from 'prom-client'
import { readLivingWorkers, readQueue } from '@/lib/operations/data'

/**
 * What the database says of the whole installation. Every process says the same, so that it is known as long as one
 * lives: take the maximum over instances, not the sum.
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
  try {
    const [queue, living] = await Promise.all([readQueue(), readLivingWorkers()])
    answers.set(1)
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
