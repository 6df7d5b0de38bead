import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { EnvironmentError, readSettings } from '@/lib/environment'
import { serveMetrics } from '@/lib/metrics/exposition.mjs'

const token = 'scrape-scrape-scrape'
const servers: Server[] = []
const failures: Error[] = []

async function open(
  options: { token?: string; host?: string; port?: number; read?: () => Promise<string> } = {},
) {
  const server = serveMetrics({
    port: 0,
    contentType: 'text/plain; version=0.0.4',
    read: async () => 'up 1\n',
    failed: (error) => failures.push(error),
    ...options,
  })
  servers.push(server)
  if (!server.listening)
    await new Promise((resolve) => server.once('listening', resolve).once('error', resolve))
  const address = server.address() as AddressInfo | null
  return {
    port: address?.port ?? 0,
    get: (path: string, given: RequestInit = {}) => fetch(`http://127.0.0.1:${address?.port}${path}`, given),
  }
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  failures.length = 0
})

describe('the address of metrics', () => {
  it('gives them to this machine, and nothing else', async () => {
    const { get } = await open()
    const answer = await get('/metrics')
    expect([answer.status, await answer.text()]).toEqual([200, 'up 1\n'])
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4')
    expect((await get('/')).status).toBe(404)
    expect((await get('/metrics', { method: 'POST' })).status).toBe(405)
  })

  it('wants the token where there is one', async () => {
    const { get } = await open({ token })
    const as = (authorization?: string) =>
      get('/metrics', authorization ? { headers: { authorization } } : {}).then(({ status }) => status)
    expect(await as(`Bearer ${token}`)).toBe(200)
    for (const wrong of [undefined, token, `Bearer ${token}x`, 'Bearer ', `Basic ${token}`])
      expect(await as(wrong), wrong).toBe(401)
  })

  it('is open to other machines only with a token', () => {
    expect(() =>
      serveMetrics({ port: 0, host: '0.0.0.0', contentType: '', read: async () => '', failed: () => {} }),
    ).toThrow(/VITRINE_METRICS_TOKEN/)
    expect(() => readSettings({ NODE_ENV: 'test', VITRINE_METRICS_HOST: '0.0.0.0' })).toThrow(
      EnvironmentError,
    )
    expect(readSettings({ NODE_ENV: 'test', VITRINE_METRICS_HOST: '::1' }).VITRINE_METRICS_HOST).toBe('::1')
    expect(() => readSettings({ NODE_ENV: 'test', VITRINE_METRICS_TOKEN: 'short' })).toThrow(/at least 16/)
  })

  it('that is taken costs the metrics, and is told; so is what cannot be read', async () => {
    const { port } = await open()
    await open({ port })
    expect(failures.map((error) => (error as NodeJS.ErrnoException).code)).toEqual(['EADDRINUSE'])
    const { get } = await open({ read: () => Promise.reject(new Error('no numbers')) })
    expect((await get('/metrics')).status).toBe(500)
    expect(failures[1]).toMatchObject({ message: 'no numbers' })
  })
})
