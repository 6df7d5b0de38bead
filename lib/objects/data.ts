import { databasePool } from '@/lib/database/pool'
import { CHUNK_BYTES } from '@/lib/objects/chunks'
import type { KeptObject } from '@/lib/objects/store'

interface ObjectRow {
  readonly sha256: string
  readonly size: string
  readonly address: string | null
}

const kept = ({ sha256, size, address }: ObjectRow): KeptObject => ({ sha256, size: Number(size), address })

/** @returns null when there is no such object. */
export async function findObject(sha256: string): Promise<KeptObject | null> {
  const { rows } = await databasePool().query<ObjectRow>({
    name: 'find-object',
    text: 'SELECT sha256, size, address FROM "StoredObject" WHERE sha256 = $1',
    values: [sha256],
  })
  return rows[0] ? kept(rows[0]) : null
}

/**
 * The bytes that PostgreSQL keeps of an object, from the given one on, a chunk at a time: no connection waits for a slow
 * reader. Ends early where there are none (any more).
 */
export async function* readChunks(sha256: string, from = 0): AsyncGenerator<Buffer> {
  const first = Math.floor(from / CHUNK_BYTES)
  for (let number = first; ; number++) {
    const { rows } = await databasePool().query<{ bytes: Buffer }>({
      name: 'read-object-chunk',
      text: 'SELECT bytes FROM "ObjectChunk" WHERE sha256 = $1 AND number = $2',
      values: [sha256, number],
    })
    if (!rows[0]) return
    yield number === first ? rows[0].bytes.subarray(from % CHUNK_BYTES) : rows[0].bytes
  }
}

/** What is kept at one place, of objects or of keys that hold none. */
export interface PlaceUse {
  /** `s3://bucket`; null: PostgreSQL. */
  readonly bucket: string | null
  readonly objects: number
  readonly bytes: number
}

export async function readPlaceUses(): Promise<PlaceUse[]> {
  const { rows } = await databasePool().query<{ bucket: string | null; objects: number; bytes: string }>(
    `SELECT substring(address FROM '^s3://[^/]+') AS bucket, count(*)::int AS objects, sum(size) AS bytes
     FROM "StoredObject" GROUP BY 1 ORDER BY 1 NULLS FIRST`,
  )
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/**
 * Objects by name, in order.
 * @param options.after only later names
 * @param options.notAt only those whose address does not begin so; null: only those that are not in PostgreSQL; left out: all
 */
export async function readObjects(options: {
  readonly after: string
  readonly notAt?: string | null
  readonly most: number
}): Promise<KeptObject[]> {
  const { rows } = await databasePool().query<ObjectRow>(
    `SELECT sha256, size, address FROM "StoredObject"
     WHERE sha256 > $1 AND CASE
       WHEN NOT $2 THEN true
       WHEN $3::text IS NULL THEN address IS NOT NULL
       ELSE address IS NULL OR NOT starts_with(address, $3) END
     ORDER BY sha256 LIMIT $4`,
    [options.after, options.notAt !== undefined, options.notAt ?? null, options.most],
  )
  return rows.map(kept)
}

/** Addresses that have held no object's bytes since `before`. */
export async function readLeftovers(before: Date): Promise<string[]> {
  const { rows } = await databasePool().query<{ address: string }>(
    `SELECT address FROM "ObjectLeftover" WHERE since < $1::timestamptz AT TIME ZONE 'UTC' ORDER BY since`,
    [before.toISOString()],
  )
  return rows.map(({ address }) => address)
}
