import { describe, expect, it } from 'vitest'
import { POST as postCopies } from '@/app/api/assignments/[assignmentId]/questions/copies/route'
import { PUT as putTags } from '@/app/api/questions/[questionId]/tags/route'
import { authorizeCourse, authorizeQuestion, type Viewer } from '@/lib/auth/gate'
import { readCopyTargets, readProvenance, searchBank } from '@/lib/bank/data'
import { bankQuerySchema } from '@/lib/bank/schema'
import { staffDatabase } from '@/lib/database/staff'
import { addDemoClass } from '@/lib/demo-class/mutations'
import { publishQuestion } from '@/lib/questions/mutations'
import { readEditedQuestion } from '@/lib/studio/data'
import { versionOf } from '@/lib/studio/draft'
import { type Classroom, call, openClassroom, question } from './classroom'

/** Three questions, of which the second speaks of saliency. */
async function bankRoom() {
  const questions = [question(1), question(2), question(3)]
  questions[1]!.content.prompt = { zh: '顯著圖１００％可靠嗎？', en: 'Is a SALIENCY map 100% reliable?' }
  questions[1]!.content.topic = 'saliency'
  const room = await openClassroom(questions)
  const rows = await staffDatabase.question.findMany({
    where: { assignmentId: room.assignmentId },
    orderBy: { position: 'asc' },
  })
  return { room, ids: rows.map(({ id }) => id), teacher: await room.enrol('INSTRUCTOR') }
}

async function search(room: Classroom, viewer: Viewer, query: Record<string, unknown>) {
  const access = await authorizeCourse(viewer, room.courseSlug, 'question.bank')
  return searchBank(access, bankQuerySchema.parse(query))
}
const labelsOf = ({ questions }: Awaited<ReturnType<typeof search>>) => questions.map(({ label }) => label)

const alsoTeaches = (viewer: Viewer, { courseId }: Classroom, role: 'TA' | 'INSTRUCTOR') =>
  staffDatabase.enrollment.create({ data: { userId: viewer.userId, courseId, role } })

