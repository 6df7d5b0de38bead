import { createHash } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so that a code can be read aloud and copied by hand. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** @returns the receipt's short name, such as `7QXM-3F9T`: the first 40 bits of the signed receipt's SHA-256. */
export function receiptCode(signedReceipt: string): string {
  const bits = createHash('sha256').update(signedReceipt).digest().readUIntBE(0, 5)
  const characters = Array.from(
    { length: 8 },
    (_, index) => alphabet[Math.floor(bits / 32 ** (7 - index)) % 32],
  ).join('')
  return `${characters.slice(0, 4)}-${characters.slice(4)}`
}
