import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { POST as postInvitations } from '@/app/api/courses/[courseSlug]/invitations/route'
import { DELETE, PUT as putPerson } from '@/app/api/courses/[courseSlug]/people/[userId]/route'
import { POST as postPeople } from '@/app/api/courses/[courseSlug]/people/route'
import { POST as postAcceptance } from '@/app/api/invitations/[token]/route'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeCourse, type Viewer } from '@/lib/auth/gate'
import { setOperator, signInThroughInstitution, signInWithPassword } from '@/lib/auth/mutations'
import { staffDatabase } from '@/lib/database/staff'
import { readInvitation } from '@/lib/invitations/data'
import { inviteAsOperator } from '@/lib/invitations/mutations'
import { readPeople } from '@/lib/people/data'
import type { EnrolmentReport, InvitationLink } from '@/lib/people/view'
import { type Classroom, call, openClassroom } from './classroom'

const someone = () => `p-${randomUUID()}@example.org`
const password = 'three words make one'

async function enrol(room: Classroom, teacher: Viewer, table: string, dryRun = false): Promise<Response> {
  const params = { courseSlug: room.courseSlug }
  return call(postPeople, 'POST', teacher, { params, body: { table, dryRun } })
}

async function enrolled(room: Classroom, teacher: Viewer, table: string): Promise<EnrolmentReport> {
  const answer = await enrol(room, teacher, table)
  expect(answer.status).toBe(200)
  return (await answer.json()) as EnrolmentReport
}

const accept = ({ path }: Pick<InvitationLink, 'path'>, given = password) =>
  call(postAcceptance, 'POST', null, {
    params: { token: path.split('/').at(-1)! },
    body: { password: given },
  })

async function personOf(room: Classroom, teacher: Viewer, email: string) {
  const people = await readPeople(await authorizeCourse(teacher, room.courseSlug, 'course.people'))
  return people.find((person) => person.email === email)
}

describe('enrolling by table', () => {
  it('says first what it would do and which lines are wrong, and changes nothing by that', async () => {
    const room = await openClassroom()
    const [teacher, member] = [await room.enrol('INSTRUCTOR'), await room.enrol('STUDENT')]
    const fresh = someone()
    const table = `email,name,role,section,extra time\n${fresh},Fresh,student,A,50\n${member.email},,,A,\nwrong,X,,,`
    const before = await staffDatabase.user.count()
    const foreseen = (await (await enrol(room, teacher, table, true)).json()) as EnrolmentReport
    expect(foreseen).toMatchObject({
      lines: [
        { line: 2, email: fresh, kind: 'account', role: 'STUDENT' },
        { line: 3, kind: 'change', changes: [{ field: 'section', from: '', to: 'A' }] },
      ],
      sections: ['A'],
      problems: [{ line: 4, issue: 'email', found: 'wrong' }],
      invitations: [],
    })
    const refused = await enrol(room, teacher, table)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ code: 'table-refused', lines: [{ line: 4 }] })
    expect(await staffDatabase.user.count()).toBe(before)
    expect(await staffDatabase.section.count({ where: { courseId: room.courseId } })).toBe(0)

    const done = await enrolled(room, teacher, table.replace('\nwrong,X,,,', ''))
    expect(done.invitations).toMatchObject([{ email: fresh, name: 'Fresh' }])
    expect(await personOf(room, teacher, fresh)).toMatchObject({
      role: 'STUDENT',
      extraTimePercent: 50,
      account: { kind: 'invited', expired: false },
    })
    expect(await enrolled(room, teacher, table.replace('\nwrong,X,,,', ''))).toMatchObject({
      lines: [],
      same: 2,
      invitations: [],
    })
    const audit = await staffDatabase.auditEvent.findMany({
      where: { subject: `course:${room.courseId}`, action: 'course.people' },
    })
    expect(audit).toMatchObject([{ actorId: teacher.userId }])
    expect(JSON.stringify(audit[0]!.after)).toContain(fresh)
  })

  it('gives running attempts of whoever gets extra time their new end', async () => {
    const room = await openClassroom(undefined, { timeLimitMinutes: 60 })
    const [teacher, student] = [await room.enrol('INSTRUCTOR'), await room.enrol('STUDENT')]
    const { attemptId } = await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))
    await enrolled(room, teacher, `email,extra time\n${student.email},50`)
    const { startedAt, endsAt } = await staffDatabase.attempt.findUniqueOrThrow({ where: { id: attemptId } })
    expect(endsAt!.getTime() - startedAt.getTime()).toBe(90 * 60_000)
  })

  it('by two instructors of two courses at once makes one account', async () => {
    const [one, two] = [await openClassroom(), await openClassroom()]
    const [first, second] = [await one.enrol('INSTRUCTOR'), await two.enrol('INSTRUCTOR')]
    const email = someone()
    const table = `email,name\n${email},Somebody`
    const reports = await Promise.all([enrolled(one, first, table), enrolled(two, second, table)])
    expect(await staffDatabase.user.count({ where: { email } })).toBe(1)
    expect(reports.flatMap(({ invitations }) => invitations)).toHaveLength(1)
    expect(await staffDatabase.enrollment.count({ where: { user: { email } } })).toBe(2)
  })
})

