import { z } from 'zod'

/** Names an object: the sha-256 of its content in hexadecimal digits. */
export const objectNameSchema = z.string().regex(/^[0-9a-f]{64}$/)

export interface StoredObject {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

export interface ObjectContent extends StoredObject {
  /** The bytes from the beginning, in chunks of any length. */
  chunks(): AsyncIterable<Uint8Array>
}

/**
 * Where contents are kept. PostgreSQL knows which objects there are, whichever place keeps their bytes: what refers to
 * one does so by a foreign key.
 */
export interface ObjectPlace {
  /**
   * Stores the content and makes it known, all or nothing. A content that is there already becomes young again, so that
   * whoever stored it last has time to refer to it.
   */
  store(content: ObjectContent): Promise<void>
  /** The bytes of an object that is known, unchecked. */
  read(object: StoredObject): AsyncIterable<Buffer>
  /** Removes what nothing refers to and nobody has stored since `before`, of `names` only. @returns what was removed */
  removeUnused(before: Date, names?: readonly string[]): Promise<readonly StoredObject[]>
}

export type ObjectErrorCode =
  /** More bytes than allowed; nothing was stored. */
  | 'object-too-large'
  /** There is no object of that name. */
  | 'object-missing'
  /** Its bytes are not those that were stored. */
  | 'object-damaged'

export class ObjectError extends Error {
  override readonly name = 'ObjectError'

  /** @param subject the object's name, or the limit in bytes for 'object-too-large' */
  constructor(
    readonly code: ObjectErrorCode,
    readonly subject: string,
    message: string,
  ) {
    super(message)
  }
}
