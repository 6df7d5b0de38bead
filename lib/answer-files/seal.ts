/**
 * The answer file: what a student hands to an instructor when a device cannot reach the server any more. Its answers are
 * encrypted for the server, so that nobody on the way, the student included, can read or change them unnoticed. It says
 * what the device holds; whether it counts is the instructor's decision.
 *
 * ECDH on P-256 between a key made for this file and the server's, HKDF-SHA-256, AES-256-GCM; what is not encrypted is
 * authenticated. Runs in browsers and in Node, both of which have Web Cryptography.
 */

export const answerFileFormat = 'vitrine-answers/1'

export interface AnswerFile {
  readonly format: typeof answerFileFormat
  readonly attempt: string
  /** Name of the server's key. */
  readonly key: string
  /** The file's own public key: an uncompressed point, base64url. */
  readonly ephemeral: string
  /** 12 bytes, base64url. */
  readonly iv: string
  /** Encrypted JSON with its tag, base64url. */
  readonly sealed: string
}

export interface FiledAnswer {
  readonly partId: string
  readonly optionIds: readonly string[]
  readonly revision: number
  readonly clientId: string
  /** ISO 8601, by the device's clock. */
  readonly chosenAt: string
}

/** What is encrypted. */
export interface FiledAnswers {
  /** ISO 8601, by the device's clock. */
  readonly madeAt: string
  readonly answers: readonly FiledAnswer[]
}

/** The server's public key, as it comes with an attempt. */
export interface SealingKey {
  readonly name: string
  /** An uncompressed point of P-256, base64url. */
  readonly point: string
}

export const curve = { name: 'ECDH', namedCurve: 'P-256' } as const

/** @throws when the browser refuses the key. */
export async function sealAnswers(
  attempt: string,
  content: FiledAnswers,
  key: SealingKey,
): Promise<AnswerFile> {
  const { subtle } = crypto
  const server = await subtle.importKey('raw', fromBase64Url(key.point), curve, false, [])
  const own = await subtle.generateKey(curve, false, ['deriveBits'])
  const point = new Uint8Array(await subtle.exportKey('raw', own.publicKey))
  const header = { format: answerFileFormat, attempt, key: key.name, ephemeral: toBase64Url(point) } as const
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const secret = await fileKey(own.privateKey, server, point, 'encrypt')
  const plain = new TextEncoder().encode(JSON.stringify(content))
  const sealed = await subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: authenticated(header) },
    secret,
    plain,
  )
  return { ...header, iv: toBase64Url(iv), sealed: toBase64Url(new Uint8Array(sealed)) }
}

/** The key of one file, from one side's private and the other side's public key. */
export async function fileKey(
  own: CryptoKey,
  other: CryptoKey,
  point: Uint8Array<ArrayBuffer>,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const { subtle } = crypto
  const shared = await subtle.deriveBits({ name: 'ECDH', public: other }, own, 256)
  const base = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode(answerFileFormat)
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: point, info }
  return subtle.deriveKey(derivation, base, { name: 'AES-GCM', length: 256 }, false, [use])
}

/** @returns the bytes of what stands in the file unencrypted. */
export function authenticated(header: Omit<AnswerFile, 'iv' | 'sealed'>): Uint8Array<ArrayBuffer> {
  const { format, attempt, key, ephemeral } = header
  return new TextEncoder().encode(JSON.stringify([format, attempt, key, ephemeral]))
}

export function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @throws when the text is not base64url. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )
}
