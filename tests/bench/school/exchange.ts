import { type Agent, request } from 'node:http'

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Sends requests as a browser that is signed in does. */
export type Transport = (exchange: Exchange) => Promise<Answer>

/** @throws when there is no whole answer: refused, cut off, or none within `patience` milliseconds. */
export function directTransport(address: string, agent: Agent, cookie: string, patience = 15_000): Transport {
  const { hostname, port } = new URL(address)
  return ({ method, path, body }) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const sent = request(
        {
          hostname,
          port,
          agent,
          method,
          path,
          headers: {
            cookie,
            'sec-fetch-site': 'same-origin',
            ...(text !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          )
        },
      )
      sent.setTimeout(patience, () => sent.destroy(new Error('no answer in time')))
      sent.on('error', reject)
      sent.end(text)
    })
}
