import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ownDataFolder } from '@/lib/data-folder'
import { environment } from '@/lib/environment'
import { log } from '@/lib/log'
import { findObject, readChunks, readLeftovers } from '@/lib/objects/data'
import {
  forgetLeftover,
  noteLeftover,
  recordObject,
  removeUnusedObjects,
  renewObject,
  storeChunks,
} from '@/lib/objects/mutations'
import { s3Place } from '@/lib/objects/s3-place'
import {
  type KeptObject,
  type ObjectContent,
  ObjectError,
  type ObjectPlace,
  objectNameSchema,
  type StoredObject,
} from '@/lib/objects/store'

/**
 * Large files by the hash of their content: models, pictures. Whoever stores one refers to it by a foreign key soon
 * after; what nothing refers to is removed in the end.
 */

export type ObjectSource = Uint8Array | AsyncIterable<Uint8Array>

export interface PutOptions {
  /** Most bytes. */
  readonly limit: number
}

/** Files that a broken-off upload left are kept this long, and objects that nothing refers to. */
const patience = 24 * 3_600_000

/**
 * Bytes in a bucket that no object has any more are kept this long, in milliseconds: a backup of the database that is no
 * older still finds what it refers to.
 */
export const leftoverPatience = 30 * 24 * 3_600_000

let bucket: ObjectPlace | undefined

/** What reads and writes at addresses of buckets, with the settings of this process. */
export function bucketPlace(): ObjectPlace {
  const { VITRINE_OBJECTS, VITRINE_S3_ENDPOINT, VITRINE_S3_REGION, VITRINE_S3_PATH_STYLE } = environment()
  bucket ??= s3Place({
    target: VITRINE_OBJECTS,
    endpoint: VITRINE_S3_ENDPOINT,
    region: VITRINE_S3_REGION,
    pathStyle: VITRINE_S3_PATH_STYLE ? VITRINE_S3_PATH_STYLE === 'on' : VITRINE_S3_ENDPOINT !== undefined,
  })
  return bucket
}

/** Where new objects go: `s3://bucket/prefix`; null: PostgreSQL. */
export function objectTarget(): string | null {
  const { VITRINE_OBJECTS } = environment()
  return VITRINE_OBJECTS === 'postgresql' ? null : VITRINE_OBJECTS
}

/**
 * Stores the content where new objects go and makes it known, all or nothing. A content that is there already, at
 * whatever place, becomes young again. No connection to the database waits for a bucket.
 */
async function store(content: ObjectContent): Promise<void> {
  if (objectTarget() === null) return storeChunks(content)
  if (await renewObject(content.sha256)) return
  await recordObject(content, await writeAside(content))
}

/** Writes bytes at a new address of the bucket, which is a leftover until it is recorded. */
export async function writeAside(content: ObjectContent): Promise<string> {
  const place = bucketPlace()
  const address = place.newAddress(content.sha256)
  await noteLeftover(address)
  await place.write(address, content)
  return address
}

/**
 * Stores a content; the same again is the same object. A stream goes through a file of this machine first: its hash has
 * to be known, and no connection to the database waits for the network.
 * @throws ObjectError 'object-too-large'; whatever `source` throws. Nothing is stored then.
 */
export async function putObject(source: ObjectSource, options: PutOptions): Promise<StoredObject> {
  if (!(source instanceof Uint8Array)) {
    return withSpooled(source, options, (file) => putFile(file))
  }
  if (source.byteLength > options.limit) throw tooLarge(options.limit)
  const sha256 = createHash('sha256').update(source).digest('hex')
  const object = { sha256, size: source.byteLength }
  await store({ ...object, chunks: () => Readable.from([source]) })
  return object
}

/** A file of this machine, by what it holds. */
export interface SpooledFile extends StoredObject {
  readonly path: string
}

/**
 * Writes a stream into a file of this machine for as long as `use` takes, so that it can be read at any place and
 * checked before it is stored.
 * @throws ObjectError 'object-too-large'; whatever `source` or `use` throws
 */
export async function withSpooled<Result>(
  source: AsyncIterable<Uint8Array>,
  { limit }: PutOptions,
  use: (file: SpooledFile) => Promise<Result>,
): Promise<Result> {
  const file = path.join(await cacheFolder('incoming'), randomUUID())
  try {
    return await use({ path: file, ...(await writeHashed(file, source, limit)) })
  } finally {
    await rm(file, { force: true })
  }
}

/** Stores a file that was spooled. */
export async function putFile(file: SpooledFile): Promise<StoredObject> {
  await store(contentOf(file))
  return { sha256: file.sha256, size: file.size }
}

/**
 * Whether a content is stored already, by a name that somebody gives for it. Then it becomes young again, so that whoever
 * asks has time to refer to it.
 */
export async function isStored({ sha256, size }: StoredObject): Promise<boolean> {
  const object = await findObject(sha256)
  return object?.size === size && renewObject(sha256)
}

/** What a spooled file holds, to be read as often as somebody wants. */
export function contentOf({ path: file, sha256, size }: SpooledFile): ObjectContent {
  return { sha256, size, chunks: () => createReadStream(/*turbopackIgnore: true*/ file) }
}

/**
 * The content as it is read, wherever the database says that it is, also while it is moved; what does not match its name
 * is found out at the end.
 * @throws ObjectError 'object-missing', 'object-damaged', 'object-store-away', 'object-store-refuses'
 */
