/**
 * Prints how long a click in the explorer takes until its answer is there: `npx tsx tests/bench/explorations.ts`.
 * Everything but the browser takes part: the allowance, the queue, a worker of its own, PostgreSQL. Every click asks
 * what nobody has asked before. Other work on the machine shows in the numbers, so the load average stands beside them.
 */
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations } from '@/lib/database/migrations'

const project = path.resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-bench-'))
const database = await openEmbeddedDatabase(folder)
Object.assign(process.env, {
  DATABASE_URL: database.url,
  NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
  NEXTAUTH_URL: 'http://localhost:3000',
})
await applyMigrations(project, database.url)

// Only now: they read the database's address when they are loaded.
const { closeDatabasePool } = await import('@/lib/database/pool')
const { staffDatabase } = await import('@/lib/database/staff')
const { authorizeExplorer } = await import('@/lib/auth/gate')
const { waitForExploration } = await import('@/lib/explorations/data')
const { readMaterial } = await import('@/lib/explorations/material')
const { askExploration } = await import('@/lib/explorations/mutations')
const { explorationRequestSchema } = await import('@/lib/explorations/schema')

const user = await staffDatabase.user.create({ data: { email: 'bench@example.org', name: 'Bench' } })
const course = await staffDatabase.course.create({
  data: { slug: 'bench', title: { zh: '課', en: 'Course' } },
})
await staffDatabase.enrollment.create({ data: { userId: user.id, courseId: course.id, role: 'STUDENT' } })
const access = await authorizeExplorer({ userId: user.id, name: user.name, email: user.email })

const worker = spawn(process.execPath, ['--import', 'tsx', 'bin/exploration-worker.ts'], {
  cwd: project,
  env: { ...process.env, LOG_LEVEL: 'warn' },
  stdio: 'inherit',
})

/** @returns milliseconds from the click to the stored answer */
async function click(request: object): Promise<number> {
  await staffDatabase.explorationQuota.deleteMany()
  const start = performance.now()
  const id = await askExploration(access, explorationRequestSchema.parse(request), randomUUID())
  const signal = AbortSignal.timeout(60_000)
  const state = await waitForExploration(id, { patience: 60_000, signal })
  if (state?.status !== 'ready') throw new Error(`${JSON.stringify(request)}: ${JSON.stringify(state)}`)
  return performance.now() - start
}

async function time(name: string, requests: readonly object[]): Promise<void> {
  const milliseconds: number[] = []
  for (const request of requests) milliseconds.push(await click(request))
  // The first one opens the model.
  const warm = milliseconds.slice(1).sort((one, other) => one - other)
  const [median, slowest] = [warm[warm.length >> 1]!, warm.at(-1)!].map((value) => value.toFixed(0))
  console.log(
    `${name.padEnd(52)} median ${median!.padStart(6)} ms  slowest ${slowest!.padStart(6)} ms  load ${loadavg()[0]!.toFixed(1)}`,
  )
}

try {
  const words =
    'The police officer is popular with the many residents of the old town because she is very generous and kind.'
  const masks = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  const attention = { kind: 'attention', model: 'bert-small-mlm', sentence: words }
  await time(
    'a click: attention of 23 tokens with a masked word',
    masks(20).map((mask) => ({ ...attention, masks: [mask] })),
  )
  const { passages, sentences } = await readMaterial()
  await time(
    'a passage in its embedding space',
    passages.slice(0, 3).flatMap(({ question, context, answer }) => [
      { kind: 'embedding-space', model: 'bert-small-qa', question, context, answer },
      { kind: 'embedding-space', model: 'bert-small-qa', question, context },
    ]),
  )
  await time(
    'ten sentences compared in both metrics',
    sentences.slice(0, 6).map((changed, index) => ({
      kind: 'embedding-similarity',
      model: 'bert-small-mlm',
      sentences: sentences.with(index, { ...changed, selection: [0, 1] }),
    })),
  )
} finally {
  worker.kill('SIGTERM')
  await once(worker, 'exit')
  await closeDatabasePool()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}
