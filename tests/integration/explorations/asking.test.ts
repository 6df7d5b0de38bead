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
  withdrawExploration,
} from '@/lib/explorations/mutations'
import { type ExplorationRequest, explorationRequestSchema } from '@/lib/explorations/schema'
import type { AttentionResult } from '@/lib/explorations/view'
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
    const id = await askExploration(access, request, 'one')
    expect(await askExploration(other, request, 'two')).toBe(id)
    expect(await jobsOf(id)).toBe(1)
    expect(await readExploration(access, id)).toEqual({ explorationId: id, status: 'queued' })

    expect(await beginExploration(id)).toEqual(request)
    // A second worker finds that there is nothing to do.
    expect(await beginExploration(id)).toBeNull()
    await finishExploration(id, result, 'weights', 0.05)
    const state = await waitForExploration(id, { patience: 1000, signal: never })
    expect(state).toEqual({ explorationId: id, status: 'ready', result: JSON.stringify(result) })
    await askExploration(access, request, 'three')
    expect(await beginExploration(id)).toBeNull()
  })

  it('that nobody waits for any more is not begun; that somebody else waits for is', async () => {
    const [left, wanted] = [question(), question()]
    const leftId = await askExploration(access, left, 'one')
    await withdrawExploration(leftId, 'one')
    expect(await beginExploration(leftId)).toBeNull()
    expect(await readExploration(access, leftId)).toBeNull()

    const wantedId = await askExploration(access, wanted, 'one')
    await askExploration(other, wanted, 'two')
    await withdrawExploration(wantedId, 'one')
    expect(await beginExploration(wantedId)).toEqual(wanted)
  })

  it('waits no longer than its patience, and not for a browser that has gone', async () => {
    const id = await askExploration(access, question(), 'one')
    expect(await waitForExploration(id, { patience: 30, signal: never })).toMatchObject({ status: 'queued' })
    expect(await waitForExploration(id, { patience: 60_000, signal: AbortSignal.abort() })).toBeNull()
  })

  it('that failed says so in words, and may be asked again', async () => {
    const request = question()
    const id = await askExploration(access, request, 'one')
    await beginExploration(id)
    await failExploration(id, { code: 'model-missing', subject: 'tiny' })
    expect(await readExploration(access, id)).toMatchObject({
      status: 'failed',
      code: 'model-missing',
      command: 'npm run vitrine -- models pull tiny',
    })
    await askExploration(access, request, 'two')
    expect(await beginExploration(id)).toEqual(request)
  })

  it('goes on elsewhere when a worker died in the middle', async () => {
    const request = question()
    const id = await askExploration(access, request, 'one')
    await beginExploration(id)
    await databasePool().query(
      `UPDATE "Exploration" SET "updatedAt" = now() AT TIME ZONE 'UTC' - interval '1 minute' WHERE id = $1`,
      [id],
    )
    await askExploration(access, request, 'two')
    expect(await beginExploration(id)).toEqual(request)
  })

  it('costs runs, which what is known does not; the refusal says how long to wait', async () => {
    const person = await authorizeExplorer(await newPerson(true))
    const request = question()
    const first = await askExploration(person, request, 'one')
    await beginExploration(first)
    await finishExploration(first, result, 'weights', 0.05)
    // Of several at once, none slips by uncounted.
    const start = Date.now()
    await Promise.all(Array.from({ length: 10 }, () => askExploration(person, question(), 'one')))
    const quota = { where: { userId: person.userId } }
    const { spentUntil } = await staffDatabase.explorationQuota.findUniqueOrThrow(quota)
    expect(spentUntil.getTime()).toBeGreaterThanOrEqual(start + 10_000)

    const tomorrow = new Date(Date.now() + 24 * 3_600_000)
    await staffDatabase.explorationQuota.update({ ...quota, data: { spentUntil: tomorrow } })
    const refusal = { code: 'exploration-quota', options: { facts: { waitSeconds: expect.any(Number) } } }
    await expect(askExploration(person, question(), 'one')).rejects.toMatchObject(refusal)
    await expect(askExploration(person, request, 'two')).resolves.toBe(first)
    await expect(askExploration(other, question(), 'one')).resolves.toBeTruthy()
  })
})

describe('kept answers', () => {
  async function keep(sha256: string): Promise<string> {
    const id = await askExploration(access, question(), 'one')
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
