import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import type { Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { setSchedule } from '@/lib/timing/mutations'
import { type Classroom, call, openClassroom, openSchedule, stranger } from './classroom'

let room: Classroom
beforeAll(async () => {
  room = await openClassroom()
})

async function start(viewer: Viewer, assignmentId = room.assignmentId): Promise<string> {
  const response = await call(postStart, 'POST', viewer, { params: { assignmentId } })
  expect(response.status).toBe(200)
  return ((await response.json()) as { attemptId: string }).attemptId
}

async function save(viewer: Viewer, attemptId: string, partId: string, body: unknown) {
  const response = await call(putAnswer, 'PUT', viewer, { params: { attemptId, partId }, body })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const stored = (attemptId: string, partId = 'q01') =>
  staffDatabase.answer.findUnique({ where: { attemptId_partId: { attemptId, partId } } })
const events = (attemptId: string) => staffDatabase.answerEvent.count({ where: { attemptId } })

describe('starting an attempt', () => {
  it('is one attempt however often and at once it is asked for, with every question pinned', async () => {
    const student = await room.enrol('STUDENT')
    const ids = await Promise.all(Array.from({ length: 8 }, () => start(student)))
    expect(new Set(ids).size).toBe(1)
    expect(await staffDatabase.attempt.count({ where: { userId: student.userId } })).toBe(1)
    expect(await staffDatabase.attemptQuestion.count({ where: { attemptId: ids[0]! } })).toBe(3)
    const audit = await staffDatabase.auditEvent.count({
      where: { actorId: student.userId, action: 'attempt.start' },
    })
    expect(audit).toBe(1)
  })

  it('waits for the opening and ends with the closing, but an attempt that has begun is found again', async () => {
    const future = new Date(Date.now() + 3_600_000).toISOString()
    const past = new Date(Date.now() - 3_600_000).toISOString()
    const early = await openClassroom(undefined, { opensAt: future })
    const late = await openClassroom(undefined, { closesAt: past })
    for (const [classroom, code] of [
      [early, 'assignment-not-open'],
      [late, 'assignment-closed'],
    ] as const) {
      const params = { assignmentId: classroom.assignmentId }
      const response = await call(postStart, 'POST', await classroom.enrol('STUDENT'), { params })
      expect(response.status).toBe(409)
      expect(((await response.json()) as { code: string }).code).toBe(code)
    }
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    await setSchedule(await room.scheduling(), { ...openSchedule, closesAt: past.slice(0, 19) })
    expect(await start(student)).toBe(attemptId)
    const refused = await save(student, attemptId, 'q01', { optionIds: ['a'], clientId: 't', revision: 1 })
    expect(refused).toMatchObject({ status: 409, body: { code: 'assignment-closed', stored: null } })
    await setSchedule(await room.scheduling(), openSchedule)
  })
})

describe('saving an answer', () => {
  it('stores a newer revision, knows a repeated one, and names the newer one to an older one', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const first = { optionIds: ['a'], clientId: 'tab-1', revision: 1 }
    const second = { optionIds: ['b'], clientId: 'tab-2', revision: 2 }
    expect(await save(student, attemptId, 'q01', first)).toMatchObject({
      status: 200,
      body: { status: 'stored', optionIds: ['a'], revision: 1 },
    })
    const replay = await save(student, attemptId, 'q01', first)
    expect(replay.body).toMatchObject({ status: 'unchanged', optionIds: ['a'], revision: 1 })
    expect(replay.body.savedAt).toBe((await stored(attemptId))!.savedAt.toISOString())
    expect((await save(student, attemptId, 'q01', second)).body.status).toBe('stored')
    expect((await save(student, attemptId, 'q01', first)).body).toMatchObject({
      status: 'superseded',
      optionIds: ['b'],
      revision: 2,
    })
    // Another tab that made the same revision at the same time has lost, and is told what won.
    const tie = { optionIds: ['c'], clientId: 'tab-3', revision: 2 }
    expect((await save(student, attemptId, 'q01', tie)).body).toMatchObject({
      status: 'superseded',
      optionIds: ['b'],
    })
    expect(await events(attemptId)).toBe(2)
  })

  it('clears an answer with an empty one', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    await save(student, attemptId, 'q01', { optionIds: ['a'], clientId: 't', revision: 1 })
    const cleared = await save(student, attemptId, 'q01', { optionIds: [], clientId: 't', revision: 2 })
    expect(cleared.body).toMatchObject({ status: 'stored', optionIds: [] })
    expect((await stored(attemptId))!.optionIds).toEqual([])
  })

  it('says the time of the server, in UTC', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const before = Date.now()
    const { body } = await save(student, attemptId, 'q01', { optionIds: ['a'], clientId: 't', revision: 1 })
    const savedAt = Date.parse(String(body.savedAt))
    expect(savedAt).toBeGreaterThanOrEqual(before - 1000)
    expect(savedAt).toBeLessThanOrEqual(Date.now() + 1000)
  })

  it('refuses what the part does not offer, and more than it allows', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const attempt = async (partId: string, optionIds: string[]) => {
      const { status, body } = await save(student, attemptId, partId, {
        optionIds,
        clientId: 't',
        revision: 1,
      })
      return [status, body.code ?? body.status]
    }
    expect(await attempt('q01', ['x'])).toEqual([422, 'invalid-answer'])
    expect(await attempt('q01', ['a', 'b'])).toEqual([422, 'invalid-answer'])
    expect(await attempt('q02', ['a', 'a'])).toEqual([422, 'invalid-answer'])
    expect(await attempt('q02', ['a', 'b', 'c', 'd'])).toEqual([200, 'stored'])
    expect(await attempt('q99', ['a'])).toEqual([404, 'not-found'])
    expect(await stored(attemptId)).toBeNull()
  })

  it('names the fields of a body of the wrong form', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const { status, body } = await save(student, attemptId, 'q01', {
      optionIds: 'a',
      clientId: 't',
      revision: 0,
    })
    expect(status).toBe(400)
    expect((body.fields as { path: string }[]).map((field) => field.path).sort()).toEqual([
      'body.optionIds',
      'body.revision',
    ])
    const broken = await save(student, attemptId, 'q01', '{"optionIds":')
    expect(broken).toMatchObject({ status: 400, body: { fields: [{ path: 'body' }] } })
  })

  it('refuses other sites, other content types and large bodies', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const params = { attemptId, partId: 'q01' }
    const body = { optionIds: ['a'], clientId: 't', revision: 1 }
    const code = async (headers: Record<string, string>, sent: unknown = body) => {
      const response = await call(putAnswer, 'PUT', student, { params, body: sent, headers })
      return ((await response.json()) as { code?: string }).code
    }
    expect(await code({ 'sec-fetch-site': 'cross-site' })).toBe('cross-site')
    expect(await code({ 'sec-fetch-site': 'same-site' })).toBe('cross-site')
    expect(await code({ 'content-type': 'text/plain' })).toBe('wrong-content-type')
    expect(await code({}, { ...body, clientId: 'x'.repeat(300_000) })).toBe('too-large')
    expect(await stored(attemptId)).toBeNull()
  })

  it('any interleaving of the same saves ends with the largest revision', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const option = fc.constantFrom('a', 'b', 'c', 'd')
    let floor = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ option, client: fc.constantFrom('x', 'y'), by: fc.integer({ min: 1, max: 6 }) }),
          {
            minLength: 1,
            maxLength: 10,
          },
        ),
        fc.infiniteStream(fc.nat()),
        async (saves, order) => {
          const base = floor
          floor += 6
          const bodies = saves.map(({ option, client, by }) => ({
            optionIds: [option],
            clientId: client,
            revision: base + by,
          }))
          // Each is sent twice, in any order, all at once.
          const sent = [...bodies, ...bodies]
            .map((body) => ({ body, rank: order.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
          const replies = await Promise.all(sent.map(({ body }) => save(student, attemptId, 'q01', body)))
          const highest = Math.max(...bodies.map((body) => body.revision))
          const held = (await stored(attemptId))!
          expect(held.revision).toBe(highest)
          expect(bodies).toContainEqual({
            optionIds: held.optionIds,
            clientId: held.clientId,
            revision: held.revision,
          })
          for (const reply of replies) expect(reply.body.revision).toBeLessThanOrEqual(highest)
          // Every revision was stored at most once, so the history has no duplicates.
          const history = await staffDatabase.answerEvent.findMany({
            where: { attemptId, revision: { gt: base } },
            orderBy: { id: 'asc' },
          })
          const revisions = history.map((event) => event.revision)
          expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('submitting', () => {
  it('scores once, however often and at once it is asked for, and gives the first receipt each time', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    await save(student, attemptId, 'q01', { optionIds: ['a'], clientId: 't', revision: 1 })
    await save(student, attemptId, 'q02', { optionIds: ['b', 'a'], clientId: 't', revision: 1 })
    await save(student, attemptId, 'q03', { optionIds: ['b'], clientId: 't', revision: 1 })
    const replies = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const response = await call(postSubmit, 'POST', student, { params: { attemptId } })
        return (await response.json()) as { receipt: string; first: boolean }
      }),
    )
    expect(new Set(replies.map((reply) => reply.receipt)).size).toBe(1)
    expect(replies.filter((reply) => reply.first)).toHaveLength(1)
    expect(replies[0]!.receipt).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    const scores = await staffDatabase.partScore.findMany({
      where: { attemptId },
      orderBy: { partId: 'asc' },
    })
    expect(scores.map((score) => [score.partId, score.points, score.maximum, score.rule])).toEqual([
      ['q01', 300, 300, 'exact'],
      ['q02', 300, 300, 'exact'],
      ['q03', 0, 300, 'exact'],
    ])
    const audit = await staffDatabase.auditEvent.findMany({ where: { subject: `attempt:${attemptId}` } })
    expect(audit.filter((event) => event.action === 'attempt.submit')).toHaveLength(1)
  })

  it('ends saving: later saves are refused and say what is stored; a repeated earlier one is recognised', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    const kept = { optionIds: ['a'], clientId: 't', revision: 1 }
    await save(student, attemptId, 'q01', kept)
    await call(postSubmit, 'POST', student, { params: { attemptId } })
    const late = await save(student, attemptId, 'q01', { optionIds: ['b'], clientId: 't', revision: 2 })
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'attempt-submitted', stored: { optionIds: ['a'], revision: 1 } },
    })
    expect((await save(student, attemptId, 'q01', kept)).body.status).toBe('unchanged')
    expect((await stored(attemptId))!.optionIds).toEqual(['a'])
  })

  it('races with saves: what was said to be stored is what was scored', async () => {
    for (let round = 0; round < 10; round++) {
      const student = await room.enrol('STUDENT')
      const attemptId = await start(student)
      const saves = Array.from({ length: 6 }, (_, index) =>
        save(student, attemptId, 'q01', {
          optionIds: [index % 2 ? 'a' : 'b'],
          clientId: 't',
          revision: index + 1,
        }),
      )
      const [submitted, ...replies] = await Promise.all([
        call(postSubmit, 'POST', student, { params: { attemptId } }),
        ...saves,
      ])
      expect(submitted.status).toBe(200)
      const held = await stored(attemptId)
      const score = await staffDatabase.partScore.findUniqueOrThrow({
        where: { attemptId_partId: { attemptId, partId: 'q01' } },
      })
      expect(score.points).toBe(held?.optionIds[0] === 'a' ? 300 : 0)
      const highest = Math.max(
        0,
        ...replies
          .filter((reply) => reply.body.status === 'stored')
          .map((reply) => Number(reply.body.revision)),
      )
      expect(held?.revision ?? 0).toBe(highest)
    }
  })
})

describe('an attempt of somebody else', () => {
  it('does not exist for other students and strangers, and is not for staff to answer', async () => {
    const owner = await room.enrol('STUDENT')
    const attemptId = await start(owner)
    const body = { optionIds: ['a'], clientId: 't', revision: 1 }
    expect((await save(await room.enrol('STUDENT'), attemptId, 'q01', body)).status).toBe(404)
    expect((await save(await stranger(), attemptId, 'q01', body)).status).toBe(404)
    expect((await save(await room.enrol('TA'), attemptId, 'q01', body)).status).toBe(403)
    expect(await stored(attemptId)).toBeNull()
  })

  it('a student who has left the course can no longer save, also when saving went well before', async () => {
    const student = await room.enrol('STUDENT')
    const attemptId = await start(student)
    expect(
      (await save(student, attemptId, 'q01', { optionIds: ['a'], clientId: 't', revision: 1 })).status,
    ).toBe(200)
    await staffDatabase.enrollment.deleteMany({ where: { userId: student.userId } })
    expect(
      (await save(student, attemptId, 'q01', { optionIds: ['b'], clientId: 't', revision: 2 })).status,
    ).toBe(404)
    expect((await stored(attemptId))!.optionIds).toEqual(['a'])
  })
})