export async function* objectStream(sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let object = await knownObject(sha256)
  for (let position = 0; ; ) {
    for await (const chunk of bytesFrom(object, position)) {
      position += chunk.byteLength
      hash.update(chunk)
      yield chunk
    }
    if (position >= object.size) break
    // It ended early: the rest is at another place since, or nowhere.
    const { address } = object
    object = await knownObject(sha256)
    if (object.address === address) break
  }
  if (hash.digest('hex') !== sha256) throw damaged(sha256)
}

function bytesFrom({ sha256, address }: KeptObject, from: number): AsyncIterable<Buffer> {
  return address === null ? readChunks(sha256, from) : bucketPlace().read(address, from)
}

/**
 * The whole content in memory: for small objects.
 * @throws ObjectError as `objectStream`
 */
export async function readObject(sha256: string): Promise<Buffer> {
  return buffer(objectStream(sha256))
}

/** Files whose bytes this process has compared with their names, and those that it is making. */
const checked = new Set<string>()
const making = new Map<string, Promise<string>>()

/**
 * A copy on this machine, made when it is first asked for and compared with its name before anybody sees it, once a
 * process.
 * @returns its path, in the data folder's cache: to be read only, and to be asked for again rather than remembered
 * @throws ObjectError as `objectStream`
 */
export async function objectFile(sha256: string): Promise<string> {
  const { size } = await knownObject(sha256)
  const file = path.join(await cacheFolder('objects'), sha256)
  if (checked.has(file) && (await sizeOf(file)) === size) return file
  const made = making.get(file) ?? fetchFile(sha256, file).finally(() => making.delete(file))
  making.set(file, made)
  return made
}

async function fetchFile(sha256: string, file: string): Promise<string> {
  if ((await hashOf(file)) !== sha256) {
    const draft = `${file}.${randomUUID()}`
    try {
      await writeHashed(draft, objectStream(sha256), Number.POSITIVE_INFINITY)
      await rename(draft, file)
    } finally {
      await rm(draft, { force: true })
    }
  }
  checked.add(file)
  return file
}

/**
 * Removes objects to which nothing refers and which nobody stored in the last day, their copies on this machine, what
 * broken-off uploads left here, and bytes in buckets that have been no object's for a month.
 * @returns what was removed from the store
 */
export async function removeUnused(now = new Date()): Promise<readonly StoredObject[]> {
  const before = new Date(now.getTime() - patience)
  const removed = await removeUnusedObjects(before)
  const copies = await cacheFolder('objects')
  for (const name of await readdir(copies)) {
    const isObject = objectNameSchema.safeParse(name).success
    if (isObject ? !(await findObject(name)) : await isOlder(path.join(copies, name), before))
      await rm(path.join(copies, name), { force: true })
  }
  const incoming = await cacheFolder('incoming')
  for (const name of await readdir(incoming))
    if (await isOlder(path.join(incoming, name), before)) await rm(path.join(incoming, name), { force: true })
  await clearLeftovers(new Date(now.getTime() - leftoverPatience))
  return removed
}

/** A bucket that is away keeps nobody from working: what is noted is removed another time. */
async function clearLeftovers(before: Date): Promise<void> {
  for (const address of await readLeftovers(before)) {
    try {
      await bucketPlace().remove(address)
    } catch (error) {
      log.warn({ error, address }, 'bytes that no object has stay in the bucket until the next time')
      return
    }
    await forgetLeftover(address)
  }
}

/** Removes those of the objects to which nothing refers any more, without waiting. */
export async function removeObjects(names: readonly string[]): Promise<void> {
  // The database's clock may be a little ahead of this machine's.
  await removeUnusedObjects(new Date(Date.now() + 60_000), names)
}

async function cacheFolder(name: 'objects' | 'incoming'): Promise<string> {
  const folder = path.join(ownDataFolder(), 'cache', name)
  await mkdir(/*turbopackIgnore: true*/ folder, { recursive: true, mode: 0o700 })
  return folder
}

async function knownObject(sha256: string): Promise<KeptObject> {
  const object = objectNameSchema.safeParse(sha256).success ? await findObject(sha256) : null
  if (!object) throw new ObjectError('object-missing', sha256, `there is no object ${sha256}`)
  return object
}

/** @throws ObjectError 'object-too-large'; the file is then no longer than the limit. */
async function writeHashed(
  file: string,
  source: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<StoredObject> {
  const hash = createHash('sha256')
  const handle = await open(/*turbopackIgnore: true*/ file, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of source) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge(limit)
      hash.update(chunk)
      await handle.appendFile(chunk)
    }
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), size }
}

/** @returns undefined when there is no such file. */
async function hashOf(file: string): Promise<string | undefined> {
  if ((await sizeOf(file)) === undefined) return undefined
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(/*turbopackIgnore: true*/ file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(/*turbopackIgnore: true*/ file).catch(() => undefined))?.size
}

async function isOlder(file: string, before: Date): Promise<boolean> {
  const facts = await stat(/*turbopackIgnore: true*/ file).catch(() => undefined)
  return facts !== undefined && facts.mtime < before
}

function tooLarge(limit: number): ObjectError {
  return new ObjectError('object-too-large', String(limit), `there are more than ${limit} bytes`)
}

function damaged(sha256: string): ObjectError {
  return new ObjectError('object-damaged', sha256, `what is stored as ${sha256} has other bytes`)
}
