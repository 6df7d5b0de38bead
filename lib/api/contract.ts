import type { ZodObject, ZodType } from 'zod'
import type { ProblemCode } from '@/lib/api/problems'

/** What a route is, as data: the route checks by it, and the OpenAPI document is made from it. */
export interface Contract {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** `/api/attempts/{attemptId}`. */
  readonly path: string
  readonly summary: string
  /** `public`: nobody needs to be signed in. */
  readonly access: 'public' | 'signed-in'
  /** `statement`: whether the session was revoked is asked by the statement that the handler runs, not beforehand. */
  readonly revocation?: 'statement'
  readonly params?: ZodObject
  readonly query?: ZodObject
  readonly body?: ZodType
  /** Instead of a body in JSON: bytes of this type, which the handler takes as a stream. */
  readonly upload?: { readonly media: string }
  readonly reply: JsonReply | MediaReply
  /** Refusals beyond those that every route of its kind has. */
  readonly problems: readonly ProblemCode[]
}

interface JsonReply {
  readonly schema: ZodType
}

interface MediaReply {
  readonly media: string
}

/** The refusals that a route can answer with. */
export function problemsOf(contract: Contract): ProblemCode[] {
  const common: ProblemCode[] = ['internal', 'unavailable']
  if (contract.params || contract.query || contract.body) common.push('invalid-request')
  if (contract.access === 'signed-in') common.push('unauthenticated', 'forbidden', 'not-found')
  if (contract.method !== 'GET') common.push('cross-site')
  if (contract.body) common.push('wrong-content-type', 'too-large')
  if (contract.upload) common.push('wrong-content-type')
  return [...new Set([...common, ...contract.problems])]
}
