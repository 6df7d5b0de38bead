import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations } from '@/lib/database/migrations'
import { closeDatabasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass, removeDemoClass } from '@/lib/demo-class/mutations'
import { formatCsv } from '@/lib/interchange/csv'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { readPartPoints, readScoreboard } from '@/lib/scoreboard/data'
import { scoreTable } from '@/lib/scoreboard/score-table'
import { seed } from '@/prisma/seed'

/**
 * How long staff wait for a large class: the scoreboard as the pages read it (gate, statements, JSON), the item analysis and
 * the table for spreadsheets, on a database of its own with the bundled assignment's 32 parts. Every reading asks the
 * database: what the process remembers for up to a second is waited out.
 *
 *   npx tsx tests/bench/staff-desk.ts [--students 3000] [--rounds 40]
 */

const { values } = parseArgs({
  options: { students: { type: 'string', default: '3000' }, rounds: { type: 'string', default: '40' } },
})

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-bench-'))
  const database = await openEmbeddedDatabase(folder)
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: 'bench'.repeat(8),
    VITRINE_DEMO: 'on',
    LOG_LEVEL: 'silent',
  })
  try {
    await applyMigrations(process.cwd(), database.url)
    await seed()
    await measureDesk()
  } finally {
    await closeDatabasePool()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureDesk(): Promise<void> {
  const where = { courseSlug: 'explainable-ai', assignmentSlug: 'hw9' }
  const made = await timed('make the class', () =>
    addDemoClass({ ...where, students: Number(values.students), seed: 1, now: new Date() }),
  )
  console.log(JSON.stringify(made))
  await staffDatabase.$executeRaw`ANALYZE`
  const user = await staffDatabase.user.findUniqueOrThrow({ where: { email: 'ta@vitrine.example' } })
  const ta: Viewer = { userId: user.id, name: user.name, email: user.email }

  const scoreboard = async () =>
    JSON.stringify(await readScoreboard(await authorizeAssignment(ta, where, 'assignment.overview')))
  const bytes = (await timed('scoreboard, first (adds up time on task)', scoreboard)).length
  console.log(`scoreboard: ${Math.round(bytes / 1024)} kB`)
  await repeat('scoreboard', scoreboard)
  await repeat('item analysis', async () =>
    readItemAnalysis(await authorizeAssignment(ta, where, 'assignment.statistics'), 'first'),
  )
  await repeat('table for spreadsheets', async () => {
    const access = await authorizeAssignment(ta, where, 'assignment.overview')
    const [board, points] = await Promise.all([readScoreboard(access), readPartPoints(access)])
    return formatCsv(scoreTable(board, points))
  })
  await timed('remove the class', removeDemoClass)
}

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const result = await work()
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`)
  return result
}

async function repeat(what: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < Number(values.rounds); round += 1) {
    await sleep(1020)
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  times.sort((left, right) => left - right)
  const at = (share: number) => Math.round(times[Math.ceil(share * times.length) - 1]!)
  console.log(`${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms`)
}

await main()
