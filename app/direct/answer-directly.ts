import type { IncomingMessage, ServerResponse } from 'node:http'
import { largestBody } from '@/lib/api/route'
import { log } from '@/lib/log'
import { apiHeaders, securityHeaders } from '@/lib/security-headers.mjs'
import { inSpan, type NoteOnSpan, type SpanDescription } from '@/lib/tracing/span'
import { directRoutes } from './routes'

/**
 * Answers the requests that come by the hundred a second before Next's router, with the same handlers and headers. Most
 * of what such a request took was its way through Next. Built beside the pages (bin/build-direct.mjs), called by bin/web.mjs.
 */

/** Ids as they are written. Whatever is spelled otherwise Next understands. */
const id = '([A-Za-z0-9_-]+)'

const routes = directRoutes.map(({ contract, handle }) => ({
  method: contract.method as string,
  path: contract.path as string,
  address: new RegExp(`^${contract.path.replaceAll(/\{\w+\}/g, id)}(?:\\?.*)?$`),
  names: Array.from(contract.path.matchAll(/\{(\w+)\}/g), ([, name]) => name!),
  handle,
}))

const headers = [...securityHeaders, ...apiHeaders]

/** @returns the contract's address, if the request is one of these; its answer may come later. null: it is Next's. */
export function answerDirectly(message: IncomingMessage, response: ServerResponse): string | null {
  const { method, url = '' } = message
  for (const { names, handle, path, ...route } of routes) {
    const found = route.method === method && route.address.exec(url)
    if (!found) continue
    const params = Object.fromEntries(names.map((name, index) => [name, found[index + 1]!]))
    const answered = async (note: NoteOnSpan) => {
      const answer = await handle(requestOf(message, await readBody(message)), {
        params: Promise.resolve(params),
      })
      note({ 'http.response.status_code': answer.status })
      await send(answer, response)
    }
    inSpan(spanOf(message, path), answered).catch((error: unknown) => {
      // Who went away before the end of the request waits for nothing.
      if (message.complete) log.error({ error }, 'answer could not be sent')
      response.destroy()
    })
    return path
  }
  return null
}

/** Begins here what Next begins for its own routes, or goes on with what a proxy has begun. */
function spanOf({ method = '', headers: sent }: IncomingMessage, path: string): SpanDescription {
  const { traceparent } = sent
  return {
    name: `${method} ${path}`,
    kind: 'server',
    attributes: { 'http.request.method': method, 'http.route': path },
    ...(typeof traceparent === 'string' && { carrier: { traceparent } }),
  }
}

/**
 * @returns the body, or as much of one that is too large as shows it; what follows is let go, so that the connection can be
 * used again.
 */
function readBody(message: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      if (size > largestBody) return
      chunks.push(chunk)
      size += chunk.length
      if (size > largestBody) resolve(Buffer.concat(chunks))
    })
    message.on('end', () => resolve(Buffer.concat(chunks)))
    message.on('error', reject)
  })
}

function requestOf({ method, url = '', headers: sent }: IncomingMessage, body: Buffer<ArrayBuffer>): Request {
  const received = new Headers()
  for (const [name, value] of Object.entries(sent)) if (value !== undefined) received.set(name, String(value))
  return new Request(new URL(url, 'http://localhost'), { method, headers: received, body })
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status
  for (const { key, value } of headers) response.setHeader(key, value)
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  response.end(Buffer.from(await answer.arrayBuffer()))
}
