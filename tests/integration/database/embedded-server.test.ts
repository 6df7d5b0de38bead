import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isAlive } from '@/lib/database/embedded/installation'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '@/lib/database/embedded/server'

let folder: string
const opened: EmbeddedDatabase[] = []

// One folder for all tests, as an installation has: each finds what the one before left behind.
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vitrine-embedded-'))
})

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
  expect(existsSync(lockFile()), 'no server is left running').toBe(false)
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const lockFile = () => path.join(folder, 'database/cluster/postmaster.pid')

async function open(onEvent?: (event: { kind: string }) => void): Promise<EmbeddedDatabase> {
  const database = await openEmbeddedDatabase(folder, { onEvent })
  opened.push(database)
  return database
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows as unknown[]
  } finally {
    await client.end()
  }
}

/** Another process that opens the same database, and stays until it is killed. */
async function openElsewhere(): Promise<ChildProcess> {
  const script = `
    import { openEmbeddedDatabase } from './lib/database/embedded/server.ts'
    await openEmbeddedDatabase(${JSON.stringify(folder)})
    process.stdout.write('open')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', () => reject(new Error('the other process ended')))
  })
  return child
}

function killHard(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

describe('the embedded database', () => {
  it('keeps its data, and lets nobody in without the password', async () => {
    const first = await open()
    await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)')
    const nameless = new URL(first.url)
    nameless.password = 'guess'
    await expect(query(nameless.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    const [row] = (await query(first.url, 'SHOW fsync')) as [{ fsync: string }]
    expect(row.fsync).toBe('on')
    expect(await query(first.url, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([
      { rolsuper: false },
    ])
    await first.close()
    await expect(query(first.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const second = await open()
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  })

  it('keeps its secrets to its owner, and out of every process argument', async () => {
    const database = await open()
    const secrets = path.join(folder, 'secrets')
    expect(statSync(secrets).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(secrets)) {
      expect(statSync(path.join(secrets, name)).mode & 0o777, name).toBe(0o600)
    }
    const { password } = new URL(database.url)
    expect(password).toMatch(/^[0-9a-f]{64}$/)
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      let command = ''
      try {
        command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        continue // ended meanwhile
      }
      expect(command.includes(password), command).toBe(false)
    }
  })

  it('comes back on the same port, with every committed row, when the server is killed', async () => {
    const events: string[] = []
    const database = await open((event) => events.push(event.kind))
    await query(
      database.url,
      'CREATE TABLE committed (n int); INSERT INTO committed SELECT generate_series(1, 1000)',
    )
    const before = database.postmaster().pid
    process.kill(before, 'SIGKILL')
    await expect.poll(() => events, { timeout: 30_000 }).toEqual(['restarted'])
    expect(database.postmaster().pid).not.toBe(before)
    expect(await query(database.url, 'SELECT count(*)::int AS n FROM committed')).toEqual([{ n: 1000 }])
  })

  it('adopts the server of a Vitrine that was killed, and stops it in the end', async () => {
    const other = await openElsewhere()
    await killHard(other)
    const database = await open()
    expect(await query(database.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
    await database.close()
    await expect(query(database.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('recovers when Vitrine and its server were killed together', async () => {
    const other = await openElsewhere()
    const pid = Number(readFileSync(lockFile(), 'utf8').split('\n')[0])
    await killHard(other)
    process.kill(pid, 'SIGKILL')
    const database = await open()
    expect(await query(database.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  })

  it('starts although the lock file names a process that is something else by now', async () => {
    const first = await open()
    const lines = readFileSync(lockFile(), 'utf8').split('\n')
    await first.close()
    const stranger = spawn('sleep', ['60'])
    try {
      writeFileSync(lockFile(), [stranger.pid, ...lines.slice(1)].join('\n'))
      const second = await open()
      expect(await query(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
      expect(isAlive(stranger.pid ?? 0)).toBe(true)
    } finally {
      await killHard(stranger)
    }
  })

  it('waits for its port to be free again after a crash', async () => {
    const events: string[] = []
    const database = await open((event) => events.push(event.kind))
    const blocker = createServer()
    process.kill(database.postmaster().pid, 'SIGKILL')
    await new Promise<void>((resolve, reject) => {
      blocker.once('error', reject)
      const listen = () => blocker.listen(database.port, '127.0.0.1', () => resolve())
      setTimeout(listen, 0)
    }).catch(() => {}) // the server was faster: nothing is blocked
    await new Promise((resolve) => setTimeout(resolve, 500))
    blocker.close()
    await expect.poll(() => events, { timeout: 30_000 }).toEqual(['restarted'])
    expect(await query(database.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  })

  it('is one server for everybody, until the last one closes', async () => {
    const [first, second] = await Promise.all([open(), open()])
    expect(first.port).toBe(second.port)
    await first.close()
    expect(await query(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
    await second.close()
    await expect(query(second.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('lends credentials that are worth nothing afterwards', async () => {
    const database = await open()
    let lent = ''
    await database.withPassingCredentials(async (url) => {
      lent = url
      await query(url, 'CREATE TABLE lent (n int)')
    })
    await expect(query(lent, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect(await query(database.url, `SELECT tableowner FROM pg_tables WHERE tablename = 'lent'`)).toEqual([
      { tableowner: 'vitrine' },
    ])
  })

  it('names the secrets when they do not belong to the data', async () => {
    await (await open()).close()
    const secret = path.join(folder, 'secrets/database-superuser')
    const own = readFileSync(secret)
    writeFileSync(secret, '0'.repeat(64))
    await expect(openEmbeddedDatabase(folder)).rejects.toThrow(/secrets\/database-superuser/)
    writeFileSync(secret, own)
  })

  it('says what to do with the data of another major version', async () => {
    await (await open()).close()
    const file = path.join(folder, 'database/cluster/PG_VERSION')
    const own = readFileSync(file)
    writeFileSync(file, '14\n')
    await expect(openEmbeddedDatabase(folder)).rejects.toThrow(/PostgreSQL 14.*pg_dump/s)
    writeFileSync(file, own)
  })
})
