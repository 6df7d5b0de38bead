import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { authorizeAssignment, authorizeRegrade, type Viewer } from '@/lib/auth/gate'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations } from '@/lib/database/migrations'
import { closeDatabasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass } from '@/lib/demo-class/mutations'
import { readRegradableParts, readRegrade } from '@/lib/regrading/data'
import { applyRegrade, draftRegrade, draftUndo } from '@/lib/regrading/mutations'
import { seed } from '@/prisma/seed'

/**
 * How long a change of one key takes in a large class: the preview as its page reads it, applying it, and taking it back, on
 * a database of its own with the bundled assignment's 32 parts. The goals are 2 s for the preview and 10 s for applying it
 * to 10,000 attempts, on two cores.
 *
 *   npx tsx tests/bench/regrade.ts [--students 11000] [--rounds 5]
 */

const { values } = parseArgs({
  options: { students: { type: 'string', default: '11000' }, rounds: { type: 'string', default: '5' } },
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
    await measure()
  } finally {
    await closeDatabasePool()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(): Promise<void> {
  const where = { courseSlug: 'explainable-ai', assignmentSlug: 'hw9' }
  const made = await addDemoClass({ ...where, students: Number(values.students), seed: 1, now: new Date() })
  await staffDatabase.$executeRaw`ANALYZE`
  console.log(`${made.submitted} submitted attempts`)
  const user = await staffDatabase.user.findUniqueOrThrow({ where: { email: 'instructor@vitrine.example' } })
  const viewer: Viewer = { userId: user.id, name: user.name, email: user.email }
  const access = await authorizeAssignment(viewer, where, 'regrade.draft')
  const found = (await readRegradableParts(access)).find(({ partId }) => partId === 'q01')!
  const other = found.part.options.find(({ id }) => !found.key.correct.includes(id))!
  const { regradeId } = await draftRegrade(access, {
    changes: [
      {
        policy: 'new',
        questionVersionIds: found.versions.map(({ questionVersionId }) => questionVersionId),
        partId: 'q01',
        correct: [other.id],
        rule: found.key.rule,
        points: found.points,
        explanation: found.key.explanation,
      },
    ],
    reason: { zh: '', en: 'Measured.' },
  })
  await previewAndApply(viewer, regradeId, 'key')
  const drafting = await authorizeRegrade(viewer, { regradeId }, 'regrade.draft')
  const undo = await draftUndo(drafting)
  await previewAndApply(viewer, undo.regradeId, 'undo')
}

async function previewAndApply(viewer: Viewer, regradeId: string, what: string): Promise<void> {
  const look = async () => readRegrade(await authorizeRegrade(viewer, { regradeId }, 'regrade.draft'))
  const times: number[] = []
  for (let round = 0; round < Number(values.rounds); round += 1) times.push((await timed(look)).ms)
  times.sort((one, another) => one - another)
  console.log(`${what}: preview median ${times[Math.floor(times.length / 2)]} ms, slowest ${times.at(-1)} ms`)
  const { fingerprint, effect } = await look()
  const access = await authorizeRegrade(viewer, { regradeId }, 'regrade.apply')
  const applied = await timed(() =>
    applyRegrade(access, { fingerprint: fingerprint!, keyReason: 'Measured.' }),
  )
  console.log(`${what}: applied in ${applied.ms} ms; ${effect.moved} of ${effect.scores} scores moved`)
  console.log(`${what}: the applied one is read in ${(await timed(look)).ms} ms`)
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const start = performance.now()
  const result = await work()
  return { ms: Math.round(performance.now() - start), result }
}

await main()
