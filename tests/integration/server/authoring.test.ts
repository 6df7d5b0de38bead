import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { GET as getFile } from '@/app/api/assignments/[assignmentId]/file/route'
import { DELETE, PUT as putAssignment } from '@/app/api/assignments/[assignmentId]/route'
import { POST as postAssignment, PUT as putOrder } from '@/app/api/courses/[courseSlug]/assignments/route'
import { PUT as putCourse } from '@/app/api/courses/[courseSlug]/route'
import { POST as postCourse } from '@/app/api/courses/route'
import { startAttempt } from '@/lib/attempts/mutations'
import { authorizeAssignment, authorizeCourse, authorizeSite, type Viewer } from '@/lib/auth/gate'
import { readCourseAssignments } from '@/lib/authoring/data'
import { listMyCourses } from '@/lib/courses/data'
import { staffDatabase } from '@/lib/database/staff'
import { type Classroom, call, openClassroom, stranger } from './classroom'

const title = { zh: '新課程', en: 'New course' }

function courseBody(over: object = {}) {
  return { slug: `c-${randomUUID()}`, title, timeZone: 'Europe/Rome', copyOf: null, ...over }
}

async function assignmentsOf(courseSlug: string, viewer: Viewer) {
  return readCourseAssignments(await authorizeCourse(viewer, courseSlug, 'assignment.overview'))
}

async function makeAssignment(room: Classroom, viewer: Viewer, body: object): Promise<Response> {
  return call(postAssignment, 'POST', viewer, { params: { courseSlug: room.courseSlug }, body })
}

describe('a course', () => {
  it('is made by operators and by instructors of any course, who become its instructor', async () => {
    const room = await openClassroom()
    const operator = await stranger()
    await staffDatabase.user.update({ where: { id: operator.userId }, data: { operator: true } })
    for (const maker of [operator, await room.enrol('INSTRUCTOR')]) {
      const body = courseBody()
      expect((await call(postCourse, 'POST', maker, { body })).status).toBe(200)
      expect((await authorizeCourse(maker, body.slug, 'course.settings')).role).toBe('INSTRUCTOR')
      const again = await call(postCourse, 'POST', maker, { body })
      expect(await again.json()).toMatchObject({ code: 'name-taken' })
    }
    for (const other of [await room.enrol('TA'), await stranger()])
      await expect(authorizeSite(other, 'course.create')).rejects.toMatchObject({ code: 'forbidden' })
    const maker = await room.enrol('INSTRUCTOR')
    for (const wrong of [{ slug: 'staff' }, { slug: 'Not One' }, { timeZone: 'Nowhere/Here' }])
      expect((await call(postCourse, 'POST', maker, { body: courseBody(wrong) })).status).toBe(400)
  })

  it('is copied with its assignments and settings as drafts, and without people', async () => {
    const room = await openClassroom(undefined, { timeLimitMinutes: 45, attemptsAllowed: 2 })
    const teacher = await room.enrol('INSTRUCTOR')
    await room.enrol('STUDENT')
    await staffDatabase.course.update({ where: { id: room.courseId }, data: { regradeNeedsSecond: true } })
    const body = courseBody({ copyOf: room.courseSlug })
    expect((await call(postCourse, 'POST', teacher, { body })).status).toBe(200)
    const copy = await staffDatabase.course.findUniqueOrThrow({
      where: { slug: body.slug },
      include: {
        enrollments: true,
        assignments: { include: { questions: { include: { versions: { include: { keys: true } } } } } },
      },
    })
    expect(copy).toMatchObject({ regradeNeedsSecond: true, timeZone: 'Europe/Rome' })
    expect(copy.enrollments).toMatchObject([{ userId: teacher.userId, role: 'INSTRUCTOR' }])
    expect(copy.assignments).toMatchObject([
      { slug: 'hw', state: 'DRAFT', timeLimitMinutes: 45, attemptsAllowed: 2 },
    ])
    const hashes = async (assignmentId: string) =>
      staffDatabase.questionVersion.findMany({
        where: { question: { assignmentId } },
        orderBy: { question: { position: 'asc' } },
        select: { contentHash: true },
      })
    expect(await hashes(copy.assignments[0]!.id)).toEqual(await hashes(room.assignmentId))
    const stranger = await room.enrol('TA')
    expect((await call(postCourse, 'POST', stranger, { body: courseBody() })).status).toBe(403)
  })

  it('that is archived stays readable, and nothing in it can be started', async () => {
    const room = await openClassroom()
    const [teacher, student, late] = [
      await room.enrol('INSTRUCTOR'),
      await room.enrol('STUDENT'),
      await room.enrol('STUDENT'),
    ]
    const start = async (viewer: Viewer) =>
      startAttempt(await authorizeAssignment(viewer, room, 'attempt.start'))
    const { attemptId } = await start(student)
    const body = { title, timeZone: 'UTC', archived: true }
    const params = { courseSlug: room.courseSlug }
    expect((await call(putCourse, 'PUT', teacher, { params, body })).status).toBe(200)
    await expect(start(late)).rejects.toMatchObject({ code: 'assignment-closed' })
    expect(await start(student)).toMatchObject({ attemptId, started: false })
    expect(await listMyCourses(student)).toMatchObject([{ archived: true, title }])
    await call(putCourse, 'PUT', teacher, { params, body: { ...body, archived: false } })
    expect(await start(late)).toMatchObject({ started: true })
  })
})

