import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contracts } from '@/lib/api/contracts'
import { Caddy, whyNoCaddy } from './caddy'

interface Received {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A web server as far as a proxy sees it. */
class Web {
  received: Received[] = []
  ready = true
  /** The connection breaks when the request has come. */
  breaks = false
  readonly #server: Server = createServer(async (message, response) => {
    if (message.url === contracts.ready.path) return void response.writeHead(this.ready ? 200 : 503).end()
    this.received.push({ method: message.method!, headers: message.headers, body: await text(message) })
    if (this.breaks) message.socket.destroy()
    else response.end('answered')
  })

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** As by kill -9. */
  async close(): Promise<void> {
    this.#server.closeAllConnections()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }
}

const missing = whyNoCaddy()
/** The proxy asks twice a second. */
const NOTICED = 1_200

describe.skipIf(missing)(`deploy/Caddyfile, run${missing ? ` (${missing})` : ''}`, () => {
  let servers: readonly [Web, Web]
  let caddy: Caddy

  const open = async (outerProxies?: string) => {
    caddy = await Caddy.open(
      servers.map(({ port }) => port),
      outerProxies,
    )
    for (const server of servers) server.received = []
  }
  beforeEach(async () => {
    servers = await Promise.all([new Web().open(), new Web().open()])
  })
  afterEach(async () => {
    await caddy?.close()
    for (const server of servers) await server.close()
  })

  const send = (method: string, body = '', headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const sent = request({ port: caddy.port, host: '127.0.0.1', method, path: '/x', headers }, (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode!))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const many = (method: string, body?: string) =>
    Promise.all(Array.from({ length: 20 }, () => send(method, body)))
  const everything = () => servers.flatMap(({ received }) => received)

  it('sends nothing to a server that is about to end, and comes back to it', async () => {
    await open()
    servers[0].ready = false
    await sleep(NOTICED)
    expect(new Set(await many('POST', 'x'))).toEqual(new Set([200]))
    expect(servers.map(({ received }) => received.length)).toEqual([0, 20])
    servers[0].ready = true
    await sleep(NOTICED)
    await many('POST', 'x')
    expect(servers[0].received.length).toBeGreaterThan(0)
  })

  it('goes to another server where one has just died, whatever the request, with the whole body', async () => {
    await open()
    await servers[0].close()
    expect(new Set(await many('POST', 'answer'))).toEqual(new Set([200]))
    expect(new Set(await many('PUT', 'answer'))).toEqual(new Set([200]))
    expect(new Set(everything().map(({ body }) => body))).toEqual(new Set(['answer']))
  })

  it('sends a save once more whose connection broke, with the whole body, and a submission never', async () => {
    await open()
    servers[0].breaks = true
    const save = 'x'.repeat(200_000)
    expect(new Set(await many('PUT', save))).toEqual(new Set([200]))
    expect(servers[0].received.length).toBeGreaterThan(0)
    expect(everything().every(({ body }) => body === save)).toBe(true)

    for (const server of servers) server.received = []
    const statuses = await many('POST', 'x')
    expect(everything()).toHaveLength(20)
    expect(statuses.filter((status) => status === 502)).toHaveLength(servers[0].received.length)
  })

  const forged = {
    'x-forwarded-for': '198.51.100.9, 203.0.113.7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'elsewhere.example',
    'x-request-id': 'chosen-by-the-caller',
  }

  it('says itself who asked, for what and by which number, whatever the caller says', async () => {
    await open()
    await send('GET', '', forged)
    const { headers } = everything()[0]!
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': `127.0.0.1:${caddy.port}`,
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('behind a proxy that is named, passes on what that one says: the nearest address that is not its own', async () => {
    await open('127.0.0.1 10.0.0.0/8')
    await send('GET', '', forged)
    await send('GET', '', { ...forged, 'x-forwarded-for': '198.51.100.9, 203.0.113.7, 10.0.0.3' })
    for (const { headers } of everything())
      expect(headers).toMatchObject({ 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' })
    expect(everything()).toHaveLength(2)
  })
})
