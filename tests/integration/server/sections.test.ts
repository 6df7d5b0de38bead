import { describe, expect, it } from 'vitest'
import { GET as getScoreboard } from '@/app/api/assignments/[assignmentId]/scoreboard/route'
import { GET as getScores } from '@/app/api/assignments/[assignmentId]/scores/route'
import { POST as postMembers, PUT as putMembers } from '@/app/api/courses/[courseSlug]/section-members/route'
import { DELETE, PUT as putSection } from '@/app/api/courses/[courseSlug]/sections/[sectionId]/route'
import { POST as postSection } from '@/app/api/courses/[courseSlug]/sections/route'
import { readAudit } from '@/lib/audit/data'
import { authorizeAssignment, authorizeCourse, type Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass, removeDemoClass } from '@/lib/demo-class/mutations'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import type { Scoreboard } from '@/lib/scoreboard/view'
import { readCourseSections } from '@/lib/sections/data'
import { importSectionsAsOperator } from '@/lib/sections/mutations'
import { type Classroom, call, openClassroom } from './classroom'

const sectionsOf = async (room: Classroom, staff: Viewer) =>
  readCourseSections(await authorizeCourse(staff, room.courseSlug, 'course.sections'))

async function make(room: Classroom, staff: Viewer, name: string): Promise<string> {
  const answer = await call(postSection, 'POST', staff, {
    params: { courseSlug: room.courseSlug },
    body: { name },
  })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { sectionId: string }).sectionId
}

describe('sections', () => {
  it('are made, renamed and removed by staff; their students stay; the history has every step', async () => {
    const room = await openClassroom()
    const [ta, one, two] = [await room.enrol('TA'), await room.enrol('STUDENT'), await room.enrol('STUDENT')]
    const params = { courseSlug: room.courseSlug }
    const sectionId = await make(room, ta, ' Mon 10 ')
    const taken = await call(postSection, 'POST', ta, { params, body: { name: 'Mon 10' } })
    expect(taken.status).toBe(409)
    expect(await taken.json()).toMatchObject({ code: 'name-taken' })
    for (const name of ['', '   ', 'a\nb', 'x'.repeat(61)])
      expect((await call(postSection, 'POST', ta, { params, body: { name } })).status).toBe(400)

    const moved = await call(putMembers, 'PUT', ta, {
      params,
      body: { sectionId, userIds: [one.userId, two.userId] },
    })
    expect(await moved.json()).toEqual({ moved: 2 })
    const renamed = { params: { ...params, sectionId }, body: { name: 'Tue 9' } }
    expect((await call(putSection, 'PUT', ta, renamed)).status).toBe(200)
    expect((await sectionsOf(room, ta)).sections).toMatchObject([{ name: 'Tue 9', students: 2 }])
    expect((await call(DELETE, 'DELETE', ta, { params: { ...params, sectionId } })).status).toBe(200)
    const left = await sectionsOf(room, ta)
    expect(left.sections).toEqual([])
    expect(left.students.map((student) => student.sectionId)).toEqual([null, null])

    const audit = await authorizeAssignment(ta, { assignmentId: room.assignmentId }, 'assignment.audit')
    const { lines } = await readAudit(audit, { q: 'course.sections' })
    expect(lines.map(({ before, after }) => [before, after])).toMatchObject([
      [{ section: 'Tue 9', students: [expect.any(String), expect.any(String)] }, null],
      [{ section: 'Mon 10' }, { section: 'Tue 9' }],
      [{ section: null }, { section: 'Mon 10', students: [expect.any(String), expect.any(String)] }],
      [null, { section: 'Mon 10' }],
    ])
    expect(lines[0]).toMatchObject({ actor: { email: ta.email } })
  })

  it('of another course, and people who are no students of it, are not touched', async () => {
    const [room, elsewhere] = [await openClassroom(), await openClassroom()]
    const [ta, student, foreign] = [
      await room.enrol('TA'),
      await room.enrol('STUDENT'),
      await elsewhere.enrol('STUDENT'),
    ]
    const sectionId = await make(elsewhere, await elsewhere.enrol('TA'), 'A')
    const params = { courseSlug: room.courseSlug }
    const status = async (sectionId: string | null, userIds: string[]) =>
      (await call(putMembers, 'PUT', ta, { params, body: { sectionId, userIds } })).status
    expect(await status(sectionId, [student.userId])).toBe(404)
    expect(await status(null, [student.userId, foreign.userId])).toBe(404)
    expect(await status(null, [ta.userId])).toBe(404)
    expect((await call(DELETE, 'DELETE', ta, { params: { ...params, sectionId } })).status).toBe(404)
    expect(await staffDatabase.section.count({ where: { id: sectionId } })).toBe(1)
  })

  it('are taken in from a table: all of it, or nothing with every line that is wrong', async () => {
    const room = await openClassroom()
    const [ta, one, two] = [await room.enrol('TA'), await room.enrol('STUDENT'), await room.enrol('STUDENT')]
    await make(room, ta, 'A')
    const params = { courseSlug: room.courseSlug }
    const post = (table: string) => call(postMembers, 'POST', ta, { params, body: { table } })
    const refused = await post(`email,section\n${one.email},A\nnobody@example.org,A\n${one.email},B`)
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({
      code: 'table-refused',
      lines: [
        { line: 3, issue: 'unknown', found: 'nobody@example.org' },
        { line: 4, issue: 'twice' },
      ],
    })
    expect((await sectionsOf(room, ta)).students.every(({ sectionId }) => sectionId === null)).toBe(true)

    const table = `section;email\nA;${one.email.toUpperCase()}\nB;${two.email}\n`
    expect(await (await post(table)).json()).toEqual({ students: 2, moved: 2, made: ['B'] })
    expect(await (await post(table)).json()).toEqual({ students: 2, moved: 0, made: [] })
    expect(await importSectionsAsOperator(room.courseSlug, `email,section\n${one.email},`)).toEqual({
      students: 1,
      moved: 1,
      made: [],
    })
    expect(await importSectionsAsOperator('no-such-course', table)).toBeNull()
  })
})

