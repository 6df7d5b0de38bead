import { beforeAll, describe, expect, it } from 'vitest'
import { PUT as putSettings } from '@/app/api/assignments/[assignmentId]/regrades/settings/route'
import { GET as getScores } from '@/app/api/assignments/[assignmentId]/scores/route'
import { POST as postApply } from '@/app/api/regrades/[regradeId]/apply/route'
import { POST as postUndo } from '@/app/api/regrades/[regradeId]/undo/route'
import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import {
  authorizeAssignment,
  authorizeOwnAttempt,
  authorizeRegrade,
  authorizeSaving,
  type Viewer,
} from '@/lib/auth/gate'
import { readAssignmentForStudent } from '@/lib/courses/front-page/data'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass } from '@/lib/demo-class/mutations'
import { readResult } from '@/lib/grading/data'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { readRegrade, readRegrades } from '@/lib/regrading/data'
import { readRegradableParts } from '@/lib/regrading/drafting/data'
import { discardRegrade, draftRegrade, editRegrade } from '@/lib/regrading/mutations'
import type { KeyChange } from '@/lib/regrading/schema'
import { submitAttempt } from '@/lib/submission/mutations'
import { seedAssignment } from '@/prisma/seed'
import { type Classroom, call, inSession, openClassroom, question } from './classroom'

const reason = { zh: '正解有誤。', en: 'The key was wrong.' }

/** A classroom with somebody of each role, and what they do in it. */
class School {
  instructor!: Viewer
  other!: Viewer
  ta!: Viewer
  constructor(readonly room: Classroom) {}

  static async open(questions?: Parameters<typeof openClassroom>[0]): Promise<School> {
    const school = new School(await openClassroom(questions))
    school.instructor = await school.room.enrol('INSTRUCTOR')
    school.other = await school.room.enrol('INSTRUCTOR')
    school.ta = await school.room.enrol('TA')
    return school
  }

  /** A new student's attempt with these choices. */
  async work(answers: Readonly<Record<string, string[]>>) {
    const student = await this.room.enrol('STUDENT')
    const access = await authorizeAssignment(student, this.room, 'attempt.start')
    const { attemptId } = await startAttempt(access)
    const own = await authorizeSaving(student, attemptId)
    for (const [partId, optionIds] of Object.entries(answers))
      await saveAnswer(inSession(student), own, partId, { optionIds, clientId: 'tab', revision: 1 })
    const submit = async () =>
      submitAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.submit'))
    const result = async () => readResult(await authorizeOwnAttempt(student, { attemptId }, 'attempt.result'))
    return { student, attemptId, submit, result }
  }

  async done(answers: Readonly<Record<string, string[]>>) {
    const work = await this.work(answers)
    await work.submit()
    return work
  }

  async change(partId: string, part: object): Promise<KeyChange> {
    const access = await authorizeAssignment(this.ta, this.room, 'regrade.draft')
    const found = (await readRegradableParts(access)).find((one) => one.partId === partId)!
    const { correct, rule, explanation } = found.key
    const target = { questionVersionIds: found.versions.map((one) => one.questionVersionId), partId }
    return (
      'policy' in part && (part.policy === 'full' || part.policy === 'drop')
        ? { ...target, ...part }
        : { policy: 'new', ...target, correct, rule, explanation, points: found.points, ...part }
    ) as KeyChange
  }

  async draft(partId: string, part: object, author = this.ta): Promise<string> {
    const access = await authorizeAssignment(author, this.room, 'regrade.draft')
    return (await draftRegrade(access, { changes: [await this.change(partId, part)], reason })).regradeId
  }

  async look(regradeId: string, viewer = this.instructor) {
    return readRegrade(await authorizeRegrade(viewer, { regradeId }, 'regrade.draft'))
  }

  async apply(
    regradeId: string,
    { viewer = this.instructor, keyReason = undefined as string | undefined } = {},
  ) {
    const { fingerprint } = await this.look(regradeId, viewer)
    return this.applyAs(viewer, regradeId, { fingerprint, keyReason })
  }

  async applyAs(viewer: Viewer, regradeId: string, body: object) {
    const response = await call(postApply, 'POST', viewer, { params: { regradeId }, body })
    return (await response.json()) as { code?: string; moved?: number; contradicted?: string[] }
  }

