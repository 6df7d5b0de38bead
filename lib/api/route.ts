import type { ZodError, ZodType, z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { Problem, problemBody } from '@/lib/api/problem'
import { isCrossSite } from '@/lib/api/same-origin'
import { requireViewer, type Viewer } from '@/lib/auth/gate'
import { holderOfRequest, isRevoked, type SessionHolder } from '@/lib/auth/session'
import { environment } from '@/lib/environment'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'
import { inRequest, requestIdHeader, requestIdOf } from '@/lib/request-context'

/** Bytes. */
export const largestBody = 256 * 1024

type Parsed<Schema> = Schema extends ZodType ? z.output<Schema> : undefined
type Field<C, Name extends PropertyKey> = C extends { readonly [key in Name]: infer Value }
  ? Value
  : undefined

/** A request that is well-formed and, where the contract asks for it, comes from somebody who is signed in. */
export interface Call<C extends Contract> {
  readonly request: Request
  readonly viewer: C['access'] extends 'signed-in'
    ? C['revocation'] extends 'statement'
      ? SessionHolder
      : Viewer
    : null
  readonly params: Parsed<Field<C, 'params'>>
  readonly query: Parsed<Field<C, 'query'>>
  readonly body: Parsed<Field<C, 'body'>>
}

type Reply<C extends Contract> = C['reply'] extends { readonly schema: infer Schema extends ZodType }
  ? z.output<Schema> | Response
  : Response

type RouteContext = { readonly params: Promise<Readonly<Record<string, string | string[]>>> }

/**
 * Makes a route handler in four steps: parse, ask who it is, do it, answer. The gate is asked in `handle`.
 * Whatever goes wrong is answered as a problem of the closed list; the log has the rest. Every answer names its request.
 */
export function route<C extends Contract>(
  contract: C,
  handle: (call: Call<C>) => Promise<Reply<C>>,
): (request: Request, context: RouteContext) => Promise<Response> {
  const answer = async (request: Request, context: RouteContext, requestId: string): Promise<Response> => {
    try {
      if (contract.method !== 'GET') refuseCrossSite(request)
      const viewer = contract.access === 'signed-in' ? await requireSender(request, contract) : null
      if (contract.upload) requireType(request, contract.upload.media)
      const call = {
        request,
        viewer,
        params: parse(contract.params, 'params', await context.params),
        query: parse(contract.query, 'query', queryOf(request)),
        body: contract.body ? parse(contract.body, 'body', await readBody(request)) : undefined,
      } as Call<C>
      const reply = await handle(call)
      if (reply instanceof Response) return reply
      return Response.json(reply, { headers: { 'Cache-Control': keepOf(contract) } })
    } catch (error) {
      return answerProblem(error, contract, requestId)
    }
  }
  return async (request, context) => {
    const requestId = requestIdOf(request.headers.get(requestIdHeader))
    const response = await inRequest({ requestId }, () => answer(request, context, requestId))
    response.headers.set(requestIdHeader, requestId)
    return response
  }
}

/** Answers to writes are a few bytes and come by the hundred a second: compressing them costs more than it saves. */
function keepOf({ method }: Contract): string {
  return method === 'GET' ? 'no-store' : 'no-store, no-transform'
}

async function requireSender(request: Request, { revocation }: Contract): Promise<Viewer> {
  const holder = requireViewer(await holderOfRequest(request))
  if (revocation !== 'statement' && (await isRevoked(holder))) throw new Problem('unauthenticated')
  return holder
}

function refuseCrossSite(request: Request): void {
  const fixed = environment().NEXTAUTH_URL
  const hosts = [
    request.headers.get('x-forwarded-host'),
    request.headers.get('host'),
    fixed ? new URL(fixed).host : null,
  ].filter((host) => host !== null)
  if (isCrossSite(request.headers, hosts))
    throw new Problem('cross-site', `origin ${request.headers.get('origin')}, own ${hosts.join(' ')}`)
}

function parse(schema: ZodType | undefined, where: string, value: unknown): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Problem('invalid-request', undefined, { fields: fieldsOf(parsed.error, where) })
}

function fieldsOf(error: ZodError, where: string) {
  return error.issues.map((issue) => ({ path: [where, ...issue.path].join('.'), issue: issue.message }))
}

/** @returns each name once; a name that is there several times has a list. */
function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url)
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name)
      return [name, values.length === 1 ? values[0]! : values]
    }),
  )
}

/** @throws Problem `wrong-content-type` */
function requireType(request: Request, media: string): void {
  const type = request.headers.get('content-type') ?? ''
  if (type.split(';')[0]!.trim().toLowerCase() !== media) throw new Problem('wrong-content-type', type)
}

async function readBody(request: Request): Promise<unknown> {
  requireType(request, 'application/json')
  if (Number(request.headers.get('content-length') ?? 0) > largestBody) throw new Problem('too-large')
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.byteLength
    if (size > largestBody) throw new Problem('too-large')
    chunks.push(next.value)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Problem('invalid-request', undefined, { fields: [{ path: 'body', issue: 'expected JSON' }] })
  }
}

function answerProblem(error: unknown, contract: Contract, requestId: string): Response {
  const problem = problemOf(error)
  const { method, path } = contract
  metrics().problems.inc({ method, route: path, code: problem.code })
  const line = { route: `${method} ${path}`, code: problem.code, error }
  if (problem.status >= 500) log.error(line, 'request failed')
  else log.debug(line, 'request refused')
  const headers: Record<string, string> = { 'Cache-Control': keepOf(contract) }
  if (problem.code === 'unavailable') headers['Retry-After'] = '2'
  const { waitSeconds } = problem.options.facts ?? {}
  if (typeof waitSeconds === 'number') headers['Retry-After'] = String(waitSeconds)
  return Response.json(problemBody(problem, requestId), { status: problem.status, headers })
}

/** Codes of Prisma, PostgreSQL, Node and lib/objects that mean: it cannot be reached or takes no more work now. */
const unavailable =
  /^(object-store-away|P1001|P1002|P1008|P1017|P2024|P2028|57P0[1-3]|53300|08[0-9A-Z]{3}|ECONN(REFUSED|RESET)|ETIMEDOUT|EPIPE)$/

/** The driver's words, where it gives no code. */
const lostConnection = /^(Connection terminated|Client has encountered a connection error)/

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    const code = codesOf(inner).find((each) => unavailable.test(each))
    if (code) return new Problem('unavailable', code, { cause: error })
    if (lostConnection.test(inner.message)) return new Problem('unavailable', inner.message, { cause: error })
  }
  return new Problem('internal', undefined, { cause: error })
}

/** An error's own code and, where it is Prisma's, PostgreSQL's that is wrapped in it. */
function codesOf(error: Error): string[] {
  const { code, meta } = error as {
    readonly code?: unknown
    readonly meta?: { readonly driverAdapterError?: { readonly cause?: { readonly originalCode?: unknown } } }
  }
  const codes = [code, meta?.driverAdapterError?.cause?.originalCode]
  return codes.filter((each) => typeof each === 'string')
}
