import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Viewer } from '@/lib/auth/gate'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations } from '@/lib/database/migrations'
import { closeDatabasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass } from '@/lib/demo-class/mutations'
import { seed } from '@/prisma/seed'

/** The bundled assignment, as pages name it. */
export const bundled = { courseSlug: 'explainable-ai', assignmentSlug: 'hw9' }

/**
 * Simulates a class in the bundled assignment, on a database of its own that is gone afterwards.
 * @param work takes the process id of the database
 */
export async function inLargeClass(
  students: number,
  work: (postmaster: number) => Promise<void>,
): Promise<void> {
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
    const made = await addDemoClass({ ...bundled, students, seed: 1, now: new Date() })
    await staffDatabase.$executeRaw`ANALYZE`
    console.log(`${made.students} students, ${made.submitted} submitted attempts, ${made.answers} answers`)
    await work(database.postmaster().pid)
  } finally {
    await closeDatabasePool()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @returns the demo account of that name. */
export async function demoViewer(name: 'ta' | 'instructor'): Promise<Viewer> {
  const user = await staffDatabase.user.findUniqueOrThrow({ where: { email: `${name}@vitrine.example` } })
  return { userId: user.id, name: user.name, email: user.email }
}

/** @returns what the work gives, with its wall-clock milliseconds. */
export async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; result: Result }> {
  const start = performance.now()
  const result = await work()
  return { ms: performance.now() - start, result }
}
