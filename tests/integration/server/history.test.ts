import { describe, expect, it } from 'vitest'
import { POST as postAttempt } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { GET as getAudit } from '@/app/api/assignments/[assignmentId]/audit/route'
import { readAudit } from '@/lib/audit/data'
import { recordAudit } from '@/lib/audit/mutations'
import { authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import { previewAssignment } from '@/lib/courses/mutations'
import { staffDatabase } from '@/lib/database/staff'
import { inRequest } from '@/lib/request-context'
import { type Classroom, call, openClassroom } from './classroom'

const historyOf = async (room: Classroom, ta: Viewer, q: string) =>
  (
    await readAudit(await authorizeAssignment(ta, { assignmentId: room.assignmentId }, 'assignment.audit'), {
      q,
    })
  ).lines

describe('the history names the request', () => {
  it('by the id that came with it, which the answer, the history, its search and its table repeat', async () => {
    const room = await openClassroom()
    const [ta, student] = [await room.enrol('TA'), await room.enrol('STUDENT')]
    const params = { assignmentId: room.assignmentId }
    const given = { 'x-request-id': 'edge-proxy.4711_a' }
    const started = await call(postAttempt, 'POST', student, { params, headers: given })
    expect(started.headers.get('x-request-id')).toBe('edge-proxy.4711_a')
    const lines = await historyOf(room, ta, 'edge-proxy.4711_a')
    expect(lines).toMatchObject([{ action: 'attempt.start', requestId: 'edge-proxy.4711_a', actingAs: null }])

    const table = await (await call(getAudit, 'GET', ta, { params, query: '?q=edge-proxy.4711_a' })).text()
    const [header, line] = table.trim().split('\r\n')
    expect(header).toMatch(/actor_email,acting_as,action,.*,request_id$/)
    expect(line).toMatch(/,edge-proxy\.4711_a$/)
  })

  it('by one of its own where what came is no id, in refusals too', async () => {
    const room = await openClassroom()
    const params = { assignmentId: room.assignmentId }
    for (const given of ['short', 'with space and "quotes"', 'x'.repeat(65)]) {
      const refused = await call(postAttempt, 'POST', null, { params, headers: { 'x-request-id': given } })
      expect(refused.status).toBe(401)
      const named = refused.headers.get('x-request-id')
      expect(named).toMatch(/^[0-9a-f-]{36}$/)
      expect(await refused.json()).toMatchObject({ requestId: named })
    }
  })
})

describe('the history says in whose place', () => {
  it('staff looked: under their own name, as the student, found by either', async () => {
    const room = await openClassroom()
    const [ta, student] = [await room.enrol('TA'), await room.enrol('STUDENT')]
    const access = await authorizeAssignment(ta, { assignmentId: room.assignmentId }, 'student.preview')
    await inRequest({ requestId: 'preview-request' }, () =>
      previewAssignment(access, student.userId, new Date()),
    )
    const expected = {
      action: 'student.preview',
      actor: { name: ta.name },
      actingAs: `${student.name} ${student.email}`,
      requestId: 'preview-request',
    }
    for (const q of [ta.email, student.email, 'preview-request'])
      expect(await historyOf(room, ta, `student.preview ${q}`)).toMatchObject([expected])
  })

  it('a command or the server acted, in the transaction of the change', async () => {
    const room = await openClassroom()
    const ta = await room.enrol('TA')
    const entry = {
      actorId: null,
      action: 'demo-class.add',
      subject: `assignment:${room.assignmentId}`,
    } as const
    await inRequest({ requestId: 'command-1', actingAs: 'operator' }, () => recordAudit(staffDatabase, entry))
    const undone = inRequest({ requestId: 'command-2', actingAs: 'operator' }, () =>
      staffDatabase.$transaction(async (transaction) => {
        await recordAudit(transaction, entry)
        throw new Error('the change fails')
      }),
    )
    await expect(undone).rejects.toThrow('the change fails')
    const lines = await historyOf(room, ta, 'demo-class.add operator')
    expect(lines).toMatchObject([{ actor: null, actingAs: 'operator', requestId: 'command-1' }])
  })

  it('of somebody who is signed in only where they took another’s', async () => {
    const room = await openClassroom()
    const ta = await room.enrol('TA')
    const entry = {
      actorId: ta.userId,
      action: 'demo-class.add',
      subject: `assignment:${room.assignmentId}`,
    } as const
    await inRequest({ requestId: 'round-1234', actingAs: 'server' }, () => recordAudit(staffDatabase, entry))
    expect(await historyOf(room, ta, 'round-1234')).toMatchObject([{ actingAs: null }])
  })
})