describe('staff look at one section', () => {
  it('on the scoreboard, in the table for spreadsheets, and in the statistics', async () => {
    const room = await openClassroom()
    const ta = await room.enrol('TA')
    const where = { courseSlug: room.courseSlug, assignmentSlug: 'hw' }
    await addDemoClass({ ...where, students: 60, seed: 1, now: new Date() })
    const params = { assignmentId: room.assignmentId }
    const board = async (section?: string) => {
      const query = section ? `?section=${section}` : ''
      return (await (await call(getScoreboard, 'GET', ta, { params, query })).json()) as Scoreboard
    }
    const all = await board()
    expect(all.sections.map(({ name }) => name)).toEqual(['A', 'B'])
    const [a, b] = [await board(all.sections[0]!.sectionId), await board(all.sections[1]!.sectionId)]
    const none = await board('none')
    expect(a.students.every(({ section }) => section === 'A')).toBe(true)
    expect(none.students.every(({ section }) => section === null)).toBe(true)
    expect(a.students.length + b.students.length + none.students.length).toBe(60)
    const answered = (shown: Scoreboard) => shown.parts.reduce((sum, part) => sum + part.answered, 0)
    expect(answered(a) + answered(b) + answered(none)).toBe(answered(all))
    expect((await board('unknown')).students).toEqual([])

    const query = `?section=${all.sections[0]!.sectionId}`
    const table = await (await call(getScores, 'GET', ta, { params, query })).text()
    expect(table.trim().split('\r\n')).toHaveLength(a.students.length + 1)
    expect(table).toMatch(/name,email,simulated,section,state/)

    const access = await authorizeAssignment(ta, params, 'assignment.statistics')
    const submitted = (shown: Scoreboard) =>
      shown.students.filter((student) => student.state === 'submitted').length
    const { analysis } = await readItemAnalysis(access, 'first', all.sections[0]!.sectionId)
    expect(analysis.students).toBe(submitted(a))
    expect((await readItemAnalysis(access, 'first')).analysis.students).toBe(submitted(all))

    await removeDemoClass()
    expect(await staffDatabase.section.count({ where: { courseId: room.courseId } })).toBe(0)
  })
})