describe('an assignment', () => {
  it('is a draft that no student sees until it is published, which needs questions', async () => {
    const room = await openClassroom()
    const [teacher, student] = [await room.enrol('INSTRUCTOR'), await room.enrol('STUDENT')]
    const details = { slug: 'quiz', title, introduction: title }
    expect((await makeAssignment(room, teacher, { from: 'empty', ...details })).status).toBe(200)
    expect(await (await makeAssignment(room, teacher, { from: 'empty', ...details })).json()).toMatchObject({
      code: 'name-taken',
    })
    const address = { courseSlug: room.courseSlug, assignmentSlug: 'quiz' }
    await expect(authorizeAssignment(student, address, 'assignment.read')).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await listMyCourses(student))[0]!.assignments).toHaveLength(1)
    const { assignmentId } = await authorizeAssignment(teacher, address, 'assignment.settings')
    const publish = (id: string) =>
      call(putAssignment, 'PUT', teacher, {
        params: { assignmentId: id },
        body: {
          ...details,
          slug: `p-${id}`.slice(0, 60).toLowerCase(),
          state: 'PUBLISHED',
          shuffleOptions: false,
        },
      })
    expect(await (await publish(assignmentId)).json()).toMatchObject({ code: 'assignment-empty' })

    const copied = { from: 'copy', slug: 'copy', assignmentId: room.assignmentId }
    expect((await makeAssignment(room, teacher, copied)).status).toBe(200)
    const copy = await authorizeAssignment(
      teacher,
      { courseSlug: room.courseSlug, assignmentSlug: 'copy' },
      'assignment.settings',
    )
    expect((await publish(copy.assignmentId)).status).toBe(200)
    await authorizeAssignment(student, { assignmentId: copy.assignmentId }, 'attempt.start')
  })

  it('leaves as a file that comes in again; a file with mistakes is refused line by line', async () => {
    const room = await openClassroom()
    const teacher = await room.enrol('INSTRUCTOR')
    const params = { assignmentId: room.assignmentId }
    const text = await (await call(getFile, 'GET', teacher, { params })).text()
    const file = { from: 'file', slug: 'again', name: 'hw.json' }
    expect((await makeAssignment(room, teacher, { ...file, text })).status).toBe(200)
    const again = await staffDatabase.assignment.findFirstOrThrow({
      where: { courseId: room.courseId, slug: 'again' },
    })
    const second = await call(getFile, 'GET', teacher, { params: { assignmentId: again.id } })
    const { assignment, questions } = JSON.parse(text)
    expect(await second.json()).toMatchObject({ questions, assignment: { ...assignment, slug: 'again' } })

    const broken = text.replace('"kind": "one"', '"kind": "some"')
    const refused = await makeAssignment(room, teacher, { ...file, slug: 'broken', text: broken })
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      code: 'assignment-file-refused',
      lines: [{ line: expect.any(Number), path: expect.stringContaining('questions[0]') }],
    })
  })

  it('is changed by two at once: neither undoes what the other has set', async () => {
    const room = await openClassroom()
    const teacher = await room.enrol('INSTRUCTOR')
    const known = { slug: 'hw', title, introduction: title, state: 'DRAFT', shuffleOptions: false }
    const params = { assignmentId: room.assignmentId }
    const put = (body: object) => call(putAssignment, 'PUT', teacher, { params, body })
    await put(known)
    expect((await put({ ...known, state: 'PUBLISHED', known })).status).toBe(200)
    const introduction = { zh: '請讀完。', en: 'Read all of it.' }
    expect((await put({ ...known, introduction, known })).status).toBe(200)
    expect(
      await staffDatabase.assignment.findUniqueOrThrow({ where: { id: room.assignmentId } }),
    ).toMatchObject({ state: 'PUBLISHED', introduction, title })
  })

  it('that somebody has started keeps its address, is no draft again and cannot be deleted', async () => {
    const room = await openClassroom()
    const [teacher, student] = [await room.enrol('INSTRUCTOR'), await room.enrol('STUDENT')]
    const body = { slug: 'hw', title, introduction: title, state: 'PUBLISHED', shuffleOptions: false }
    const params = { assignmentId: room.assignmentId }
    const put = (over: object) => call(putAssignment, 'PUT', teacher, { params, body: { ...body, ...over } })
    expect((await put({ slug: 'hw-1' })).status).toBe(200)
    await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))
    for (const refused of [await put({ slug: 'hw-2' }), await put({ slug: 'hw-1', state: 'DRAFT' })])
      expect(await refused.json()).toMatchObject({ code: 'assignment-started' })
    expect((await call(DELETE, 'DELETE', teacher, { params })).status).toBe(409)
    expect((await put({ slug: 'hw-1', state: 'ARCHIVED' })).status).toBe(200)
    const late = await room.enrol('STUDENT')
    await expect(startAttempt(await authorizeAssignment(late, room, 'attempt.start'))).rejects.toMatchObject({
      code: 'assignment-closed',
    })
    expect((await listMyCourses(late))[0]!.assignments).toEqual([])
    expect((await listMyCourses(student))[0]!.assignments).toHaveLength(1)
  })

  it('is deleted while nobody has started, and the rest is put in order', async () => {
    const room = await openClassroom()
    const teacher = await room.enrol('INSTRUCTOR')
    for (const slug of ['b', 'c'])
      await makeAssignment(room, teacher, { from: 'copy', slug, assignmentId: room.assignmentId })
    const [hw, b, c] = await assignmentsOf(room.courseSlug, teacher)
    const params = { courseSlug: room.courseSlug }
    const order = (ids: string[]) => call(putOrder, 'PUT', teacher, { params, body: { assignmentIds: ids } })
    expect((await order([c!.assignmentId, hw!.assignmentId, b!.assignmentId])).status).toBe(200)
    const slugs = async () => (await assignmentsOf(room.courseSlug, teacher)).map(({ slug }) => slug)
    expect(await slugs()).toEqual(['c', 'hw', 'b'])
    expect((await order([c!.assignmentId])).status).toBe(404)
    const gone = { params: { assignmentId: c!.assignmentId } }
    expect((await call(DELETE, 'DELETE', teacher, gone)).status).toBe(200)
    expect(await slugs()).toEqual(['hw', 'b'])
    expect(await staffDatabase.question.count({ where: { assignmentId: c!.assignmentId } })).toBe(0)
  })
})
