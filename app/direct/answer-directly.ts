import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { log } from '@/lib/log'
import { apiHeaders, securityHeaders } from '@/lib/security-headers.mjs'
import { directRoutes } from './routes'

/**
 * Answers the requests that come by the hundred a second before Next's router, with the same handlers and headers. Most
 * of what such a request took was its way through Next. Built beside the pages (bin/build.mjs), called by bin/web.mjs.
 */

/** Ids as they are written. Whatever is spelled otherwise Next understands. */
const id = '([A-Za-z0-9_-]+)'

const routes = directRoutes.map(({ contract, handle }) => ({
  method: contract.method as string,
  address: new RegExp(`^${contract.path.replaceAll(/\{\w+\}/g, id)}(?:\\?.*)?$`),
  names: Array.from(contract.path.matchAll(/\{(\w+)\}/g), ([, name]) => name!),
  handle,
}))

const headers = [...securityHeaders, ...apiHeaders]

/** @returns whether the request is one of these; its answer may come later. Every other one is Next's. */
export function answerDirectly(message: IncomingMessage, response: ServerResponse): boolean {
  const { method, url = '' } = message
  for (const { names, handle, ...route } of routes) {
    const found = route.method === method && route.address.exec(url)
    if (!found) continue
    const params = Object.fromEntries(names.map((name, index) => [name, found[index + 1]!]))
    handle(requestOf(message), { params: Promise.resolve(params) })
      .then((answer) => send(answer, response))
      .catch((error: unknown) => {
        log.error({ error }, 'answer could not be sent')
        response.destroy()
      })
    return true
  }
  return false
}

function requestOf(message: IncomingMessage): Request {
  const sent = new Headers()
  for (const [name, value] of Object.entries(message.headers))
    if (value !== undefined) sent.set(name, String(value))
  return new Request(new URL(message.url ?? '', 'http://localhost'), {
    method: message.method,
    headers: sent,
    // As it arrives, so that what is too large is refused before all of it is here.
    body: Readable.toWeb(message) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status
  for (const { key, value } of headers) response.setHeader(key, value)
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  response.end(Buffer.from(await answer.arrayBuffer()))
}
