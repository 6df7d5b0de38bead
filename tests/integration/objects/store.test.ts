import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databasePool } from '@/lib/database/pool'
import { CHUNK_BYTES } from '@/lib/objects/chunks'
import { storeChunks } from '@/lib/objects/mutations'
import { objectFile, objectStream, putObject, readObject, removeUnused } from '@/lib/objects/service'

const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-objects-'))
const incoming = path.join(folder, 'cache/incoming')
const limit = 16 * CHUNK_BYTES

beforeAll(() => {
  process.env.VITRINE_DATA = folder
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function* inPieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function counts() {
  const { rows } = await databasePool().query<{ objects: number; chunks: number }>(
    'SELECT (SELECT count(*)::int FROM "StoredObject") AS objects, (SELECT count(*)::int FROM "ObjectChunk") AS chunks',
  )
  return rows[0]!
}

const nameOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** Changes one stored byte. */
async function damage(sha256: string): Promise<void> {
  const { rowCount } = await databasePool().query(
    `UPDATE "ObjectChunk" SET bytes = set_byte(bytes, 3, (get_byte(bytes, 3) + 1) % 256) WHERE sha256 = $1 AND number = 0`,
    [sha256],
  )
  expect(rowCount).toBe(1)
}

describe('a stored object', () => {
  it.each([0, 1, CHUNK_BYTES, 2 * CHUNK_BYTES + 5])('of %d bytes comes back as it was', async (size) => {
    const bytes = randomBytes(size)
    expect(await putObject(inPieces(bytes, 70_001), { limit })).toEqual({ sha256: nameOf(bytes), size })
    expect((await readObject(nameOf(bytes))).equals(bytes)).toBe(true)
    expect((await buffer(objectStream(nameOf(bytes)))).equals(bytes)).toBe(true)
    expect(readFileSync(await objectFile(nameOf(bytes))).equals(bytes)).toBe(true)
    expect(readdirSync(incoming)).toEqual([])
  })

  it('is one, however often and at whatever moment the same is stored', async () => {
    const bytes = randomBytes(CHUNK_BYTES + 1)
    await putObject(bytes, { limit })
    const before = await counts()
    await Promise.all([putObject(bytes, { limit }), putObject(inPieces(bytes, 1000), { limit })])
    expect(await counts()).toEqual(before)

    const other = randomBytes(CHUNK_BYTES + 1)
    await Promise.all([putObject(other, { limit }), putObject(other, { limit })])
    expect(await counts()).toEqual({ objects: before.objects + 1, chunks: before.chunks + 2 })
    expect((await readObject(nameOf(other))).equals(other)).toBe(true)
  })

  it('is not there when its name is wrong', async () => {
    await expect(readObject('0'.repeat(64))).rejects.toMatchObject({ code: 'object-missing' })
    await expect(objectFile('../../etc/passwd')).rejects.toMatchObject({ code: 'object-missing' })
  })
})

describe('what is broken off', () => {
  it('by its source leaves nothing', async () => {
    const before = await counts()
    async function* breaking() {
      yield randomBytes(2 * CHUNK_BYTES)
      throw new Error('the connection ended')
    }
    await expect(putObject(breaking(), { limit })).rejects.toThrow('the connection ended')
    expect(await counts()).toEqual(before)
    expect(readdirSync(incoming)).toEqual([])
  })

  it('by its size leaves nothing', async () => {
    const before = await counts()
    const bytes = randomBytes(1001)
    for (const source of [bytes, inPieces(bytes, 100)])
      await expect(putObject(source, { limit: 1000 })).rejects.toMatchObject({
        code: 'object-too-large',
        subject: '1000',
      })
    expect(await counts()).toEqual(before)
    expect(readdirSync(incoming)).toEqual([])
  })

  it('by the death of its connection is never seen, and can be stored afterwards', async () => {
    const bytes = randomBytes(3 * CHUNK_BYTES)
    const object = { sha256: nameOf(bytes), size: bytes.length }
    const before = await counts()
    async function* killing() {
      yield bytes.subarray(0, 2 * CHUNK_BYTES + 1)
      const { rowCount } = await databasePool().query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'idle in transaction'`,
      )
      expect(rowCount).toBe(1)
      yield bytes.subarray(2 * CHUNK_BYTES + 1)
    }
    await expect(storeChunks({ ...object, chunks: killing })).rejects.toThrow()
    expect(await counts()).toEqual(before)
    await putObject(bytes, { limit })
    expect((await readObject(object.sha256)).equals(bytes)).toBe(true)
  })
})

describe('wrong bytes', () => {
  it('in the store are found out by every reader, and no copy of them is made', async () => {
    const bytes = randomBytes(5000)
    const { sha256 } = await putObject(bytes, { limit })
    await damage(sha256)
    await expect(readObject(sha256)).rejects.toMatchObject({ code: 'object-damaged', subject: sha256 })
    await expect(objectFile(sha256)).rejects.toMatchObject({ code: 'object-damaged', subject: sha256 })
    expect(readdirSync(path.join(folder, 'cache/objects')).some((name) => name.startsWith(sha256))).toBe(
      false,
    )
  })

  it('in a copy that another process left are replaced', async () => {
    const bytes = randomBytes(5000)
    const { sha256 } = await putObject(bytes, { limit })
    writeFileSync(path.join(folder, 'cache/objects', sha256), randomBytes(5000))
    expect(readFileSync(await objectFile(sha256)).equals(bytes)).toBe(true)
  })
})

describe('objects that nothing refers to', () => {
  it('are removed after a day, with their copies; others stay', async () => {
    await databasePool().query(
      'CREATE TABLE "Keeper" (sha256 text REFERENCES "StoredObject"(sha256), note text)',
    )
    const [kept, unused, young] = [randomBytes(10), randomBytes(11), randomBytes(12)]
    for (const bytes of [kept, unused, young]) await putObject(bytes, { limit })
    await databasePool().query('INSERT INTO "Keeper" VALUES ($1)', [nameOf(kept)])
    const copy = await objectFile(nameOf(unused))
    await databasePool().query(`UPDATE "StoredObject" SET "storedAt" = "storedAt" - interval '25 hours'`)
    await putObject(young, { limit })

    const removed = (await removeUnused()).map(({ sha256 }) => sha256)
    expect(removed).toContain(nameOf(unused))
    expect(removed).not.toContain(nameOf(kept))
    expect(removed).not.toContain(nameOf(young))
    expect(existsSync(copy)).toBe(false)
    await expect(readObject(nameOf(unused))).rejects.toMatchObject({ code: 'object-missing' })
    expect((await readObject(nameOf(kept))).equals(kept)).toBe(true)
    const { rows } = await databasePool().query('SELECT 1 FROM "ObjectChunk" WHERE sha256 = $1', [
      nameOf(unused),
    ])
    expect(rows).toEqual([])
  })
})
