import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databasePool } from '@/lib/database/pool'
import { CHUNK_BYTES } from '@/lib/objects/chunks'
import { storeChunks } from '@/lib/objects/mutations'
import { readObject } from '@/lib/objects/service'
import { bucketName, credentials, S3Server } from './s3-server'

const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-move-'))
let server: S3Server

beforeAll(async () => {
  server = await S3Server.open()
  Object.assign(process.env, {
    VITRINE_DATA: folder,
    VITRINE_OBJECTS: `s3://${bucketName}/a/b`,
    VITRINE_S3_ENDPOINT: server.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

function vitrine(words: readonly string[], settings: Readonly<Record<string, string>> = {}): ChildProcess {
  const parameters = ['--import', 'tsx', 'bin/vitrine.ts', 'objects', ...words]
  return spawn(process.execPath, parameters, {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function outcomeOf(child: ChildProcess) {
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit'),
  ])
  return { status, stdout, stderr }
}

const inDatabase = async () =>
  Number(
    (await databasePool().query('SELECT count(*) FROM "StoredObject" WHERE address IS NULL')).rows[0].count,
  )

it('vitrine objects move, killed with -9 in the middle, is run again and has moved everything', async () => {
  const contents = Array.from({ length: 8 }, (_, index) => randomBytes(index === 3 ? 2 * CHUNK_BYTES : 1000))
  for (const bytes of contents) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const chunks = async function* () {
      yield bytes
    }
    await storeChunks({ sha256, size: bytes.length, chunks })
  }
  const everythingIsThere = async () => {
    for (const bytes of contents) {
      const read = await readObject(createHash('sha256').update(bytes).digest('hex'))
      expect(read.equals(bytes)).toBe(true)
    }
  }

  let puts = 0
  const first = vitrine(['move', '--to', 's3'])
  server.fault = (method) => {
    if (method === 'PUT' && ++puts === 4) first.kill('SIGKILL')
    return undefined
  }
  const killed = await outcomeOf(first)
  server.fault = () => undefined
  expect(killed.status).toBeNull()
  const left = await inDatabase()
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(contents.length)
  await everythingIsThere()

  expect(await outcomeOf(vitrine(['move', '--to', 's3']))).toMatchObject({
    status: 0,
    stdout: `${left} objects moved\n`,
  })
  expect(await inDatabase()).toBe(0)
  await everythingIsThere()
  const listed = await outcomeOf(vitrine(['list']))
  expect(listed.stdout).toMatch(new RegExp(`^s3://${bucketName}\t8 objects\t\\d+ bytes\n$`))

  // The setting says where new files go: the other way needs it first.
  const wrong = await outcomeOf(vitrine(['move', '--to', 'postgresql']))
  expect(wrong).toMatchObject({ status: 2, stdout: '' })
  expect(wrong.stderr).toContain(`VITRINE_OBJECTS says s3://${bucketName}/a/b`)
  const back = await outcomeOf(vitrine(['move', '--to', 'postgresql'], { VITRINE_OBJECTS: 'postgresql' }))
  expect(back).toMatchObject({ status: 0, stdout: '8 objects moved\n' })
  expect(await inDatabase()).toBe(8)
  await everythingIsThere()

  await databasePool().query(`UPDATE "ObjectChunk" SET bytes = '\\x00' WHERE number = 1`)
  const check = await outcomeOf(vitrine(['check']))
  expect(check.status).toBe(2)
  expect(check.stderr).toMatch(/^error: 1 objects are damaged/)
})