describe('the question bank', () => {
  it('finds words of either language, in any case and width, tags, topics and what is archived', async () => {
    const { room, ids, teacher } = await bankRoom()
    const set = await call(putTags, 'PUT', teacher, {
      params: { questionId: ids[2]! },
      body: { tags: ['Exam', 'exam', 'hard'] },
    })
    expect(await set.json()).toEqual({ tags: ['exam', 'hard'] })
    const labels = async (query: Record<string, unknown>) => labelsOf(await search(room, teacher, query))
    expect(await labels({})).toEqual(['1', '2', '3'])
    expect(await labels({ q: 'saliency 顯著' })).toEqual(['2'])
    expect(await labels({ q: '100% 可靠' })).toEqual(['2'])
    expect(await labels({ q: '1_0' })).toEqual([])
    expect(await labels({ q: 'option c' })).toEqual(['1', '2', '3'])
    expect(await labels({ q: 'because' })).toEqual(['1', '2', '3'])
    expect(await labels({ tag: 'exam' })).toEqual(['3'])
    expect(await labels({ q: 'hard' })).toEqual(['3'])
    expect(await labels({ topic: 'saliency' })).toEqual(['2'])
    expect(await labels({ topic: 'no such', figure: 'none' })).toEqual(['1', '2', '3'])
    expect(await labels({ figure: 'maps' })).toEqual([])
    expect(await labels({ verdict: 'unchecked' })).toEqual(['1', '2', '3'])
    expect(await labels({ verdict: 'contradicted' })).toEqual([])
    await staffDatabase.question.update({ where: { id: ids[0]! }, data: { archivedAt: new Date() } })
    expect(await labels({})).toEqual(['2', '3'])
    expect(await labels({ archived: 'only' })).toEqual(['1'])
    expect(await labels({ archived: 'with' })).toEqual(['2', '3', '1'])
    expect((await search(room, teacher, {})).tags).toEqual(['exam', 'hard'])
    const audits = await staffDatabase.auditEvent.findMany({ where: { subject: `question:${ids[2]}` } })
    expect(audits.map(({ action }) => action)).toContain('question.tags')
  })

  it('holds the viewer’s other courses as an instructor, and of no other', async () => {
    const [here, taught, assisted, foreign] = [
      await bankRoom(),
      await bankRoom(),
      await bankRoom(),
      await bankRoom(),
    ]
    const ta = await here.room.enrol('TA')
    await alsoTeaches(ta, taught.room, 'INSTRUCTOR')
    await alsoTeaches(ta, assisted.room, 'TA')
    const page = await search(here.room, ta, {})
    expect(page.questions.map(({ course, mayCopy }) => [course.slug, mayCopy])).toEqual([
      ...here.ids.map(() => [here.room.courseSlug, false]),
      ...taught.ids.map(() => [taught.room.courseSlug, true]),
    ])
    expect(await search(here.room, ta, { course: foreign.room.courseSlug })).toMatchObject({ found: 0 })
    expect(await search(here.room, ta, { course: taught.room.courseSlug })).toMatchObject({ found: 3 })
    const targets = await readCopyTargets(await authorizeCourse(ta, here.room.courseSlug, 'question.bank'))
    expect(targets.map(({ assignmentId }) => assignmentId)).toEqual([taught.room.assignmentId])
    const student = await here.room.enrol('STUDENT')
    await expect(search(here.room, student, {})).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('gives copies that are drafts, with tags of their own, and know their origin and that it has moved on', async () => {
    const [source, target] = [await bankRoom(), await bankRoom()]
    const { teacher } = target
    const copy = (questionIds: string[]) =>
      call(postCopies, 'POST', teacher, {
        params: { assignmentId: target.room.assignmentId },
        body: { questionIds },
      })
    expect((await copy([source.ids[1]!])).status).toBe(404)
    await alsoTeaches(teacher, source.room, 'TA')
    expect((await copy([source.ids[1]!])).status).toBe(403)
    await staffDatabase.enrollment.updateMany({
      where: { userId: teacher.userId, courseId: source.room.courseId },
      data: { role: 'INSTRUCTOR' },
    })
    await staffDatabase.question.update({ where: { id: source.ids[1]! }, data: { tags: ['exam'] } })
    const response = await copy([source.ids[1]!, source.ids[2]!])
    const { questions } = (await response.json()) as { questions: { questionId: string; slug: string }[] }
    expect(questions.map(({ slug }) => slug)).toEqual(['s01', 's02'])
    const { questionId } = questions[0]!
    const access = await authorizeQuestion(teacher, { questionId }, 'question.edit')
    const edited = await readEditedQuestion(access)
    expect(edited).toMatchObject({ published: null, tags: ['exam'] })
    expect(edited.stored!.draft).toMatchObject({
      label: '4',
      prompt: { en: 'Is a SALIENCY map 100% reliable?' },
    })
    expect(edited.stored!.draft!.parts[0]!.id).not.toBe('q02')
    const origin = { questionId: source.ids[1]!, label: '2', version: 1, latest: 1, mayRead: true }
    expect(await readProvenance(access)).toMatchObject(origin)

    const original = await authorizeQuestion(teacher, { questionId: source.ids[1]! }, 'question.edit')
    const { published } = await readEditedQuestion(original)
    const draft = { ...published!.draft, prompt: { zh: '改了', en: 'Changed' } }
    await publishQuestion(original, { ...versionOf(draft), basedOn: 1 })
    expect(await readProvenance(access)).toMatchObject({ ...origin, latest: 2 })
    const page = await search(source.room, teacher, { q: 'changed', course: source.room.courseSlug })
    expect(page.questions).toMatchObject([{ copies: 1, version: 2 }])
    // Nobody is asked a draft, and who may not open the original does not.
    expect(labelsOf(await search(target.room, teacher, { course: target.room.courseSlug }))).toEqual([
      '1',
      '2',
      '3',
    ])
    await staffDatabase.enrollment.deleteMany({
      where: { userId: teacher.userId, courseId: source.room.courseId },
    })
    expect(await readProvenance(access)).toMatchObject({ mayRead: false })
    await staffDatabase.assignment.delete({ where: { id: source.room.assignmentId } })
    expect(await readProvenance(access)).toBeNull()
  })

  it('says how students did, where there are enough', async () => {
    const { room, teacher } = await bankRoom()
    expect((await search(room, teacher, {})).questions.map(({ results }) => results)).toEqual([
      null,
      null,
      null,
    ])
    await addDemoClass({
      courseSlug: room.courseSlug,
      assignmentSlug: room.document.assignment.slug,
      students: 60,
      seed: 3,
      now: new Date(),
    })
    const { questions } = await search(room, teacher, {})
    for (const { results, label } of questions) {
      const scores = await staffDatabase.partScore.findMany({
        where: { partId: `q0${label}`, attempt: { assignmentId: room.assignmentId } },
      })
      const sum = scores.reduce((all, { points }) => all + points, 0)
      expect(results!.students).toBe(scores.length)
      expect(results!.difficulty).toBeCloseTo(sum / 300 / scores.length, 9)
      expect(Math.abs(results!.discrimination ?? 0)).toBeLessThanOrEqual(1)
    }
  })
})
