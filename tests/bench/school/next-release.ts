import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What finds its project by where it lies itself; everything else may be a link. */
const ITS_OWN = ['bin', 'prisma', 'prisma.config.ts']

/**
 * The next release of the program: the same, with one more migration, which adds to the tables that a class writes.
 * @param folder where it is put
 */
export function makeNextRelease(project: string, folder: string): void {
  mkdirSync(folder)
  for (const name of readdirSync(project)) {
    const [from, to] = [path.join(project, name), path.join(folder, name)]
    if (ITS_OWN.includes(name)) cpSync(from, to, { recursive: true })
    else symlinkSync(from, to)
  }
  const migration = path.join(folder, 'prisma/migrations', '29990101000000_next_release')
  mkdirSync(migration)
  writeFileSync(
    path.join(migration, 'migration.sql'),
    `SET lock_timeout = '5s';
ALTER TABLE "Answer" ADD COLUMN "ofNextRelease" TEXT;
ALTER TABLE "Attempt" ADD COLUMN "ofNextRelease" INTEGER NOT NULL DEFAULT 0;`,
  )
}