  async undo(regradeId: string): Promise<string> {
    const response = await call(postUndo, 'POST', this.ta, { params: { regradeId } })
    const body = (await response.json()) as { regradeId?: string; code?: string }
    if (!body.regradeId) throw new Error(body.code)
    return body.regradeId
  }

  scores() {
    return staffDatabase.partScore.findMany({
      where: { attempt: { assignmentId: this.room.assignmentId } },
      orderBy: [{ attemptId: 'asc' }, { partId: 'asc' }],
    })
  }
}

describe('a regrade', () => {
  it('shows every score that moves, changes nothing before it is applied, and is taken back exactly', async () => {
    const school = await School.open()
    const right = await school.done({ q01: ['a'], q02: ['a', 'b'] })
    const wrong = await school.done({ q01: ['b'] })
    const empty = await school.done({})
    const held = await school.scores()
    const id = await school.draft('q01', { correct: ['b'] })
    const view = await school.look(id)
    expect(view.effect).toMatchObject({ scores: 3, moved: 2, up: 1, down: 1, exported: null })
    const line = (attemptId: string) => view.attempts.find((one) => one.attemptId === attemptId)
    expect(line(right.attemptId)).toMatchObject({
      before: 600,
      after: 300,
      parts: [{ label: '1', chosen: 'A', before: 300, after: 0, rule: 'exact' }],
    })
    expect(line(wrong.attemptId)).toMatchObject({ before: 0, after: 300, counts: true })
    expect(line(empty.attemptId)).toBeUndefined()
    expect(await school.scores()).toEqual(held)

    expect(await school.apply(id)).toEqual({ moved: 2 })
    const keys = await staffDatabase.answerKey.findMany({
      where: { questionVersion: { question: { assignmentId: school.room.assignmentId, slug: 'q01' } } },
      orderBy: { version: 'asc' },
    })
    expect(keys.map(({ version, regradeId }) => [version, regradeId])).toEqual([
      [1, null],
      [2, id],
    ])
    const now = await school.scores()
    expect(
      now.filter(({ partId }) => partId === 'q01').every((score) => score.answerKeyId === keys[1]!.id),
    ).toBe(true)
    expect(now.filter(({ partId }) => partId !== 'q01')).toEqual(
      held.filter(({ partId }) => partId !== 'q01'),
    )
    expect((await right.result()).score).toMatchObject({
      points: 300,
      changes: [{ before: 600, after: 300, reason, parts: ['1'] }],
      parts: [{ points: 0, key: { correct: ['b'] } }, {}, {}],
    })
    expect((await empty.result()).score?.changes).toEqual([])
    expect((await school.look(id)).attempts).toHaveLength(2)
    const audit = await staffDatabase.auditEvent.findMany({
      where: { subject: { in: [`attempt:${right.attemptId}`, `assignment:${school.room.assignmentId}`] } },
    })
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['regrade.draft', 'regrade.apply', 'attempt.regrade']),
    )

    const later = await school.done({ q01: ['b'] })
    expect((await later.result()).score?.points).toBe(300)
    const undo = await school.undo(id)
    expect(await school.undo(id)).toBe(undo)
    expect((await school.look(undo)).effect).toMatchObject({ moved: 3, up: 1, down: 2 })
    expect(await school.apply(undo)).toEqual({ moved: 3 })
    const restored = await school.scores()
    expect(restored.filter(({ attemptId }) => attemptId !== later.attemptId)).toEqual(held)
    expect((await later.result()).score?.points).toBe(0)
    await expect(school.undo(id)).rejects.toThrow('regrade-closed')

    // Taking back what was taken back gives the regrade's scores again.
    const again = await school.undo(undo)
    expect(await school.apply(again)).toEqual({ moved: 3 })
    expect((await school.scores()).filter(({ attemptId }) => attemptId !== later.attemptId)).toEqual(now)
    expect((await later.result()).score?.points).toBe(300)
  })

  it('by its policies: either key, only upwards, full credit, dropped, other points', async () => {
    const school = await School.open()
    const works = [
      await school.done({ q01: ['a'] }),
      await school.done({ q01: ['b'] }),
      await school.done({}),
    ]
    const points = async () =>
      Promise.all(
        works.map(async (work) => {
          const { score } = await work.result()
          return [score?.points, score?.maximum]
        }),
      )
    const tried = async (part: object) => {
      const id = await school.draft('q01', part)
      await school.apply(id)
      const [done, later] = [await points(), await school.done({ q01: ['a'] })]
      const next = (await later.result()).score
      await school.apply(await school.undo(id))
      await staffDatabase.attempt.delete({ where: { id: later.attemptId } })
      return { done, next: [next?.points, next?.maximum], part: next?.parts[0] }
    }
    const before = await points()
    expect(await tried({ policy: 'either', correct: ['b'] })).toMatchObject({
      done: [
        [300, 900],
        [300, 900],
        [0, 900],
      ],
      next: [300, 900],
      part: { key: { correct: ['a'], alsoAccepted: [['b']] } },
    })
    expect(await tried({ policy: 'upwards', correct: ['b'] })).toMatchObject({
      done: [
        [300, 900],
        [300, 900],
        [0, 900],
      ],
      next: [0, 900],
    })
    expect(await tried({ policy: 'full' })).toMatchObject({
      done: [
        [300, 900],
        [300, 900],
        [300, 900],
      ],
      next: [300, 900],
      part: { rule: 'full-credit' },
    })
    expect(await tried({ policy: 'drop' })).toMatchObject({
      done: [
        [0, 600],
        [0, 600],
        [0, 600],
      ],
      next: [0, 600],
    })
    expect(await tried({ points: 500 })).toMatchObject({
      done: [
        [500, 1100],
        [0, 1100],
        [0, 1100],
      ],
      next: [500, 1100],
    })
    expect(await points()).toEqual(before)
  })

  it('says what does not fit, and where', async () => {
    const school = await School.open()
    const refused = async (part: object) => {
      const access = await authorizeAssignment(school.ta, school.room, 'regrade.draft')
      const changes = [await school.change('q01', part)]
      const error = await draftRegrade(access, { changes, reason }).catch((thrown: unknown) => thrown)
      return (error as { options?: { fields?: { path: string; issue: string }[] } }).options?.fields
    }
    expect(await refused({ correct: ['b', 'c'] })).toEqual([
      { path: 'body.changes.0', issue: expect.stringContaining('exactly 1') },
    ])
    expect(await refused({})).toEqual([{ path: 'body.changes.0', issue: 'nothing-changed' }])
    expect(await refused({ policy: 'upwards', correct: ['b'], points: 200 })).toEqual([
      { path: 'body.changes.0', issue: 'points-compared' },
    ])
    expect(await refused({ partId: 'q99' })).toEqual([
      { path: 'body.changes.0.partId', issue: 'unknown-part' },
    ])
  })

  it('made of an older key is told so, and one whose effect has changed is looked at again', async () => {
    const school = await School.open()
    const work = await school.done({ q01: ['b'] })
    const [first, second] = [
      await school.draft('q01', { correct: ['b'] }),
      await school.draft('q01', { correct: ['c'] }),
    ]
    const seen = await school.look(first)
    const newcomer = await school.done({ q01: ['b'] })
    const body = { fingerprint: seen.fingerprint }
    expect(await school.applyAs(school.instructor, first, body)).toMatchObject({ code: 'regrade-outdated' })
    expect((await work.result()).score?.points).toBe(0)
    expect(await school.apply(first)).toEqual({ moved: 2 })
    expect((await newcomer.result()).score?.points).toBe(300)

    expect(await school.look(second)).toMatchObject({ outdated: true })
    expect(await school.apply(second)).toMatchObject({ code: 'regrade-outdated' })
    const access = await authorizeRegrade(school.ta, { regradeId: second }, 'regrade.draft')
    await editRegrade(access, { changes: [await school.change('q01', { correct: ['c'] })], reason })
    expect(await school.look(second)).toMatchObject({ outdated: false, effect: { moved: 2, down: 2 } })
    expect(await school.apply(second)).toEqual({ moved: 2 })
    // The first can no longer be taken back alone.
    await expect(school.undo(first)).rejects.toThrow('regrade-superseded')
    expect((await school.look(first)).supersededBy).toBe(2)
    const again = { fingerprint: 'a'.repeat(64) }
    expect(await school.applyAs(school.instructor, first, again)).toMatchObject({ code: 'regrade-closed' })
  })

  it('is for instructors to apply, and, where the course wants it, for one who did not write it', async () => {
    const school = await School.open()
    await school.done({ q01: ['b'] })
    const own = await school.draft('q01', { correct: ['b'] }, school.instructor)
    const body = { fingerprint: (await school.look(own)).fingerprint }
    expect(await school.applyAs(school.ta, own, body)).toMatchObject({ code: 'forbidden' })
    const settings = { params: { assignmentId: school.room.assignmentId }, body: { needsSecond: true } }
    expect((await call(putSettings, 'PUT', school.ta, settings)).status).toBe(403)
    expect((await call(putSettings, 'PUT', school.instructor, settings)).status).toBe(200)
    expect(await school.apply(own)).toMatchObject({ code: 'second-person-required' })
    expect((await school.look(own)).needsOther).toBe(true)
    expect(await school.apply(own, { viewer: school.other })).toEqual({ moved: 1 })
    const list = await readRegrades(await authorizeAssignment(school.ta, school.room, 'regrade.draft'))
    expect(list).toMatchObject({
      needsSecond: true,
      regrades: [{ number: 1, status: 'applied', moved: 1, appliedBy: school.other.name }],
    })
  })

  it('asks for the reason where the model contradicts the key', async () => {
    const school = await School.open()
    await school.done({ q01: ['b'] })
    const key = await staffDatabase.answerKey.findFirstOrThrow({
      where: { questionVersion: { question: { assignmentId: school.room.assignmentId, slug: 'q01' } } },
    })
    const measurement = { measure: 'region-removal', picture: 2 }
    const claims = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((subject) => [subject, { op: 'highest', of: 'weight', subject }]),
    )
    await staffDatabase.answerKey.update({
      where: { id: key.id },
      data: {
        secret: {
          q01: {
            correct: ['a'],
            rule: { name: 'exact' },
            explanation: { zh: '因為', en: 'because' },
            evidence: { kind: 'claims', measurements: { weight: measurement }, claims },
          },
        },
      },
    })
    const values = ['a', 'b', 'c', 'd'].map((subject, index) => ({
      subject,
      name: { zh: subject, en: subject },
      value: 1 - index / 10,
    }))
    const model = { name: 'cnn', sha256: 'f', insteadOf: null }
    await staffDatabase.keyVerdict.create({
      data: {
        answerKeyId: key.id,
        partId: 'q01',
        modelsHash: 'f',
        result: {
          verdict: 'supported',
          margin: 0.1,
          isThin: false,
          stability: null,
          outcomes: {},
          readings: { weight: { values, model } },
          missing: null,
        },
      },
    })
    const id = await school.draft('q01', { correct: ['b'] })
    expect((await school.look(id)).changed).toMatchObject([{ verdict: 'contradicted', contradicted: true }])
    expect(await school.apply(id)).toMatchObject({ code: 'key-contradicted', contradicted: ['1'] })
    expect(await school.apply(id, { keyReason: 'The figure shows another layer.' })).toEqual({ moved: 1 })
    expect((await school.look(id)).keyReason).toBe('The figure shows another layer.')
    // Taking it back says nothing new about the model.
    expect(await school.apply(await school.undo(id))).toEqual({ moved: 1 })
  })

  it('tells of exported scores that it changes, and that nothing was exported where nothing was', async () => {
    const school = await School.open()
    const [wrong, right] = [await school.done({ q01: ['b'] }), await school.done({ q01: ['a'] })]
    const id = await school.draft('q01', { policy: 'either', correct: ['b'] })
    expect((await school.look(id)).effect.exported).toBeNull()
    await call(getScores, 'GET', school.ta, { params: { assignmentId: school.room.assignmentId } })
    await school.done({ q01: ['b'] })
    const view = await school.look(id)
    expect(view.effect).toMatchObject({ moved: 2, exported: { changed: 1, by: school.ta.name } })
    expect(view.attempts.find(({ userId }) => userId === wrong.student.userId)).toMatchObject({
      exported: 0,
      after: 300,
    })
    expect(view.attempts.some(({ userId }) => userId === right.student.userId)).toBe(false)
    await school.apply(id)
    const list = async () => readRegrades(await authorizeAssignment(school.ta, school.room, 'regrade.draft'))
    await expect.poll(async () => (await list()).exported?.changed, { timeout: 5000 }).toBe(1)
  })

  it('of a dropped part leaves full points consistent wherever they are shown', async () => {
    const school = await School.open()
    const settings = { courseSlug: school.room.courseSlug, assignmentSlug: 'hw', students: 40, seed: 3 }
    await addDemoClass({ ...settings, now: new Date() })
    const id = await school.draft('q02', { policy: 'drop' })
    const { effect } = await school.look(id)
    expect([effect.before?.maximum, effect.after?.maximum]).toEqual([900, 600])
    expect(effect.items).toMatchObject([
      { label: '2', before: { difficulty: expect.any(Number) }, after: null },
    ])
    expect(effect.distribution.reduce((sum, bin) => sum + bin.after, 0)).toBe(effect.after?.students)
    await school.apply(id)
    const sums = await staffDatabase.partScore.groupBy({
      by: ['attemptId'],
      where: { attempt: { assignmentId: school.room.assignmentId } },
      _sum: { maximum: true },
    })
    expect(new Set(sums.map((row) => row._sum.maximum))).toEqual(new Set([600]))
    const student = await school.room.enrol('STUDENT')
    const front = await authorizeAssignment(student, school.room, 'assignment.read')
    expect((await readAssignmentForStudent(front)).assignment.points).toBe(600)
    const access = await authorizeAssignment(school.ta, school.room, 'assignment.statistics')
    const { analysis, items } = await readItemAnalysis(access, 'first')
    expect(items.map(({ statistics }) => statistics.id)).toEqual(['q01', 'q03'])
    expect(analysis).toMatchObject({ maximum: 600 })
    expect(effect.after?.alpha).toBeCloseTo((analysis as { alpha: number }).alpha, 12)
    // A new version of the seed does not bring the part back.
    const changed = question(2, { correct: ['a', 'c'] })
    const [first, , third] = school.room.document.questions
    await seedAssignment({ ...school.room.document, questions: [first!, changed, third!] })
    expect((await readAssignmentForStudent(front)).assignment.points).toBe(600)
  })

  it('can be put away', async () => {
    const school = await School.open()
    const id = await school.draft('q01', { policy: 'full' })
    await discardRegrade(await authorizeRegrade(school.ta, { regradeId: id }, 'regrade.draft'))
    expect(await school.look(id)).toMatchObject({ status: 'discarded', fingerprint: null })
    expect(await school.applyAs(school.instructor, id, { fingerprint: 'a'.repeat(64) })).toMatchObject({
      code: 'regrade-closed',
    })
  })
})

