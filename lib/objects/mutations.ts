import type { PoolClient } from 'pg'
import { databasePool } from '@/lib/database/pool'
import { CHUNK_BYTES, rechunk } from '@/lib/objects/chunks'
import type { KeptObject, ObjectContent, StoredObject } from '@/lib/objects/store'

const now = "timezone('UTC', now())"

/**
 * Stores an object with its bytes in one transaction: whatever breaks it off leaves nothing.
 * Of two that store the same at once, the second waits for the first.
 */
export async function storeChunks({ sha256, size, chunks }: ObjectContent): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ isNew: boolean }>(
      `INSERT INTO "StoredObject" (sha256, size, "storedAt") VALUES ($1, $2, ${now})
       ON CONFLICT (sha256) DO UPDATE SET "storedAt" = excluded."storedAt"
       RETURNING xmax = 0 AS "isNew"`,
      [sha256, size],
    )
    if (rows[0]?.isNew) await insertChunks(client, sha256, chunks())
  })
}

async function insertChunks(
  client: PoolClient,
  sha256: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  let number = 0
  for await (const bytes of rechunk(chunks, CHUNK_BYTES)) {
    await client.query({
      name: 'store-object-chunk',
      text: 'INSERT INTO "ObjectChunk" (sha256, number, bytes) VALUES ($1, $2, $3)',
      values: [sha256, number++, bytes],
    })
  }
}

/** Makes an object young again, so that whoever stored it last has time to refer to it. @returns whether it is there. */
export async function renewObject(sha256: string): Promise<boolean> {
  const { rowCount } = await databasePool().query(
    `UPDATE "StoredObject" SET "storedAt" = ${now} WHERE sha256 = $1`,
    [sha256],
  )
  return rowCount === 1
}

/** Notes an address before anything is written there: whatever breaks the writing off, its bytes will be removed. */
export async function noteLeftover(address: string): Promise<void> {
  await databasePool().query(`INSERT INTO "ObjectLeftover" (address, since) VALUES ($1, ${now})`, [address])
}

export async function forgetLeftover(address: string): Promise<void> {
  await databasePool().query('DELETE FROM "ObjectLeftover" WHERE address = $1', [address])
}

/**
 * Makes an object known whose bytes were written at a noted address. Where somebody has stored the same meanwhile, that
 * one stays, and the address remains a leftover.
 */
export async function recordObject({ sha256, size }: StoredObject, address: string): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ address: string | null }>(
      `INSERT INTO "StoredObject" (sha256, size, address, "storedAt") VALUES ($1, $2, $3, ${now})
       ON CONFLICT (sha256) DO UPDATE SET "storedAt" = excluded."storedAt"
       RETURNING address`,
      [sha256, size, address],
    )
    if (rows[0]?.address === address) await takeLeftover(client, address)
  })
}

async function takeLeftover(client: PoolClient, address: string): Promise<void> {
  const { rowCount } = await client.query('DELETE FROM "ObjectLeftover" WHERE address = $1', [address])
  if (rowCount !== 1) throw new Error(`${address} took so long to write that it was given up`)
}

/**
 * Says that the bytes of an object are at another, noted address. What they leave is removed: chunks now, an address later.
 * @returns false where it was moved or removed meanwhile; nothing has changed then
 */
export async function moveToAddress(object: KeptObject, address: string): Promise<boolean> {
  return inTransaction(async (client) => {
    if (!(await lockWhereItWas(client, object))) return false
    await client.query('UPDATE "StoredObject" SET address = $2 WHERE sha256 = $1', [object.sha256, address])
    await takeLeftover(client, address)
    await client.query('DELETE FROM "ObjectChunk" WHERE sha256 = $1', [object.sha256])
    await leave(client, object.address)
    return true
  })
}

/** As `moveToAddress`, into PostgreSQL. */
export async function moveToChunks(object: KeptObject, { chunks }: ObjectContent): Promise<boolean> {
  return inTransaction(async (client) => {
    if (!(await lockWhereItWas(client, object))) return false
    await insertChunks(client, object.sha256, chunks())
    await client.query('UPDATE "StoredObject" SET address = NULL WHERE sha256 = $1', [object.sha256])
    await leave(client, object.address)
    return true
  })
}

async function lockWhereItWas(client: PoolClient, { sha256, address }: KeptObject): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT 1 FROM "StoredObject" WHERE sha256 = $1 AND address IS NOT DISTINCT FROM $2 FOR UPDATE',
    [sha256, address],
  )
  return rowCount === 1
}

async function leave(client: PoolClient, address: string | null): Promise<void> {
  if (address !== null)
    await client.query(`INSERT INTO "ObjectLeftover" (address, since) VALUES ($1, ${now})`, [address])
}

/**
 * Removes the objects to which no row of any table refers, except those stored since `before`: theirs may be on the way.
 * Chunks go with them; an address becomes a leftover.
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
        `WITH gone AS (
           DELETE FROM "StoredObject" o
           WHERE sha256 = $1 AND "storedAt" < $2::timestamptz AT TIME ZONE 'UTC' ${unused} RETURNING size, address
         ), leaving AS (
           INSERT INTO "ObjectLeftover" (address, since) SELECT address, ${now} FROM gone WHERE address IS NOT NULL
         )
         SELECT size FROM gone`,
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

async function inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await databasePool().connect()
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // Whatever state the connection is in: closing it undoes the transaction.
    client.release(true)
    throw error
  }
}
