import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'

/**
 * A receipt says who handed in what and when, signed with Ed25519, so that it can be checked without a database, and
 * by somebody who has only the public key. As text it is `STATEMENT.SIGNATURE`, both base64url; the statement is
 * canonical JSON (RFC 8785), and the signature is of its bytes.
 */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const statementSchema = z.strictObject({
  format: z.literal('vitrine-receipt/1'),
  course: z.string(),
  assignment: z.string(),
  attempt: z.string(),
  number: z.int().min(1),
  /** The account's id; a receipt names nobody to a stranger who finds it. */
  student: z.string(),
  submittedAt: z.iso.datetime(),
  submittedBy: z.enum(['student', 'server']),
  /** Parts with an answer. */
  answered: z.int().min(0),
  answersSha256: sha256,
  /** Which version of each question was shown. */
  questionsSha256: sha256,
})

export type ReceiptStatement = z.infer<typeof statementSchema>

/** DER header of an Ed25519 private key (RFC 8410); 32 bytes follow. */
const privateKeyHeader = Buffer.from('302e020100300506032b657004220420', 'hex')

/** @param secret 64 hexadecimal digits. */
export function receiptPrivateKey(secret: string): KeyObject {
  const key = Buffer.concat([privateKeyHeader, Buffer.from(secret, 'hex')])
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** @returns the key in PEM, for whoever checks receipts without being able to make them. */
export function receiptPublicKey(secret: string): string {
  return createPublicKey(receiptPrivateKey(secret)).export({ type: 'spki', format: 'pem' }).toString()
}

export function signReceipt(statement: ReceiptStatement, secret: string): string {
  const bytes = Buffer.from(canonicalize(statement) ?? '')
  const signature = sign(null, bytes, receiptPrivateKey(secret))
  return `${bytes.toString('base64url')}.${signature.toString('base64url')}`
}

export type ReceiptVerdict =
  | { readonly valid: true; readonly statement: ReceiptStatement }
  /** `form`: this is no receipt. `signature`: it was changed, or signed with another key. */
  | { readonly valid: false; readonly reason: 'form' | 'signature' }

/**
 * @param receipt as text; spaces and line breaks in it are ignored, since mail programs put them there
 * @param publicKey in PEM
 */
export function verifyReceipt(receipt: string, publicKey: string): ReceiptVerdict {
  const match = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/.exec(receipt.replace(/\s+/g, ''))
  if (!match) return { valid: false, reason: 'form' }
  const bytes = Buffer.from(match[1]!, 'base64url')
  if (!verify(null, bytes, createPublicKey(publicKey), Buffer.from(match[2]!, 'base64url')))
    return { valid: false, reason: isJson(bytes) ? 'signature' : 'form' }
  const parsed = statementSchema.safeParse(JSON.parse(bytes.toString('utf8')))
  return parsed.success ? { valid: true, statement: parsed.data } : { valid: false, reason: 'form' }
}

/** @param answers chosen option ids by part id; their order, and parts without a choice, change nothing. */
export function hashAnswers(answers: ReadonlyMap<string, readonly string[]>): string {
  const chosen = [...answers].filter(([, optionIds]) => optionIds.length > 0)
  return hash(Object.fromEntries(chosen.map(([partId, optionIds]) => [partId, [...optionIds].sort()])))
}

/** @param versions content hash of the version shown, by the question's slug. */
export function hashQuestions(versions: ReadonlyMap<string, string>): string {
  return hash(Object.fromEntries(versions))
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'))
    return true
  } catch {
    return false
  }
}
