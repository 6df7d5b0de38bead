import { databasePool } from '@/lib/database/pool'
import type { StoredObject } from '@/lib/objects/store'

/** @returns null when there is no such object. */
export async function findObject(sha256: string): Promise<StoredObject | null> {
  const { rows } = await databasePool().query<{ size: string }>({
    name: 'find-object',
    text: 'SELECT size FROM "StoredObject" WHERE sha256 = $1',
    values: [sha256],
  })
  return rows[0] ? { sha256, size: Number(rows[0].size) } : null
}

/** The bytes that PostgreSQL keeps of an object, a chunk at a time: no connection waits for a slow reader. */
export async function* readChunks(sha256: string): AsyncGenerator<Buffer> {
  for (let number = 0; ; number++) {
    const { rows } = await databasePool().query<{ bytes: Buffer }>({
      name: 'read-object-chunk',
      text: 'SELECT bytes FROM "ObjectChunk" WHERE sha256 = $1 AND number = $2',
      values: [sha256, number],
    })
    if (!rows[0]) return
    yield rows[0].bytes
  }
}
