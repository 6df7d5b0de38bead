import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * A balancer as deploy/Caddyfile describes one: in turn to those who say that they are ready, and once more to another one
 * where nothing was sent, or where sending twice is the same as once.
 */
export interface Balancer {
  readonly address: string
  /** Requests that were answered with 502. */
  readonly failed: () => number
  /** Addresses that are ready, as far as is known. */
  readonly ready: () => readonly string[]
  readonly close: () => Promise<void>
}

const CHECK = 100
const repeatable = ['GET', 'HEAD', 'PUT', 'DELETE']

/** @param addresses of the web servers */
export async function openBalancer(addresses: readonly string[]): Promise<Balancer> {
  let ready: readonly string[] = []
  let turn = 0
  let failed = 0
  const check = async () => {
    const answers = await Promise.all(
      addresses.map((address) =>
        fetch(`${address}/api/ready`, { signal: AbortSignal.timeout(1_000) }).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    )
    ready = addresses.filter((_, index) => answers[index])
  }
  await check()
  let checking = true
  const checks = (async () => {
    while (checking) {
      await new Promise((resolve) => setTimeout(resolve, CHECK))
      await check()
    }
  })()

  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming)
    const tried = new Set<string>()
    for (;;) {
      const untried = (ready.length > 0 ? ready : addresses).filter((address) => !tried.has(address))
      const target = untried[turn++ % untried.length]
      if (!target) {
        failed += 1
        return void outgoing.writeHead(502).end()
      }
      tried.add(target)
      try {
        return await forward(target, incoming, body, outgoing)
      } catch (error) {
        const nothingSent = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'
        if (outgoing.headersSent) return void outgoing.destroy()
        if (!nothingSent && !repeatable.includes(incoming.method!)) {
          failed += 1
          return void outgoing.writeHead(502).end()
        }
      }
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failed: () => failed,
    ready: () => ready,
    async close() {
      checking = false
      await checks
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** @throws when there is no whole answer */
function forward(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(target)
    const sent = request({ hostname, port, method, path: url, headers, agent: false }, (response) => {
      response.on('error', reject)
      buffer(response).then((answer) => {
        outgoing.writeHead(response.statusCode!, response.headers).end(answer)
        resolve()
      }, reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
