import { readFile } from 'node:fs/promises'
import { objectFile, objectTarget, putObject } from '@/lib/objects/service'

/**
 * Small files that belong to one row: they lie in it where objects go to PostgreSQL, which then keeps both in one
 * transaction, and are objects where these go to a bucket. Exactly one is not null.
 */
export interface RowBytes {
  readonly bytes: Uint8Array<ArrayBuffer> | null
  readonly sha256: string | null
}

/** @returns what the row should hold. @throws ObjectError as `putObject` */
export async function keepBytes(bytes: Uint8Array): Promise<RowBytes> {
  if (objectTarget() === null) return { bytes: new Uint8Array(bytes), sha256: null }
  const { sha256 } = await putObject(bytes, { limit: bytes.byteLength })
  return { bytes: null, sha256 }
}

/** Objects are read from this machine's copy: a whole class asks for the same figure. @throws ObjectError as `objectStream` */
export async function readKeptBytes({ bytes, sha256 }: RowBytes): Promise<Uint8Array<ArrayBuffer>> {
  if (sha256 === null) return new Uint8Array(bytes!)
  return new Uint8Array(await readFile(/*turbopackIgnore: true*/ await objectFile(sha256)))
}
