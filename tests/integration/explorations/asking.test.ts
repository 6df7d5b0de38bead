import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { authorizeExplorer, type ExplorerAccess } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { readExploration, waitForExploration } from '@/lib/explorations/data'
import {
  askExploration,
  beginExploration,
  failExploration,
  finishExploration,
  forgetOtherWeights,
  pruneExplorations,
} from '@/lib/explorations/mutations'
import { type ExplorationRequest, explorationRequestSchema } from '@/lib/explorations/schema'
import type { AttentionResult } from '@/lib/explorations/view'
import { isExplorationWanted } from '@/lib/explorations/waiting/data'
import { pruneWaiters, startWaiting, stopWaiting } from '@/lib/explorations/waiting/mutations'
import { newPerson } from './person'

const never = new AbortController().signal

/** A question that nobody has asked before. */
function question(): ExplorationRequest {
  return explorationRequestSchema.parse({
    kind: 'attention',
    model: 'tiny',
    sentence: `Word ${randomUUID()}.`,
  })
}

const result = { kind: 'attention', sentence: 'x', masks: [1] } as unknown as AttentionResult

async function jobsOf(id: string): Promise<number> {
  const { rows } = await databasePool().query<{ count: number }>(
    'SELECT count(*)::int AS count FROM graphile_worker.jobs WHERE key = $1',
    [`exploration:${id}`],
  )
  return rows[0]!.count
}

let access: ExplorerAccess
let other: ExplorerAccess
beforeAll(async () => {
  access = await authorizeExplorer(await newPerson(true))
  other = await authorizeExplorer(await newPerson(true))
})

