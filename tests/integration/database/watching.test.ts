import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDatabasePool, databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { inTransaction, statements } from '@/lib/database/statements'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'
import { currentRequest, inRequest } from '@/lib/request-context'

const canary = 'canary-5f2b91c07d'
const said: Record<string, unknown>[] = []

/** Begins anew with this setting: a pool reads it once. */
async function openPool(settings: Record<string, string>): Promise<void> {
  await closeDatabasePool()
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
}

beforeEach(() => {
  said.length = 0
  vi.spyOn(log, 'warn').mockImplementation((fields: unknown) => {
    said.push({ ...(fields as object), requestId: currentRequest()?.requestId })
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await closeDatabasePool()
})

describe('a slow statement', () => {
  it('is named with the shapes of its parameters, whoever sent it, and no value', async () => {
    await openPool({ VITRINE_SLOW_QUERY_MS: '50' })
    await inRequest({ requestId: 'request-of-the-test' }, async () => {
      await statements.$queryRaw`SELECT pg_sleep(0.08), ${canary}::text, ${[canary]}::text[] FROM "Course" RIGHT JOIN (SELECT 1) one ON true`
      await staffDatabase.$queryRaw`SELECT pg_sleep(0.08)::text, ${canary}::text AS said`
      await inTransaction(async (transaction) => transaction.$queryRaw`SELECT pg_sleep(0.08)`)
      await databasePool().query({ name: 'slow-one', text: 'SELECT pg_sleep(0.08), $1::int', values: [7] })
      await databasePool().query('SELECT 1')
      await expect(databasePool().query('SELECT pg_sleep(0.08), 1/0')).rejects.toThrow('division by zero')
    })
    expect(said.map(({ statement, parameters }) => [statement, parameters])).toEqual([
      ['SELECT Course', ['text(17)', 'list(1)']],
      ['SELECT', ['text(17)']],
      ['SELECT', []],
      ['slow-one', ['number']],
    ])
    for (const line of said) {
      expect(line.milliseconds).toBeGreaterThanOrEqual(50)
      expect(line.requestId).toBe('request-of-the-test')
    }
    expect(JSON.stringify(said)).not.toContain(canary)
  })

  it('is of no interest where nobody set a limit', async () => {
    await openPool({ NODE_ENV: 'test' })
    await statements.$queryRaw`SELECT pg_sleep(0.15)`
    expect(said).toEqual([])
  })
})

describe('a pool with one connection too few', () => {
  it('tells how long it was waited for, and every waiter goes on in its own request', async () => {
    await openPool({ VITRINE_SLOW_QUERY_MS: '0' })
    const waits = async () => {
      const { values } = await metrics().poolWaitSeconds.get()
      return values.find(({ metricName }) => metricName?.endsWith('_count'))?.value ?? 0
    }
    const before = await waits()
    const most = databasePool().options.max
    const held = await Promise.all(Array.from({ length: most }, () => databasePool().connect()))
    const contexts: (string | undefined)[] = []
    const asked = ['first-request', 'second-request'].map((requestId) =>
      inRequest(
        { requestId },
        () =>
          new Promise<void>((resolve, reject) =>
            databasePool().connect((error, _client, release) => {
              contexts.push(currentRequest()?.requestId)
              release()
              if (error) reject(error)
              else resolve()
            }),
          ),
      ),
    )
    const text = await metrics().registry.getSingleMetricAsString('vitrine_database_pool_waiting')
    expect(text).toMatch(/^vitrine_database_pool_waiting 2$/m)
    for (const client of held) client.release()
    await Promise.all(asked)
    expect(contexts).toEqual(['first-request', 'second-request'])
    expect(await waits()).toBe(before + most + 2)
  })
})
