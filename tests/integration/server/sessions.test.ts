import { encode } from 'next-auth/jwt'
import { beforeAll, expect, it } from 'vitest'
import { POST as postStudentRevocation } from '@/app/api/assignments/[assignmentId]/students/[userId]/sessions/revocation/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { POST as postRevocation } from '@/app/api/sessions/revocation/route'
import { startAttempt } from '@/lib/attempts/mutations'
import { saveBurst, saveRefill } from '@/lib/attempts/save-rate'
import { authorizeAssignment, type Viewer } from '@/lib/auth/gate'
import { revokeSessionsByEmail } from '@/lib/auth/mutations'
import { viewerOfToken } from '@/lib/auth/session'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { type Classroom, call, openClassroom } from './classroom'

let room: Classroom
beforeAll(async () => {
  room = await openClassroom()
})

const tokenOf = (viewer: Viewer, since: number) =>
  encode({
    token: { sub: viewer.userId, name: viewer.name, email: viewer.email, since },
    secret: environment().NEXTAUTH_SECRET,
  })

it('signing out everywhere ends sessions that are renewed too, and not the next one', async () => {
  const viewer = await room.enrol('STUDENT')
  const other = await room.enrol('STUDENT')
  const before = await tokenOf(viewer, Date.now() - 60_000)
  expect(await viewerOfToken(before)).toEqual(viewer)
  expect((await call(postRevocation, 'POST', viewer)).status).toBe(200)
  expect(await viewerOfToken(before)).toBeNull()
  // Renewed: encrypted anew, with the time of the sign-in that it had.
  expect(await viewerOfToken(await tokenOf(viewer, Date.now() - 60_000))).toBeNull()
  expect(await viewerOfToken(await tokenOf(viewer, Date.now() + 1))).toEqual(viewer)
  expect(await viewerOfToken(await tokenOf(other, Date.now() - 60_000))).toEqual(other)
  const audit = await staffDatabase.auditEvent.count({
    where: { actorId: viewer.userId, action: 'session.revoke' },
  })
  expect(audit).toBe(1)
})

it('an instructor signs a student out, a command anybody, and both are in the history', async () => {
  const student = await room.enrol('STUDENT')
  const before = await tokenOf(student, Date.now() - 60_000)
  const params = { assignmentId: room.assignmentId, userId: student.userId }
  const instructor = await room.enrol('INSTRUCTOR')
  // Staff are no students: their sessions end by the command.
  const colleague = { ...params, userId: (await room.enrol('TA')).userId }
  expect((await call(postStudentRevocation, 'POST', instructor, { params: colleague })).status).toBe(404)
  expect(await viewerOfToken(before)).toEqual(student)
  expect((await call(postStudentRevocation, 'POST', instructor, { params })).status).toBe(200)
  expect(await viewerOfToken(before)).toBeNull()

  const later = await tokenOf(student, Date.now() + 1)
  expect(await viewerOfToken(later)).toEqual(student)
  expect(await revokeSessionsByEmail([student.email, 'nobody@example.org'])).toEqual(['nobody@example.org'])
  expect(await viewerOfToken(later)).toEqual(student)
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await revokeSessionsByEmail([` ${student.email.toUpperCase()} `])).toEqual([])
  expect(await viewerOfToken(later)).toBeNull()
  const audit = await staffDatabase.auditEvent.findMany({
    where: { action: 'session.revoke', subject: { contains: student.userId } },
    orderBy: { id: 'asc' },
  })
  expect(audit.map(({ actorId }) => actorId)).toEqual([instructor.userId, null])
})

it('a save with a session that was revoked is refused, by whichever process', async () => {
  const viewer = await room.enrol('STUDENT')
  const access = await authorizeAssignment(viewer, { assignmentId: room.assignmentId }, 'attempt.start')
  const { attemptId } = await startAttempt(access)
  const save = (revision: number) =>
    call(putAnswer, 'PUT', viewer, {
      params: { attemptId, partId: 'q01' },
      body: { optionIds: ['a'], clientId: 't', revision },
    })
  expect((await save(1)).status).toBe(200)
  // Not through this process: nothing that it remembers is told.
  await staffDatabase.user.update({
    where: { id: viewer.userId },
    data: { sessionsValidFrom: new Date(Date.now() + 60_000) },
  })
  expect((await save(2)).status).toBe(401)
  expect(await staffDatabase.answer.findMany({ where: { attemptId } })).toMatchObject([{ revision: 1 }])
})

it('a program that saves in a loop is told to wait, and loses nothing when it does', async () => {
  const viewer = await room.enrol('STUDENT')
  const access = await authorizeAssignment(viewer, { assignmentId: room.assignmentId }, 'attempt.start')
  const { attemptId } = await startAttempt(access)
  const save = (revision: number) =>
    call(putAnswer, 'PUT', viewer, {
      params: { attemptId, partId: 'q01' },
      body: { optionIds: ['a'], clientId: 't', revision },
    })
  expect((await save(1)).status).toBe(200)
  const { tokens } = await staffDatabase.saveAllowance.findUniqueOrThrow({ where: { attemptId } })
  expect(tokens).toBe(saveBurst - 1)
  await staffDatabase.saveAllowance.update({ where: { attemptId }, data: { tokens: 1 - saveRefill } })
  const refused = await save(2)
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  await new Promise((resolve) => setTimeout(resolve, Number(refused.headers.get('retry-after')) * 1000))
  const again = (await (await save(3)).json()) as Record<string, unknown>
  expect(again).toMatchObject({ status: 'stored', revision: 3 })
})
