import type { PoolClient } from 'pg'
import { databasePool } from '@/lib/database/pool'
import { rechunk } from '@/lib/objects/chunks'
import type { ObjectContent, StoredObject } from '@/lib/objects/store'

/** Bytes of a chunk: few enough to be held in memory by many readers, enough to make few rows of a model. */
export const CHUNK_BYTES = 1024 * 1024

/**
 * Stores an object with its bytes in one transaction: whatever breaks it off leaves nothing.
 * Of two that store the same at once, the second waits for the first.
 */
export async function storeChunks({ sha256, size, chunks }: ObjectContent): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ isNew: boolean }>(
      `INSERT INTO "StoredObject" (sha256, size, "storedAt") VALUES ($1, $2, timezone('UTC', now()))
       ON CONFLICT (sha256) DO UPDATE SET "storedAt" = excluded."storedAt"
       RETURNING xmax = 0 AS "isNew"`,
      [sha256, size],
    )
    if (!rows[0]?.isNew) return
    let number = 0
    for await (const bytes of rechunk(chunks(), CHUNK_BYTES)) {
      await client.query({
        name: 'store-object-chunk',
        text: 'INSERT INTO "ObjectChunk" (sha256, number, bytes) VALUES ($1, $2, $3)',
        values: [sha256, number++, bytes],
      })
    }
  })
}

/**
 * Removes the objects to which no row of any table refers, except those stored since `before`: theirs may be on the way.
 * `names`: of these only. Which tables refer is asked of the database, so that a new one need not be named here.
 */
export async function removeUnusedObjects(
  before: Date,
  names: readonly string[] | null = null,
): Promise<readonly StoredObject[]> {
  const database = databasePool()
  const references = await database.query<{ table: string; column: string }>(
    `SELECT conrelid::regclass::text AS table, quote_ident(attname) AS column
     FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND confrelid = '"StoredObject"'::regclass AND conrelid <> '"ObjectChunk"'::regclass`,
  )
  const unused = references.rows
    .map(({ table, column }) => `AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${column} = o.sha256)`)
    .join(' ')
  const candidates = await database.query<{ sha256: string }>(
    `SELECT sha256 FROM "StoredObject" o WHERE "storedAt" < $1::timestamptz AT TIME ZONE 'UTC'
     AND ($2::text[] IS NULL OR sha256 = ANY($2)) ${unused}`,
    [before.toISOString(), names],
  )
  const removed: StoredObject[] = []
  for (const { sha256 } of candidates.rows) {
    // One by one: somebody may refer to one of them, or store it again, meanwhile.
    const { rows } = await database
      .query<{ size: string }>(
        `DELETE FROM "StoredObject" o
         WHERE sha256 = $1 AND "storedAt" < $2::timestamptz AT TIME ZONE 'UTC' ${unused} RETURNING size`,
        [sha256, before.toISOString()],
      )
      .catch((error: { code?: string }) => {
        if (error.code === FOREIGN_KEY_VIOLATION) return { rows: [] }
        throw error
      })
    if (rows[0]) removed.push({ sha256, size: Number(rows[0].size) })
  }
  return removed
}

const FOREIGN_KEY_VIOLATION = '23503'

async function inTransaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await databasePool().connect()
  try {
    await client.query('BEGIN')
    await work(client)
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    // Whatever state the connection is in: closing it undoes the transaction.
    client.release(true)
    throw error
  }
}
