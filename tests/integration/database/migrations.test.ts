import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyMigrations, pendingMigrations, runPrisma } from '@/lib/database/migrations'
import { environment } from '@/lib/environment'

const project = process.cwd()
const administrator = new pg.Client({ connectionString: environment().DATABASE_URL })
await administrator.connect()

/** A project of its own, whose migrations a test may spoil, and an empty database. */
let scratch: string
let url: string

beforeEach(async () => {
  scratch = mkdtempSync(path.join(tmpdir(), 'vitrine-migrations-'))
  for (const name of ['prisma', 'prisma.config.ts', 'package.json', 'bin']) {
    cpSync(path.join(project, name), path.join(scratch, name), { recursive: true })
  }
  symlinkSync(path.join(project, 'node_modules'), path.join(scratch, 'node_modules'))
  const own = new URL(environment().DATABASE_URL)
  own.pathname = `/empty_${path.basename(scratch).slice(-6).toLowerCase()}`
  url = own.toString()
  await administrator.query(`CREATE DATABASE ${own.pathname.slice(1)}`)
})

afterEach(async () => {
  await administrator.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`)
  rmSync(scratch, { recursive: true, force: true })
})

afterAll(() => administrator.end())

const folder = () => path.join(scratch, 'prisma/migrations')

function addMigration(name: string, sql: string): void {
  mkdirSync(path.join(folder(), name))
  writeFileSync(path.join(folder(), name, 'migration.sql'), sql)
}

async function rows(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as unknown[]
  } finally {
    await client.end()
  }
}

describe('migrations', () => {
  it('build an empty database into the schema, and then there is nothing to do', async () => {
    const all = readdirSync(folder()).filter((name) => /^\d/.test(name))
    expect(await pendingMigrations(url, folder())).toEqual(all)
    await applyMigrations(scratch, url)
    expect(await pendingMigrations(url, folder())).toEqual([])
    const difference = [
      'migrate',
      'diff',
      '--from-config-datasource',
      '--to-schema',
      'prisma/schema.prisma',
      '--exit-code',
    ]
    expect(await runPrisma(scratch, url, difference)).toMatchObject({ status: 0 })
  })

  it('run functions, whose bodies hold semicolons, in one piece', async () => {
    addMigration(
      '29990101000000_function',
      `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END; $$;`,
    )
    await applyMigrations(scratch, url)
    expect(await rows('SELECT twice(21) AS n')).toEqual([{ n: 42 }])
  })

  it('make an index without a lock where that is all that they do', async () => {
    addMigration(
      '29990101000000_index',
      `-- For the history.\nCREATE INDEX CONCURRENTLY "AnswerEvent_x" ON "AnswerEvent"("savedAt");\n`,
    )
    await applyMigrations(scratch, url)
    expect(
      await rows(`SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = '"AnswerEvent_x"'::regclass`),
    ).toEqual([{ valid: true }])
  })

  it('leave nothing of a failed migration, say how to go on, and that way works', async () => {
    addMigration(
      '29990101000000_broken',
      'CREATE TABLE half_done (n int); ALTER TABLE nowhere ADD COLUMN n int;',
    )
    const failure = applyMigrations(scratch, url)
    await expect(failure).rejects.toThrow(/relation "nowhere" does not exist/)
    await expect(failure).rejects.toThrow(
      'npm run prisma -- migrate resolve --rolled-back 29990101000000_broken',
    )
    expect(await rows(`SELECT to_regclass('half_done') AS found`)).toEqual([{ found: null }])
    await expect(pendingMigrations(url, folder())).rejects.toThrow('29990101000000_broken failed')

    const resolve = ['migrate', 'resolve', '--rolled-back', '29990101000000_broken']
    expect(await runPrisma(scratch, url, resolve)).toMatchObject({ status: 0 })
    writeFileSync(
      path.join(folder(), '29990101000000_broken/migration.sql'),
      'CREATE TABLE half_done (n int);',
    )
    await applyMigrations(scratch, url)
    expect(await pendingMigrations(url, folder())).toEqual([])
  })

  it('refuse a database that a newer version has used', async () => {
    addMigration('29990101000000_future', 'CREATE TABLE future (n int);')
    await applyMigrations(scratch, url)
    rmSync(path.join(folder(), '29990101000000_future'), { recursive: true })
    await expect(pendingMigrations(url, folder())).rejects.toThrow(/newer version.*/s)
  })

  it('name an unreachable database, and never its password', async () => {
    const wrong = new URL(url)
    wrong.port = '1'
    wrong.password = 'never-shown'
    const failure = await applyMigrations(scratch, wrong.toString()).catch((error: Error) => error.message)
    expect(failure).toMatch(/ECONNREFUSED|reach/)
    expect(failure).not.toContain('never-shown')
  })
})
