import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that a code can be read aloud and copied by hand. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** @returns a new receipt code such as `7QXM-3F9T`: 40 random bits. */
export function newReceipt(): string {
  const characters = [...randomBytes(8)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return `${characters.slice(0, 4)}-${characters.slice(4)}`
}
