import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AuthorizedFigureId } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import type { Evidence, EvidenceRequest, Tensor } from '@/lib/explainers/evidence'
import type { FigureDocument, FigureManifest } from '@/lib/explainers/figures/document'
import { requestId } from '@/lib/explainers/request'
import { readEvidence, readFigureAsset, readFigureAssets } from '@/lib/figures/data'
import { makeFilesObjects, storeEvidence, storeFigure } from '@/lib/figures/mutations'
import { CHUNK_BYTES } from '@/lib/objects/chunks'
import { readPlaceUses } from '@/lib/objects/data'
import { checkObjects, moveObjects } from '@/lib/objects/moving'
import { storeChunks } from '@/lib/objects/mutations'
import { s3Place } from '@/lib/objects/s3-place'
import {
  leftoverPatience,
  objectFile,
  objectStream,
  putObject,
  readObject,
  removeUnused,
} from '@/lib/objects/service'
import { bucketName, credentials, S3Server } from './s3-server'

const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-s3-'))
const target = `s3://${bucketName}/vitrine`
const limit = 16 * CHUNK_BYTES
const day = 24 * 3_600_000
let server: S3Server

beforeAll(async () => {
  server = await S3Server.open()
  Object.assign(process.env, {
    VITRINE_DATA: folder,
    VITRINE_OBJECTS: target,
    VITRINE_S3_ENDPOINT: server.endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  })
})
afterEach(() => {
  server.fault = () => undefined
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const nameOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const addressOf = async (sha256: string) => {
  const { rows } = await databasePool().query<{ address: string | null }>(
    'SELECT address FROM "StoredObject" WHERE sha256 = $1',
    [sha256],
  )
  return rows[0]?.address
}
const keyOf = async (sha256: string) => (await addressOf(sha256))!.slice(`s3://${bucketName}/`.length)

const leftovers = async () =>
  (await databasePool().query<{ address: string }>('SELECT address FROM "ObjectLeftover"')).rows.map(
    ({ address }) => address,
  )

/** As an installation without a bucket stores. */
async function putIntoDatabase(bytes: Buffer): Promise<string> {
  const sha256 = nameOf(bytes)
  async function* chunks() {
    yield bytes
  }
  await storeChunks({ sha256, size: bytes.length, chunks })
  return sha256
}

const chunkCount = async (sha256: string) =>
  (await databasePool().query('SELECT 1 FROM "ObjectChunk" WHERE sha256 = $1', [sha256])).rowCount

describe('an object in a bucket', () => {
  it.each([0, 1, 2 * CHUNK_BYTES + 5])('of %d bytes comes back as it was', async (size) => {
    const bytes = randomBytes(size)
    const { sha256 } = await putObject(bytes, { limit })
    expect(await addressOf(sha256)).toMatch(`${target}/${sha256}-`)
    expect(server.contents.get(await keyOf(sha256))?.equals(bytes)).toBe(true)
    expect(await chunkCount(sha256)).toBe(0)
    expect((await readObject(sha256)).equals(bytes)).toBe(true)
    expect(readFileSync(await objectFile(sha256)).equals(bytes)).toBe(true)
    expect(await leftovers()).toEqual([])
  })

  it('is one, however often the same is stored; what was written in vain is a leftover', async () => {
    const bytes = randomBytes(5000)
    await Promise.all([putObject(bytes, { limit }), putObject(bytes, { limit })])
    const written = [...server.contents.keys()].filter((key) => key.includes(nameOf(bytes)))
    expect([await addressOf(nameOf(bytes)), ...(await leftovers())].sort()).toEqual(
      written.map((key) => `s3://${bucketName}/${key}`).sort(),
    )
    const count = server.requests.length
    await putObject(bytes, { limit })
    expect(server.requests.length).toBe(count)
    expect((await readObject(nameOf(bytes))).equals(bytes)).toBe(true)
  })

  it('is refused by the store when its bytes are not those of its name', async () => {
    const place = s3Place({ target, endpoint: server.endpoint, region: undefined, pathStyle: true })
    const address = place.newAddress(nameOf(randomBytes(3)))
    const wrong = randomBytes(1000)
    const content = {
      sha256: nameOf(randomBytes(1000)),
      size: 1000,
      chunks: async function* () {
        yield wrong
      },
    }
    await expect(place.write(address, content)).rejects.toMatchObject({ code: 'object-damaged' })
    expect([...server.contents.keys()].some((key) => address.endsWith(key))).toBe(false)
  })

  it('that was changed in the bucket is found out', async () => {
    const { sha256 } = await putObject(randomBytes(1000), { limit })
    server.contents.set(await keyOf(sha256), randomBytes(1000))
    await expect(readObject(sha256)).rejects.toMatchObject({ code: 'object-damaged' })
    server.contents.delete(await keyOf(sha256))
    await expect(readObject(sha256)).rejects.toMatchObject({ code: 'object-damaged' })
    await databasePool().query('DELETE FROM "StoredObject" WHERE sha256 = $1', [sha256])
  })
})

describe('a bucket that does not answer', () => {
  it('for a moment is asked again, from the byte that is missing', async () => {
    const bytes = randomBytes(300_000)
    let faults = 0
    server.fault = () => (['busy', 'closed'] as const)[faults++]
    await putObject(bytes, { limit })
    expect(faults).toBe(3)
    faults = 0
    server.fault = () => (['cut', 'cut', 'busy'] as const)[faults++]
    expect((await readObject(nameOf(bytes))).equals(bytes)).toBe(true)
    expect(faults).toBe(4)
  })

  it('at all is named, and nothing is known of what was not stored', async () => {
    const bytes = randomBytes(100)
    const stored = randomBytes(100)
    await putObject(stored, { limit })
    const { port } = server
    await server.close()
    try {
      const away = { code: 'object-store-away', subject: bucketName }
      await expect(putObject(bytes, { limit })).rejects.toMatchObject(away)
      await expect(readObject(nameOf(stored))).rejects.toMatchObject(away)
    } finally {
      await server.listen(port)
    }
    await expect(readObject(nameOf(bytes))).rejects.toMatchObject({ code: 'object-missing' })
    await putObject(bytes, { limit })
    expect((await readObject(nameOf(bytes))).equals(bytes)).toBe(true)
  })

  it('because the credentials are wrong says so, and is not asked again', async () => {
    const { secretAccessKey } = credentials
    const place = () => s3Place({ target, endpoint: server.endpoint, region: undefined, pathStyle: true })
    const count = server.requests.length
    process.env.AWS_SECRET_ACCESS_KEY = 'another'
    const reading = place().read(`${target}/x`, 0)[Symbol.asyncIterator]().next()
    await expect(reading).rejects.toMatchObject({ code: 'object-store-refuses' })
    process.env.AWS_SECRET_ACCESS_KEY = secretAccessKey
    expect(server.requests.length).toBe(count + 1)
    await expect(place().remove('s3://another-bucket/x')).rejects.toMatchObject({
      code: 'object-store-refuses',
    })
  })
})

describe('a move', () => {
  it('into the bucket and back keeps every byte, and is read meanwhile', async () => {
    const contents = [randomBytes(10), randomBytes(3 * CHUNK_BYTES + 1)]
    const names = await Promise.all(contents.map(putIntoDatabase))
    const reading = objectStream(names[1]!)
    const pieces = [(await reading.next()).value as Buffer]

    const moved: string[] = []
    expect((await moveObjects(target, ({ sha256 }) => moved.push(sha256))).refused).toEqual([])
    expect(moved.sort()).toEqual([...names].sort())
    for await (const piece of reading) pieces.push(piece)
    expect(Buffer.concat(pieces).equals(contents[1]!)).toBe(true)
    for (const [index, name] of names.entries()) {
      expect(await chunkCount(name)).toBe(0)
      expect((await readObject(name)).equals(contents[index]!)).toBe(true)
    }
    expect(await moveObjects(target, () => {})).toEqual({ moved: 0, refused: [] })

    const back = await moveObjects(null, () => {})
    expect(back.refused).toEqual([])
    expect((await readPlaceUses()).map(({ bucket }) => bucket)).toEqual([null])
    for (const [index, name] of names.entries())
      expect((await readObject(name)).equals(contents[index]!)).toBe(true)
    expect(await checkObjects(() => {})).toEqual([])
    // A backup from before may still want what was in the bucket.
    expect((await leftovers()).length).toBeGreaterThanOrEqual(names.length)
    expect(server.contents.size).toBeGreaterThanOrEqual(names.length)
    await moveObjects(target, () => {})
  })

  it('that is broken off goes on where it was, and loses nothing', async () => {
    const contents = Array.from({ length: 6 }, () => randomBytes(1000))
    const names = await Promise.all(contents.map(putIntoDatabase))
    let written = 0
    // The process dies at the third object: its bytes are in the bucket, and the database does not know.
    server.fault = (method) => {
      if (method === 'PUT') written += 1
      return method === 'GET' && written === 3 ? 'closed' : undefined
    }
    await expect(moveObjects(target, () => {})).rejects.toMatchObject({ code: 'object-store-away' })
    const inDatabase = async () =>
      (await Promise.all(names.map(addressOf))).filter((address) => address === null).length
    expect(await inDatabase()).toBe(4)
    server.fault = () => undefined
    for (const [index, name] of names.entries())
      expect((await readObject(name)).equals(contents[index]!)).toBe(true)
    expect(await moveObjects(target, () => {})).toEqual({ moved: 4, refused: [] })
    expect(await inDatabase()).toBe(0)
    for (const [index, name] of names.entries())
      expect((await readObject(name)).equals(contents[index]!)).toBe(true)
    expect(readdirSync(path.join(folder, 'cache/incoming'))).toEqual([])
  })

  it('of two that move the same moves everything once', async () => {
    const contents = Array.from({ length: 5 }, () => randomBytes(1000))
    const names = await Promise.all(contents.map(putIntoDatabase))
    await Promise.all([moveObjects(target, () => {}), moveObjects(target, () => {})])
    for (const [index, name] of names.entries()) {
      expect((await readObject(name)).equals(contents[index]!)).toBe(true)
      expect(await chunkCount(name)).toBe(0)
    }
  })

  it('leaves damaged objects where they are, and moves the others', async () => {
    const [good, bad] = [await putIntoDatabase(randomBytes(1000)), await putIntoDatabase(randomBytes(1000))]
    await databasePool().query(`UPDATE "ObjectChunk" SET bytes = '\\x00' WHERE sha256 = $1`, [bad])
    const { refused } = await moveObjects(target, () => {})
    expect(refused.map(({ subject }) => subject)).toEqual([bad])
    expect(await addressOf(bad)).toBeNull()
    expect(await addressOf(good)).toMatch(target)
    expect((await checkObjects(() => {})).map(({ subject }) => subject)).toEqual([bad])
    await databasePool().query('DELETE FROM "StoredObject" WHERE sha256 = $1', [bad])
  })
})

describe('bytes that no object has', () => {
  it('are removed from the bucket after a month; a bucket that is away then stops nobody', async () => {
    const { sha256 } = await putObject(randomBytes(1000), { limit })
    const key = await keyOf(sha256)
    const age = (table: string, column: string, by: string) =>
      databasePool().query(`UPDATE "${table}" SET "${column}" = "${column}" - interval '${by}'`)
    await age('StoredObject', 'storedAt', '2 days')
    const other = await putObject(randomBytes(1000), { limit })
    expect((await removeUnused()).map((object) => object.sha256)).toContain(sha256)
    expect(await leftovers()).toContain(`s3://${bucketName}/${key}`)
    await removeUnused()
    expect(server.contents.has(key)).toBe(true)

    await age('ObjectLeftover', 'since', `${leftoverPatience / day + 1} days`)
    server.fault = () => 'closed'
    await removeUnused()
    expect(await leftovers()).toContain(`s3://${bucketName}/${key}`)
    server.fault = () => undefined
    await removeUnused()
    expect(server.contents.has(key)).toBe(false)
    expect(await leftovers()).toEqual([])
    expect((await readObject(other.sha256)).length).toBe(1000)
  })
})

describe('files of figures', () => {
  const tensor: Tensor = { shape: [3], data: Float32Array.of(1, 2, 3) }
  const evidence = {
    manifest: { method: 'saliency', versions: { method: 1 } },
    arrays: { attribution: tensor },
    measurements: {},
    seconds: 1,
  } as unknown as Evidence
  const request = {
    method: 'saliency',
    input: { name: 'x', sha256: nameOf(Buffer.of(1)) },
  } as EvidenceRequest

  const keepFigure = async (png: Buffer) => {
    const manifest = { spec: nameOf(png) } as unknown as FigureManifest
    const document = {} as FigureDocument
    const id = nameOf(png)
    await staffDatabase.figureRequest.create({ data: { id, spec: {} } })
    return (await storeFigure(id, {
      manifest,
      document,
      assets: new Map([['a.png', png]]),
    })) as AuthorizedFigureId
  }
  const inRows = async () =>
    (await staffDatabase.figureAsset.count({ where: { sha256: null } })) +
    (await staffDatabase.evidenceArray.count({ where: { sha256: null } }))

  it('are objects where objects go to a bucket', async () => {
    const png = randomBytes(2000)
    const figureId = await keepFigure(png)
    await storeEvidence(request, evidence)
    expect(await inRows()).toBe(0)
    expect(await addressOf(nameOf(png))).toMatch(target)
    expect(Buffer.from((await readFigureAsset(figureId, 'a.png'))!).equals(png)).toBe(true)
    expect((await readFigureAssets(figureId)).get('a.png')?.equals(png)).toBe(true)
    expect((await readEvidence(requestId(request), 1))?.arrays.attribution).toEqual(tensor)
    await databasePool().query(`UPDATE "StoredObject" SET "storedAt" = "storedAt" - interval '2 days'`)
    await removeUnused()
    expect(Buffer.from((await readFigureAsset(figureId, 'a.png'))!).equals(png)).toBe(true)
  })

  it('that lie in their rows become objects by a move', async () => {
    const png = randomBytes(2000)
    const figureId = await keepFigure(randomBytes(10))
    await staffDatabase.figureAsset.create({
      data: { figureId, name: 'old.png', bytes: new Uint8Array(png) },
    })
    expect(await inRows()).toBe(1)
    expect(Buffer.from((await readFigureAsset(figureId, 'old.png'))!).equals(png)).toBe(true)
    const sizes: number[] = []
    await makeFilesObjects((bytes) => sizes.push(bytes))
    expect(sizes).toEqual([2000])
    expect(await inRows()).toBe(0)
    expect(Buffer.from((await readFigureAsset(figureId, 'old.png'))!).equals(png)).toBe(true)
  })
})