describe('asking a language model', () => {
  it('is for members of a course', async () => {
    await expect(authorizeExplorer(await newPerson(false))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('computes once what two people ask, and keeps the answer word for word', async () => {
    const request = question()
    const id = await askExploration(access, request, randomUUID())
    expect(await askExploration(other, request, randomUUID())).toBe(id)
    expect(await jobsOf(id)).toBe(1)
    expect(await readExploration(access, id)).toEqual({ explorationId: id, status: 'queued' })

    expect(await beginExploration(id)).toEqual(request)
    // A second worker finds that there is nothing to do.
    expect(await beginExploration(id)).toBeNull()
    await finishExploration(id, result, 'weights', 0.05)
    const state = await waitForExploration(id, { patience: 1000, signal: never })
    expect(state).toEqual({ explorationId: id, status: 'ready', result: JSON.stringify(result) })
    await askExploration(access, request, randomUUID())
    expect(await beginExploration(id)).toBeNull()
  })

  it('that nobody waits for any more is not begun, and leaves the line; that somebody else waits for is', async () => {
    const [left, wanted] = [question(), question()]
    const leftId = await askExploration(access, left, 'left')
    await stopWaiting(leftId, 'left')
    expect(await jobsOf(leftId)).toBe(0)
    expect(await beginExploration(leftId)).toBeNull()
    expect(await readExploration(access, leftId)).toBeNull()

    const wantedId = await askExploration(access, wanted, 'one')
    await askExploration(other, wanted, 'two')
    // Whoever came last may leave first.
    await stopWaiting(wantedId, 'two')
    expect(await beginExploration(wantedId)).toEqual(wanted)
    expect(await isExplorationWanted(wantedId)).toBe(true)
    await stopWaiting(wantedId, 'one')
    expect(await isExplorationWanted(wantedId)).toBe(false)
  })

  it('is forgotten when its page has gone without a word, and not while it asks again', async () => {
    const [gone, there] = [question(), question()]
    const ids = [
      await askExploration(access, gone, randomUUID()),
      await askExploration(access, there, randomUUID()),
    ] as const
    await databasePool().query(
      `UPDATE "ExplorationWaiter" SET until = now() WHERE "explorationId" = ANY($1)`,
      [ids],
    )
    expect(await startWaiting(ids[1], randomUUID())).toBe(true)
    expect(await beginExploration(ids[0])).toBeNull()
    expect(await readExploration(access, ids[0])).toBeNull()
    expect(await startWaiting(ids[0], randomUUID())).toBe(false)
    expect(await beginExploration(ids[1])).toEqual(there)
    await pruneWaiters()
    expect(await staffDatabase.explorationWaiter.count({ where: { explorationId: ids[1] } })).toBe(1)
  })

  it('that the release before asked is computed, though it notes nobody', async () => {
    const request = question()
    const id = await askExploration(access, request, 'newer')
    await staffDatabase.exploration.update({ where: { id }, data: { waiter: 'older' } })
    await stopWaiting(id, 'newer')
    expect(await beginExploration(id)).toEqual(request)
  })

  it('waits no longer than its patience, and not for a browser that has gone', async () => {
    const id = await askExploration(access, question(), randomUUID())
    expect(await waitForExploration(id, { patience: 30, signal: never })).toMatchObject({ status: 'queued' })
    expect(await waitForExploration(id, { patience: 60_000, signal: AbortSignal.abort() })).toBeNull()
  })

  it('that failed says so in words, and may be asked again', async () => {
    const request = question()
    const id = await askExploration(access, request, randomUUID())
    await beginExploration(id)
    await failExploration(id, { code: 'model-missing', subject: 'tiny' })
    expect(await readExploration(access, id)).toMatchObject({
      status: 'failed',
      code: 'model-missing',
      command: 'npm run vitrine -- models pull tiny',
    })
    await askExploration(access, request, randomUUID())
    expect(await beginExploration(id)).toEqual(request)
  })

  it('goes on elsewhere when a worker died in the middle', async () => {
    const request = question()
    const id = await askExploration(access, request, randomUUID())
    await beginExploration(id)
    await databasePool().query(
      `UPDATE "Exploration" SET "updatedAt" = now() AT TIME ZONE 'UTC' - interval '1 minute' WHERE id = $1`,
      [id],
    )
    await askExploration(access, request, randomUUID())
    expect(await beginExploration(id)).toEqual(request)
  })

  it('costs runs, which what is known does not; the refusal says how long to wait', async () => {
    const person = await authorizeExplorer(await newPerson(true))
    const request = question()
    const first = await askExploration(person, request, randomUUID())
    await beginExploration(first)
    await finishExploration(first, result, 'weights', 0.05)
    // Of several at once, none slips by uncounted.
    const start = Date.now()
    await Promise.all(Array.from({ length: 10 }, () => askExploration(person, question(), randomUUID())))
    const quota = { where: { userId: person.userId } }
    const { spentUntil } = await staffDatabase.explorationQuota.findUniqueOrThrow(quota)
    expect(spentUntil.getTime()).toBeGreaterThanOrEqual(start + 10_000)

    const tomorrow = new Date(Date.now() + 24 * 3_600_000)
    await staffDatabase.explorationQuota.update({ ...quota, data: { spentUntil: tomorrow } })
    const refusal = { code: 'exploration-quota', options: { facts: { waitSeconds: expect.any(Number) } } }
    await expect(askExploration(person, question(), randomUUID())).rejects.toMatchObject(refusal)
    await expect(askExploration(person, request, randomUUID())).resolves.toBe(first)
    await expect(askExploration(other, question(), randomUUID())).resolves.toBeTruthy()
  })
})

describe('kept answers', () => {
  async function keep(sha256: string): Promise<string> {
    const id = await askExploration(access, question(), randomUUID())
    await beginExploration(id)
    await finishExploration(id, result, sha256, 0.05)
    return id
  }

  it('of other weights are forgotten', async () => {
    const [old, current] = [await keep('old'), await keep('current')]
    await forgetOtherWeights('tiny', 'current')
    expect(await readExploration(access, old)).toBeNull()
    expect(await readExploration(access, current)).not.toBeNull()
  })

  it('are forgotten after a week without a question', async () => {
    const [old, recent] = [await keep('w'), await keep('w')]
    const aged = new Date(Date.now() - 8 * 24 * 3_600_000)
    await staffDatabase.exploration.update({ where: { id: old }, data: { askedAt: aged } })
    await pruneExplorations()
    expect(await readExploration(access, old)).toBeNull()
    expect(await readExploration(access, recent)).not.toBeNull()
  })
})
