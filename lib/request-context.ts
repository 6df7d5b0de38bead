import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/** What is being done, from its first line to its last: log and history name it in every line. */
export interface RequestContext {
  /** Of an HTTP request, a command, or a round of the worker. */
  readonly requestId: string
  /** Who acts where nobody is signed in: whoever typed a command, or the server by itself. */
  readonly actingAs?: 'operator' | 'server'
}

// bin/web.mjs and Next load copies of this module: a request that enters by one is known to all.
const shared = globalThis as typeof globalThis & { vitrineRequests?: AsyncLocalStorage<RequestContext> }
shared.vitrineRequests ??= new AsyncLocalStorage()
const contexts = shared.vitrineRequests

/** Runs `work` as one request; everything that it awaits belongs to it. */
export function inRequest<Result>(context: RequestContext, work: () => Result): Result {
  return contexts.run(context, work)
}

/** @returns what is being done now; undefined outside any request, as while the process starts. */
export function currentRequest(): RequestContext | undefined {
  return contexts.getStore()
}

export const requestIdHeader = 'x-request-id'

/** Long enough to be found again, and nothing that breaks a log or an address. */
const wellFormed = /^[A-Za-z0-9._-]{8,64}$/

/** @returns the id that a proxy in front of us, or the caller, gave the request, if it is well-formed; else a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return given && wellFormed.test(given) ? given : randomUUID()
}
