import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment } from '@/lib/auth/gate'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations } from '@/lib/database/migrations'
import { closeDatabasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { setSchedule } from '@/lib/timing/mutations'
import { openClassroom, openSchedule } from '../server/classroom'
import { until, WorkerProcess } from '../server/worker-process'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

// A server of its own, with the settings that keep what is committed: this one is killed.
let folder: string
let database: EmbeddedDatabase
const workers: WorkerProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-killed-'))
  database = await openEmbeddedDatabase(folder)
  await applyMigrations(process.cwd(), database.url)
  process.env.DATABASE_URL = database.url
})

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end('SIGKILL')))
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

function startWorker(): WorkerProcess {
  const worker = new WorkerProcess()
  workers.push(worker)
  return worker
}

async function query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

it('whatever is killed, when time is over every attempt is submitted exactly once', async () => {
  const room = await openClassroom()
  await setSchedule(await room.scheduling(), { ...openSchedule, timeLimitMinutes: 60 })
  const count = 150
  for (let started = 0; started < count; started++) {
    const student = await room.enrol('STUDENT')
    const access = await authorizeAssignment(student, { assignmentId: room.assignmentId }, 'attempt.start')
    await startAttempt(access)
  }
  // One runs out only after everything was killed; the grace of the others has passed.
  await staffDatabase.$executeRaw`
    UPDATE "Attempt" SET "endsAt" = now() AT TIME ZONE 'UTC' + CASE
      WHEN id = (SELECT min(id) FROM "Attempt") THEN interval '5 s' ELSE interval '-1 min' END`
  await closeDatabasePool()

  const first = startWorker()
  const submitted = () =>
    query<{ id: string; receipt: string }>(
      `SELECT id, receipt FROM "Attempt" WHERE "submittedAt" IS NOT NULL`,
    )
  await until(async () => (await submitted()).length > 2, first)
  const before = await submitted()
  const postmaster = Number(
    readFileSync(path.join(folder, 'database/cluster/postmaster.pid'), 'utf8').split('\n')[0],
  )
  process.kill(postmaster, 'SIGKILL')
  await first.end('SIGKILL')
  expect(before.length).toBeLessThan(count)

  database = await openEmbeddedDatabase(folder)
  process.env.DATABASE_URL = database.url
  const [second] = [startWorker(), startWorker()]
  await until(async () => (await submitted()).length === count, second)

  const after = new Map((await submitted()).map(({ id, receipt }) => [id, receipt]))
  // What somebody may have been shown stays.
  for (const { id, receipt } of before) expect(after.get(id)).toBe(receipt)
  expect(
    await query(`
      SELECT count(*)::int AS attempts FROM "Attempt" a
      WHERE a."submittedBy" = 'SERVER' AND a."submittedAt" = a."endsAt" AND a.receipt IS NOT NULL
        AND (SELECT count(*) FROM "PartScore" s WHERE s."attemptId" = a.id) = 3
        AND (SELECT count(*) FROM "AuditEvent" e
             WHERE e.subject = 'attempt:' || a.id AND e.action LIKE 'attempt.submit%') = 1`),
  ).toEqual([{ attempts: count }])
})
