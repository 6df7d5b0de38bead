import { createHash } from 'node:crypto'
import { readObjects } from '@/lib/objects/data'
import { moveToAddress, moveToChunks } from '@/lib/objects/mutations'
import { bucketPlace, contentOf, objectStream, withSpooled, writeAside } from '@/lib/objects/service'
import { type KeptObject, ObjectError } from '@/lib/objects/store'

const PAGE = 100

export interface MovedObjects {
  readonly moved: number
  /** Those whose bytes are not what their names say: they stay where they are. */
  readonly refused: readonly ObjectError[]
}

/**
 * Moves every object that is elsewhere, one after the other, beside whatever reads and stores meanwhile: its new bytes are
 * there and compared with its name before the database says so. Broken off, it goes on where it was.
 * @param target `s3://bucket/prefix`; null: PostgreSQL
 * @throws ObjectError 'object-store-away', 'object-store-refuses'
 */
export async function moveObjects(
  target: string | null,
  onMoved: (object: KeptObject) => void,
): Promise<MovedObjects> {
  const notAt = target === null ? null : `${target}/`
  const refused: ObjectError[] = []
  let moved = 0
  for (let after = ''; ; ) {
    const objects = await readObjects({ after, notAt, most: PAGE })
    for (const object of objects) {
      after = object.sha256
      const failure = await moveObject(object, target)
      if (failure) refused.push(failure)
      else moved += 1
      onMoved(object)
    }
    if (objects.length === 0) return { moved, refused }
  }
}

/** @returns why the object stays where it is; null where it was moved, or somebody else has moved or removed it. */
async function moveObject(object: KeptObject, target: string | null): Promise<ObjectError | null> {
  try {
    // A file of this machine: neither place waits for the other one, and wrong bytes go nowhere.
    await withSpooled(objectStream(object.sha256), { limit: object.size }, async (file) => {
      if (target === null) return moveToChunks(object, contentOf(file))
      const address = await writeAside(contentOf(file))
      await compare(object.sha256, bucketPlace().read(address, 0))
      return moveToAddress(object, address)
    })
    return null
  } catch (error) {
    if (!(error instanceof ObjectError)) throw error
    if (error.code === 'object-missing') return null
    if (error.code === 'object-damaged' || error.code === 'object-too-large') return error
    throw error
  }
}

/**
 * Reads every object and compares it with its name.
 * @returns those that are missing at their place, or damaged
 * @throws ObjectError 'object-store-away', 'object-store-refuses'
 */
export async function checkObjects(onChecked: (object: KeptObject) => void): Promise<ObjectError[]> {
  const wrong: ObjectError[] = []
  for (let after = ''; ; ) {
    const objects = await readObjects({ after, most: PAGE })
    for (const object of objects) {
      after = object.sha256
      try {
        await compare(object.sha256, objectStream(object.sha256))
      } catch (error) {
        if (!(error instanceof ObjectError) || error.code !== 'object-damaged') throw error
        wrong.push(error)
      }
      onChecked(object)
    }
    if (objects.length === 0) return wrong
  }
}

async function compare(sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  if (hash.digest('hex') !== sha256)
    throw new ObjectError('object-damaged', sha256, `what is stored as ${sha256} has other bytes`)
}