describe('an invitation', () => {
  it('sets the password once, and then no more', async () => {
    const room = await openClassroom()
    const teacher = await room.enrol('INSTRUCTOR')
    const email = someone()
    const { invitations } = await enrolled(room, teacher, `email,name\n${email},Somebody`)
    const [link] = invitations
    expect(await readInvitation(link!.path.split('/').at(-1)!)).toMatchObject({ email, name: 'Somebody' })
    expect((await accept(link!, 'short')).status).toBe(400)
    const answers = await Promise.all([accept(link!), accept(link!, 'another password')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
    const set = answers[0]!.status === 200 ? password : 'another password'
    expect(await signInWithPassword(email, set, 'here')).toMatchObject({ kind: 'signed-in' })
    expect(await personOf(room, teacher, email)).toMatchObject({ account: { kind: 'entered' } })
    // Whoever has entered is nobody's to invite.
    const { userId } = (await personOf(room, teacher, email))!
    const params = { courseSlug: room.courseSlug }
    const again = await call(postInvitations, 'POST', teacher, { params, body: { userIds: [userId] } })
    expect(await again.json()).toMatchObject({ code: 'account-entered' })
    const stored = JSON.stringify(
      await staffDatabase.auditEvent.findMany({
        where: { subject: `user:${userId}` },
        select: { action: true, before: true, after: true },
      }),
    )
    expect(stored).toContain('invitation.accept')
    expect(stored).not.toContain(link!.path.split('/').at(-1)!)
  })

  it('expires, and a new one ends the one before', async () => {
    const room = await openClassroom()
    const teacher = await room.enrol('INSTRUCTOR')
    const email = someone()
    const { invitations } = await enrolled(room, teacher, `email,name\n${email},Somebody`)
    const { userId } = (await personOf(room, teacher, email))!
    await staffDatabase.invitation.update({
      where: { userId },
      data: { expiresAt: new Date(Date.now() - 1000) },
    })
    expect((await accept(invitations[0]!)).status).toBe(410)
    const params = { courseSlug: room.courseSlug }
    const renew = async () => {
      const answer = await call(postInvitations, 'POST', teacher, { params, body: { userIds: [userId] } })
      return ((await answer.json()) as { invitations: [InvitationLink] }).invitations[0]
    }
    const [second, third] = [await renew(), await renew()]
    expect((await accept(second)).status).toBe(410)
    expect((await accept(third)).status).toBe(200)
  })

  it('is made by the course that invited; another one cannot come into the account', async () => {
    const [room, other] = [await openClassroom(), await openClassroom()]
    const [teacher, stranger] = [await room.enrol('INSTRUCTOR'), await other.enrol('INSTRUCTOR')]
    const email = someone()
    await enrolled(room, teacher, `email,name\n${email},Somebody`)
    expect((await enrolled(other, stranger, `email\n${email}`)).invitations).toEqual([])
    const { userId, account } = (await personOf(other, stranger, email))!
    expect(account).toEqual({ kind: 'invited-elsewhere' })
    const renew = () =>
      call(postInvitations, 'POST', stranger, {
        params: { courseSlug: other.courseSlug },
        body: { userIds: [userId] },
      })
    expect((await renew()).status).toBe(409)
    await call(DELETE, 'DELETE', teacher, { params: { courseSlug: room.courseSlug, userId } })
    expect((await renew()).status).toBe(200)
  })

  it('is needed no more by whoever signs in through the institution', async () => {
    const room = await openClassroom()
    const teacher = await room.enrol('INSTRUCTOR')
    const email = someone()
    const { invitations } = await enrolled(room, teacher, `email,name\n${email},Somebody`)
    await signInThroughInstitution(email, 'Somebody')
    expect((await accept(invitations[0]!)).status).toBe(410)
  })

  it('from an operator replaces a lost password, and makes the first operator', async () => {
    const email = someone()
    expect(await setOperator(email, true)).toBeNull()
    expect(await inviteAsOperator(email, null)).toBeNull()
    const first = await inviteAsOperator(email, 'First')
    await setOperator(email, true)
    expect((await accept(first!)).status).toBe(200)
    const second = await inviteAsOperator(email, null)
    expect((await accept(second!, 'a new password')).status).toBe(200)
    expect(await signInWithPassword(email, password, 'there')).toMatchObject({ kind: 'wrong' })
    expect(await signInWithPassword(email, 'a new password', 'there')).toMatchObject({ kind: 'signed-in' })
  })
})

describe('a person of a course', () => {
  it('changes role, section and extra time; answers stay when removed', async () => {
    const room = await openClassroom()
    const [teacher, student] = [await room.enrol('INSTRUCTOR'), await room.enrol('STUDENT')]
    await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))
    const section = await staffDatabase.section.create({ data: { courseId: room.courseId, name: 'A' } })
    const params = { courseSlug: room.courseSlug, userId: student.userId }
    const put = (body: object) => call(putPerson, 'PUT', teacher, { params, body })
    const inSection = { role: 'STUDENT', sectionId: section.id, extraTimePercent: 25 }
    expect((await put(inSection)).status).toBe(200)
    expect(await personOf(room, teacher, student.email)).toMatchObject(inSection)
    expect((await put({ ...inSection, role: 'TA' })).status).toBe(200)
    expect(await personOf(room, teacher, student.email)).toMatchObject({
      role: 'TA',
      sectionId: null,
      extraTimePercent: 0,
      attempts: 1,
    })
    expect((await put({ ...inSection, sectionId: 'nowhere' })).status).toBe(404)
    expect((await call(DELETE, 'DELETE', teacher, { params })).status).toBe(200)
    expect(await personOf(room, teacher, student.email)).toBeUndefined()
    expect(await staffDatabase.attempt.count({ where: { userId: student.userId } })).toBe(1)
  })

  it('who is the last instructor stays one, also when two go at once', async () => {
    const room = await openClassroom()
    const [one, two] = [await room.enrol('INSTRUCTOR'), await room.enrol('INSTRUCTOR')]
    const leave = (viewer: Viewer) =>
      call(DELETE, 'DELETE', viewer, { params: { courseSlug: room.courseSlug, userId: viewer.userId } })
    const answers = await Promise.all([leave(one), leave(two)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})
