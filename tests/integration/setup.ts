import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { applyMigrations } from '@/lib/database/migrations'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a migrated, empty database to clone. */
    readonly templateUrl: string
  }
}

/** One PostgreSQL for the whole run, in a folder of its own, with a migrated database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-integration-'))
  // Nobody will miss this data: waiting for the disk would only cost time.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  let database: EmbeddedDatabase | undefined
  const teardown = async () => {
    await database?.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    database = await openEmbeddedDatabase(folder, { settings })
    await applyMigrations(project.config.root, database.url)
  } catch (error) {
    await teardown()
    throw error
  }
  project.provide('templateUrl', database.url)
  return teardown
}
