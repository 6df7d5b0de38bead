import { z } from 'zod'

/** Names an object: the sha-256 of its content in hexadecimal digits. */
export const objectNameSchema = z.string().regex(/^[0-9a-f]{64}$/)

export interface StoredObject {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** An object with the place of its bytes. */
export interface KeptObject extends StoredObject {
  /** As the database records it: `s3://bucket/key`; null: in PostgreSQL. */
  readonly address: string | null
}

export interface ObjectContent extends StoredObject {
  /** The bytes from the beginning, in chunks of any length; may be asked for again. */
  chunks(): AsyncIterable<Uint8Array>
}

/**
 * Keeps bytes outside of PostgreSQL, which knows what objects there are and records the address of each. An address is
 * written once and never again, so that nothing that happens to an old one can touch a new one.
 */
export interface ObjectPlace {
  /** An address where nothing has been kept. */
  newAddress(sha256: string): string
  /** @throws ObjectError 'object-damaged' when the bytes are not those of the name: none are kept then */
  write(address: string, content: ObjectContent): Promise<void>
  /** The bytes from the given one on, unchecked; ends early where nothing is kept (any more). */
  read(address: string, from: number): AsyncIterable<Buffer>
  /** Removes the bytes; nothing happens where there are none. */
  remove(address: string): Promise<void>
}

export type ObjectErrorCode =
  /** More bytes than allowed; nothing was stored. */
  | 'object-too-large'
  /** There is no object of that name. */
  | 'object-missing'
  /** Its bytes are not those that were stored. */
  | 'object-damaged'
  /** The place of the bytes does not answer now. */
  | 'object-store-away'
  /** The place of the bytes refuses: no such bucket, wrong credentials. */
  | 'object-store-refuses'

export class ObjectError extends Error {
  override readonly name = 'ObjectError'

  /** @param subject the object's name, the limit in bytes for 'object-too-large', or the bucket */
  constructor(
    readonly code: ObjectErrorCode,
    readonly subject: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Whether the place of the bytes is to blame, and not the bytes: what needs them can be tried again. */
export function isAway({ code }: ObjectError): boolean {
  return code === 'object-store-away' || code === 'object-store-refuses'
}