describe('at the same moment as submissions', () => {
  let school: School
  beforeAll(async () => {
    school = await School.open()
  })

  it('no attempt keeps a score of the replaced key', async () => {
    for (let round = 0; round < 4; round += 1) {
      const to = round % 2 ? 'a' : 'b'
      const works = await Promise.all(Array.from({ length: 8 }, () => school.work({ q01: [to] })))
      const id = await school.draft('q01', { correct: [to] })
      const { fingerprint } = await school.look(id)
      const [, ...submitted] = await Promise.all([
        applyUntilDone(id, fingerprint),
        ...works.map((work, index) =>
          new Promise((resolve) => setTimeout(resolve, index * 4)).then(() => work.submit()),
        ),
      ])
      expect(submitted).toHaveLength(8)
      const latest = await staffDatabase.answerKey.findFirstOrThrow({ where: { regradeId: id } })
      const scores = await staffDatabase.partScore.findMany({
        where: { partId: 'q01', attempt: { assignmentId: school.room.assignmentId } },
      })
      expect(scores.length).toBe((round + 1) * 8)
      expect(new Set(scores.map(({ answerKeyId }) => answerKeyId))).toEqual(new Set([latest.id]))
      const mine = scores.filter(({ attemptId }) => works.some((work) => work.attemptId === attemptId))
      expect(mine.map(({ points }) => points)).toEqual(Array<number>(8).fill(300))
    }
  })

  /** As the page does: looks again whenever something moved meanwhile. */
  async function applyUntilDone(id: string, fingerprint: string | null): Promise<void> {
    let body: object = { fingerprint }
    for (;;) {
      const { code } = await school.applyAs(school.instructor, id, body)
      if (!code) return
      expect(code).toBe('regrade-outdated')
      body = { fingerprint: (await school.look(id)).fingerprint }
    }
  }

  it('two who apply at once apply it once', async () => {
    const id = await school.draft('q01', { policy: 'full' })
    const body = { fingerprint: (await school.look(id)).fingerprint }
    const replies = await Promise.all([
      school.applyAs(school.instructor, id, body),
      school.applyAs(school.other, id, body),
    ])
    expect(replies.map(({ code }) => code ?? 'applied').sort()).toEqual(['applied', 'regrade-closed'])
    expect(await staffDatabase.answerKey.count({ where: { regradeId: id } })).toBe(1)
  })
})
