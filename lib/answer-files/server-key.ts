import { createECDH, createHash, hkdfSync } from 'node:crypto'
import type { SealingKey } from './seal'

/** The server's half of the keys of answer files, made from one secret. */

export interface ServerKey {
  readonly jwk: JsonWebKey
  readonly sealing: SealingKey
}

/** @param secret 64 hexadecimal digits. */
export function serverKey(secret: string): ServerKey {
  const known = keys.get(secret)
  if (known) return known
  const made = makeServerKey(secret)
  keys.set(secret, made)
  return made
}

/** A process has one, and every page of an attempt names it. */
const keys = new Map<string, ServerKey>()

function makeServerKey(secret: string): ServerKey {
  for (let turn = 0; ; turn++) {
    const scalar = Buffer.from(
      hkdfSync('sha256', Buffer.from(secret, 'hex'), '', `vitrine answer files ${turn}`, 32),
    )
    const pair = createECDH('prime256v1')
    try {
      pair.setPrivateKey(scalar)
    } catch {
      continue // not below the curve's order, which happens once in four thousand million
    }
    const point = pair.getPublicKey()
    const [x, y, d] = [point.subarray(1, 33), point.subarray(33), scalar].map((part) =>
      part.toString('base64url'),
    )
    const name = createHash('sha256').update(point).digest('hex').slice(0, 16)
    return {
      jwk: { kty: 'EC', crv: 'P-256', x, y, d },
      sealing: { name, point: point.toString('base64url') },
    }
  }
}

/** @returns what a browser needs for making a file that only the holder of the secret can open. */
export function sealingKeyOf(secret: string): SealingKey {
  return serverKey(secret).sealing
}
