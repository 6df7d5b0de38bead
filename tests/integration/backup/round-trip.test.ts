import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeOwnAttempt, authorizeSaving } from '@/lib/auth/gate'
import { restoreBackup, writeBackup } from '@/lib/backup/service'
import { pendingMigrations } from '@/lib/database/migrations'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { submitAttempt } from '@/lib/submission/mutations'
import { setSchedule } from '@/lib/timing/mutations'
import { inSession, openClassroom, openSchedule } from '../server/classroom'

const migrations = path.resolve('prisma/migrations')
const empty = `restored_${randomBytes(6).toString('hex')}`
let folder: string
let target: string

async function administrate(statement: string) {
  const url = new URL(environment().DATABASE_URL)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-backup-'))
  mkdirSync(path.join(folder, 'secrets'))
  writeFileSync(path.join(folder, 'secrets/receipts'), 'ab'.repeat(32))
  writeFileSync(path.join(folder, 'secrets/answer-files'), 'cd'.repeat(32))
  writeFileSync(path.join(folder, 'secrets/sessions'), 'ef'.repeat(32))
  await administrate(`CREATE DATABASE ${empty}`)
  const url = new URL(environment().DATABASE_URL)
  url.pathname = `/${empty}`
  target = url.toString()
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await administrate(`DROP DATABASE ${empty} WITH (FORCE)`)
})

/** Every row of every table as text, but for the cache that a backup leaves out and the notes that a restore makes. */
async function contents(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('Exploration', 'ExplorationWaiter', 'Restoration')
       ORDER BY 1`,
    )
    const all: Record<string, string[]> = {}
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT t::text AS row FROM "${name}" t ORDER BY 1`,
      )
      all[name] = rows.map(({ row }) => row)
    }
    return all
  } finally {
    await client.end()
  }
}

async function fill() {
  const room = await openClassroom()
  const student = await room.enrol('STUDENT')
  await setSchedule(await room.scheduling(), {
    ...openSchedule,
    scoreRelease: 'WHEN_ALL_DONE',
    closesAt: '2040-01-01T00:00',
  })
  const access = await authorizeAssignment(student, { assignmentId: room.assignmentId }, 'attempt.start')
  const { attemptId } = await startAttempt(access)
  const owned = await authorizeSaving(student, attemptId)
  const save = (revision: number) =>
    saveAnswer(inSession(student), owned, 'q01', { optionIds: ['a'], clientId: 'tab\t"1"\\\n', revision })
  await save(1)
  return { student, attemptId, save }
}

const options = (replace: boolean) => ({
  workFolder: folder,
  migrations,
  secrets: path.join(folder, 'restored-secrets'),
  replace,
})

describe('backup and restore', () => {
  it('bring every row back, into an empty database and over a full one', async () => {
    const { student, attemptId, save } = await fill()
    await staffDatabase.figure.create({
      data: {
        id: 'f'.repeat(64),
        manifest: {},
        document: {},
        assets: { create: { name: 'a.png', bytes: randomBytes(5000) } },
      },
    })
    await submitAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.submit'))
    await expect(save(2)).rejects.toMatchObject({ code: 'attempt-submitted' })
    const file = path.join(folder, 'full.tar')
    const manifest = await writeBackup(environment().DATABASE_URL, file, path.join(folder, 'secrets'))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const before = await contents(environment().DATABASE_URL)

    await restoreBackup(target, file, options(false))
    expect(await contents(target)).toEqual(before)
    expect(await pendingMigrations(target, migrations)).toEqual([])
    // What students hold is still worth something; nobody stays signed in by it.
    expect(readdirSync(path.join(folder, 'restored-secrets')).sort()).toEqual(['answer-files', 'receipts'])
    expect(readFileSync(path.join(folder, 'restored-secrets/receipts'), 'utf8')).toBe('ab'.repeat(32))
    expect(readFileSync(path.join(folder, 'restored-secrets/answer-files'), 'utf8')).toBe('cd'.repeat(32))
    // The next event does not meet the number of an old one.
    const client = new pg.Client({ connectionString: target })
    await client.connect()
    const next = await client.query<{ id: string }>(
      `INSERT INTO "AnswerEvent" ("attemptId", "partId", "optionIds", revision, "clientId", "savedAt")
       SELECT "attemptId", "partId", '{}', 9, 'x', now() FROM "AnswerEvent" LIMIT 1 RETURNING id::text`,
    )
    await client.end()
    expect(BigInt(next.rows[0]!.id)).toBeGreaterThan(0n)

    await expect(restoreBackup(target, file, options(false))).rejects.toThrow(/--replace/)
    await restoreBackup(target, file, options(true))
    expect(await contents(target)).toEqual(before)
    const noted = new pg.Client({ connectionString: target })
    await noted.connect()
    const { rows } = await noted.query<{ same: boolean }>(
      `SELECT "backedUpAt" = $1::timestamptz AT TIME ZONE 'UTC' AS same FROM "Restoration"`,
      [manifest.createdAt],
    )
    await noted.end()
    expect(rows).toEqual([{ same: true }])
    expect(manifest.tables.find(({ name }) => name === 'Attempt')?.rows).toBe(before.Attempt!.length)
  })

  it('is of one moment, though answers are saved meanwhile', async () => {
    const { save } = await fill()
    let revision = 1
    let going = true
    const writing = (async () => {
      while (going) await save(++revision)
    })()
    const file = path.join(folder, 'busy.tar')
    await writeBackup(environment().DATABASE_URL, file, folder)
    going = false
    await writing
    await restoreBackup(target, file, options(true))
    const client = new pg.Client({ connectionString: target })
    await client.connect()
    const { rows } = await client.query<{ same: boolean }>(
      `SELECT a.revision = max(e.revision) AS same FROM "Answer" a
       JOIN "AnswerEvent" e USING ("attemptId", "partId") GROUP BY a."attemptId", a."partId", a.revision`,
    )
    await client.end()
    expect(rows.every(({ same }) => same)).toBe(true)
  })

  it('refuses what is damaged, cut short, or no backup, and changes nothing', async () => {
    await fill()
    const file = path.join(folder, 'sound.tar')
    await writeBackup(environment().DATABASE_URL, file, folder)
    await restoreBackup(target, file, options(true))
    const before = await contents(target)
    const bytes = readFileSync(file)
    const damaged = Buffer.from(bytes)
    const place = bytes.indexOf('Answer.copy.gz', bytes.indexOf('"sequences"')) + 600
    damaged[place] = (damaged[place] ?? 0) ^ 1
    for (const [name, content] of [
      ['damaged.tar', damaged],
      ['short.tar', bytes.subarray(0, bytes.length / 2)],
      ['text.tar', Buffer.from('hello')],
    ] as const) {
      const wrong = path.join(folder, name)
      writeFileSync(wrong, content)
      await expect(restoreBackup(target, wrong, options(true)), name).rejects.toThrow(/backup|damaged/)
    }
    expect(await contents(target)).toEqual(before)
    expect(
      readdirSync(folder).filter((name) => name.startsWith('restore-') || name.includes('.part-')),
    ).toEqual([])
  })

  it('refuses while somebody uses the database', async () => {
    const file = path.join(folder, 'sound.tar')
    const user = new pg.Client({ connectionString: target })
    await user.connect()
    await expect(restoreBackup(target, file, options(true))).rejects.toThrow(/in use/)
    await user.end()
  })
})
