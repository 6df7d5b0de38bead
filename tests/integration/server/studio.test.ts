import { beforeEach, describe, expect, it } from 'vitest'
import type { ProblemCode } from '@/lib/api/problems'
import { readAttempt } from '@/lib/attempts/data'
import { startAttempt } from '@/lib/attempts/mutations'
import {
  authorizeAssignment,
  authorizeOwnAttempt,
  authorizeQuestion,
  type QuestionAccess,
  type Viewer,
} from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { readLatestQuestions } from '@/lib/questions/data'
import { publishQuestion } from '@/lib/questions/mutations'
import { newVersionSchema } from '@/lib/questions/schema'
import { readEditedQuestion, readQuestionHistory, readStudioQuestions, readVersion } from '@/lib/studio/data'
import { versionOf } from '@/lib/studio/draft'
import {
  archiveQuestion,
  createQuestion,
  discardDraft,
  orderQuestions,
  saveDraft,
} from '@/lib/studio/mutations'
import { type Draft, draftSchema } from '@/lib/studio/schema'
import { type Classroom, openClassroom } from './classroom'

type Editing = QuestionAccess<'question.edit'>

let room: Classroom
let ann: Viewer
let ben: Viewer
let questionId: string
let byAnn: Editing
let byBen: Editing

beforeEach(async () => {
  room = await openClassroom()
  ann = await room.enrol('INSTRUCTOR')
  ben = await room.enrol('INSTRUCTOR')
  const { id } = await staffDatabase.question.findFirstOrThrow({
    where: { assignmentId: room.assignmentId, slug: 'q01' },
  })
  questionId = id
  byAnn = await authorizeQuestion(ann, { questionId }, 'question.edit')
  byBen = await authorizeQuestion(ben, { questionId }, 'question.edit')
})

const asking = (draft: Draft, en: string): Draft => ({ ...draft, prompt: { ...draft.prompt, en } })
const refusal = (code: ProblemCode) => expect.objectContaining({ code })
const listing = (viewer: Viewer) =>
  authorizeAssignment(viewer, { assignmentId: room.assignmentId }, 'question.edit')

async function publishedDraft(access: Editing): Promise<Draft> {
  return (await readEditedQuestion(access)).published!.draft
}

async function publish(access: Editing, draft: Draft, basedOn: number, draftRevision?: number) {
  return publishQuestion(access, newVersionSchema.parse({ ...versionOf(draft), basedOn, draftRevision }))
}

async function begin(viewer: Viewer): Promise<string> {
  const access = await authorizeAssignment(viewer, { assignmentId: room.assignmentId }, 'attempt.start')
  return (await startAttempt(access)).attemptId
}

async function promptsOf(viewer: Viewer, attemptId: string): Promise<string[]> {
  const access = await authorizeOwnAttempt(viewer, { attemptId }, 'attempt.read')
  const { questions } = await readAttempt(access)
  expect(questions.map(({ position }) => position)).toEqual(questions.map((_, index) => index + 1))
  return questions.map(({ content }) => content.prompt.en)
}

describe('drafts', () => {
  it('are kept as they were written, however incomplete, and change nothing that is published', async () => {
    const draft = { ...(await publishedDraft(byAnn)), prompt: { zh: '', en: 'Half' }, parts: [] }
    const saved = await saveDraft(byAnn, { revision: 0, basedOn: 1, draft })
    expect(saved.revision).toBe(1)
    const { stored, published } = await readEditedQuestion(byBen)
    expect(stored).toMatchObject({ revision: 1, basedOn: 1, author: { name: ann.name }, draft })
    expect(published?.draft.prompt.en).toBe('Question 1')
  })

  it('take a save that arrives twice once', async () => {
    const draft = asking(await publishedDraft(byAnn), 'Once')
    const save = { revision: 0, basedOn: 1, draft }
    const [first, second] = await Promise.all([saveDraft(byAnn, save), saveDraft(byAnn, save)])
    expect(second).toEqual(first)
    expect(await saveDraft(byAnn, save)).toEqual(first)
    expect((await readEditedQuestion(byAnn)).stored?.revision).toBe(1)
  })

  it('show the second of two editors what the first wrote, and lose neither', async () => {
    const original = await publishedDraft(byAnn)
    await saveDraft(byAnn, { revision: 0, basedOn: 1, draft: asking(original, 'By Ann') })
    const save = { revision: 0, basedOn: 1, draft: asking(original, 'By Ben') }
    const refused = await saveDraft(byBen, save).catch((error) => error)
    expect(refused).toEqual(refusal('draft-conflict'))
    const { stored } = refused.options.facts
    expect(stored).toMatchObject({ revision: 1, author: { name: ann.name } })
    expect(stored.draft.prompt.en).toBe('By Ann')

    await saveDraft(byBen, { ...save, revision: stored.revision })
    const { setAside } = await readQuestionHistory(byAnn)
    expect(setAside.map(({ author, draft }) => [author, draft.prompt.en])).toEqual([[ann.name, 'By Ann']])
    expect((await readEditedQuestion(byAnn)).stored?.draft?.prompt.en).toBe('By Ben')
  })

  it('of one person go on without being set aside', async () => {
    const original = await publishedDraft(byAnn)
    for (const [revision, words] of ['One', 'Two', 'Three'].entries())
      await saveDraft(byAnn, { revision, basedOn: 1, draft: asking(original, words) })
    expect((await readQuestionHistory(byAnn)).setAside).toEqual([])
  })

  it('that are discarded can be taken up again, and who still writes is told', async () => {
    const draft = asking(await publishedDraft(byAnn), 'Second thoughts')
    await saveDraft(byAnn, { revision: 0, basedOn: 1, draft })
    expect(await discardDraft(byAnn, 1)).toEqual({ revision: 2 })
    expect((await readEditedQuestion(byAnn)).stored?.draft).toBeNull()
    expect((await readQuestionHistory(byAnn)).setAside[0]?.draft).toEqual(draft)
    await expect(saveDraft(byBen, { revision: 1, basedOn: 1, draft })).rejects.toEqual(
      refusal('draft-conflict'),
    )
    expect(await saveDraft(byAnn, { revision: 2, basedOn: 1, draft })).toMatchObject({ revision: 3 })
  })
})

describe('publication', () => {
  it('does not undo what a regrade has put right since the page was opened', async () => {
    const { published } = await readEditedQuestion(byAnn)
    const { keyVersion, version, draft } = published!
    const { questionVersionId, secret } = await staffDatabase.answerKey.findFirstOrThrow({
      where: { questionVersion: { questionId } },
    })
    await staffDatabase.answerKey.create({
      data: { questionVersionId, version: 2, secret: secret as Prisma.InputJsonObject },
    })
    const change = newVersionSchema.parse({ ...versionOf(asking(draft, 'A comma,')), basedOn: version })
    await expect(publishQuestion(byAnn, { ...change, knownKey: keyVersion })).rejects.toEqual(
      refusal('version-outdated'),
    )
    expect((await publishQuestion(byAnn, { ...change, knownKey: 2 })).version).toBe(2)
  })

  it('refuses another figure that cannot be drawn, as where its model was removed, and keeps the draft', async () => {
    const original = await publishedDraft(byAnn)
    const figureSpec = figureSpecSchema.parse({
      layout: 'maps',
      model: 'removed',
      pictures: [1],
      methods: ['saliency'],
    })
    const draft = { ...original, figureSpec }
    await saveDraft(byAnn, { revision: 0, basedOn: 1, draft })
    await expect(publish(byAnn, draft, 1, 1)).rejects.toEqual(refusal('figure-impossible'))
    expect((await readEditedQuestion(byAnn)).stored?.draft).toEqual(draft)
    // A text is put right whatever has become of the figure.
    await staffDatabase.questionVersion.updateMany({ where: { questionId }, data: { figureSpec } })
    await publish(byAnn, asking(draft, 'Put right'), 1, 1)
    expect(await publishedDraft(byAnn)).toMatchObject({ figureSpec, prompt: { en: 'Put right' } })
  })

  it('makes a version of the draft and ends it; attempts keep what they show', async () => {
    const [early, late] = [await room.enrol('STUDENT'), await room.enrol('STUDENT')]
    const before = await begin(early)
    const draft = asking(await publishedDraft(byAnn), 'Better')
    await saveDraft(byAnn, { revision: 0, basedOn: 1, draft })
    expect(await publish(byAnn, draft, 1, 1)).toMatchObject({ version: 2 })
    const { stored, published } = await readEditedQuestion(byAnn)
    expect(stored).toMatchObject({ revision: 2, draft: null })
    expect(published).toMatchObject({ version: 2, draft })
    expect((await promptsOf(early, before))[0]).toBe('Question 1')
    expect((await promptsOf(late, await begin(late)))[0]).toBe('Better')
  })

  it('asks for the figure at once: whoever opens the question next sees it come', async () => {
    const draft = {
      ...(await publishedDraft(byAnn)),
      figureSpec: { layout: 'maps', pictures: [1], methods: ['saliency'] },
    }
    await publish(byAnn, draftSchema.parse(draft), 1)
    const { assignmentId } = await listing(ann)
    const [latest] = await readLatestQuestions(assignmentId)
    const { status } = await staffDatabase.figureRequest.findUniqueOrThrow({
      where: { id: latest!.figureRequestId! },
    })
    expect(status).toBe('QUEUED')
  })

  it('is refused on top of a version or a draft that is no longer the latest', async () => {
    const draft = asking(await publishedDraft(byAnn), 'Better')
    await saveDraft(byAnn, { revision: 0, basedOn: 1, draft })
    await saveDraft(byAnn, { revision: 1, basedOn: 1, draft: asking(draft, 'Best') })
    await expect(publish(byAnn, draft, 1, 1)).rejects.toEqual(refusal('draft-conflict'))
    await publish(byBen, draft, 1)
    // Ben published something else: Ann's draft stays.
    expect((await readEditedQuestion(byAnn)).stored?.draft?.prompt.en).toBe('Best')
    await expect(publish(byAnn, draft, 1, 2)).rejects.toEqual(refusal('version-outdated'))
  })

  it('lets an old version be published again, as a new one', async () => {
    const original = await publishedDraft(byAnn)
    await publish(byAnn, asking(original, 'Worse'), 1)
    const first = await readVersion(byAnn, 1)
    expect(first).toEqual(original)
    expect(await readVersion(byAnn, 9)).toBeNull()
    expect(await publish(byAnn, first!, 2)).toMatchObject({ version: 3 })
    const { versions } = await readQuestionHistory(byAnn)
    expect(versions.map(({ version, author }) => [version, author])).toEqual([
      [3, ann.name],
      [2, ann.name],
      [1, null],
    ])
  })

  it('refuses parts with the ids of another question', async () => {
    const other = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId: room.assignmentId, slug: 'q02' },
    })
    const stolen = await publishedDraft(
      await authorizeQuestion(ann, { questionId: other.id }, 'question.edit'),
    )
    await expect(publish(byAnn, stolen, 1)).rejects.toEqual(refusal('invalid-request'))
  })
})

describe('the list of questions', () => {
  const slugsOf = async () => (await readStudioQuestions(await listing(ann))).map(({ slug }) => slug)

  it('takes in a new question, which students meet when it is published', async () => {
    const { questionId: made, slug } = await createQuestion(await listing(ann), {})
    expect(slug).toBe('s01')
    const access = await authorizeQuestion(ann, { questionId: made }, 'question.edit')
    const { stored, published } = await readEditedQuestion(access)
    expect(published).toBeNull()
    const [line] = (await readStudioQuestions(await listing(ann))).slice(-1)
    expect(line).toMatchObject({ slug: 's01', label: '4', version: null, draft: { author: ann.name } })
    const student = await room.enrol('STUDENT')
    expect(await promptsOf(student, await begin(student))).toHaveLength(3)

    const text = { zh: '中', en: 'English' }
    const draft: Draft = {
      ...stored!.draft!,
      prompt: text,
      parts: stored!.draft!.parts.map((part) => ({
        ...part,
        explanation: text,
        correct: [part.options[0]!.id],
        options: part.options.map((option) => ({ ...option, text })),
      })),
    }
    expect(await publish(access, draft, 0, 1)).toMatchObject({ version: 1 })
    const later = await room.enrol('STUDENT')
    expect((await promptsOf(later, await begin(later))).at(-1)).toBe('English')
  })

  it('copies a question with ids of its own', async () => {
    const { questionId: made } = await createQuestion(await listing(ann), { copyOf: questionId })
    const access = await authorizeQuestion(ann, { questionId: made }, 'question.edit')
    const draft = (await readEditedQuestion(access)).stored!.draft!
    expect(draft.prompt.en).toBe('Question 1')
    expect(draftSchema.parse(draft).parts[0]?.id).toBe('s01-1')
    expect(await publish(access, draft, 0, 1)).toMatchObject({ version: 1 })
    const elsewhere = await openClassroom()
    const foreign = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId: elsewhere.assignmentId },
    })
    await expect(createQuestion(await listing(ann), { copyOf: foreign.id })).rejects.toEqual(
      refusal('invalid-request'),
    )
  })

  it('is put in another order, for attempts that begin later', async () => {
    const early = await room.enrol('STUDENT')
    const before = await begin(early)
    const ids = (await readStudioQuestions(await listing(ann))).map((line) => line.questionId)
    await createQuestion(await listing(ben), {})
    await orderQuestions(await listing(ann), [ids[2]!, ids[0]!, ids[1]!])
    expect(await slugsOf()).toEqual(['q03', 'q01', 'q02', 's01'])
    const late = await room.enrol('STUDENT')
    expect(await promptsOf(late, await begin(late))).toEqual(['Question 3', 'Question 1', 'Question 2'])
    expect(await promptsOf(early, before)).toEqual(['Question 1', 'Question 2', 'Question 3'])
    for (const wrong of [[ids[0]!, ids[0]!], ['nowhere']])
      await expect(orderQuestions(await listing(ann), wrong)).rejects.toEqual(refusal('invalid-request'))
  })

  it('leaves an archived question out of new attempts, and keeps it where one has it', async () => {
    const early = await room.enrol('STUDENT')
    const before = await begin(early)
    await archiveQuestion(byAnn, true)
    await archiveQuestion(byAnn, true)
    const late = await room.enrol('STUDENT')
    expect(await promptsOf(late, await begin(late))).toEqual(['Question 2', 'Question 3'])
    expect(await promptsOf(early, before)).toHaveLength(3)
    const access = await authorizeAssignment(ann, { assignmentId: room.assignmentId }, 'assignment.overview')
    const labels = async (archived: 'kept' | 'left-out') =>
      (await readLatestQuestions(access.assignmentId, archived)).map(({ content }) => content.label)
    expect(await labels('left-out')).toEqual(['2', '3'])
    expect(await labels('kept')).toEqual(['2', '3', '1'])
    await archiveQuestion(byAnn, false)
    expect(await labels('left-out')).toEqual(['1', '2', '3'])
    const audit = await staffDatabase.auditEvent.findMany({ where: { subject: `question:${questionId}` } })
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['question.archive', 'question.unarchive']),
    )
    expect(audit.filter(({ action }) => action === 'question.archive')).toHaveLength(1)
  })

  it('says of each question what is published, what is drafted and how often it is shown', async () => {
    const student = await room.enrol('STUDENT')
    await begin(student)
    await saveDraft(byBen, { revision: 0, basedOn: 1, draft: asking(await publishedDraft(byBen), 'Soon') })
    const [first, second] = await readStudioQuestions(await listing(ann))
    expect(first).toMatchObject({
      slug: 'q01',
      prompt: { en: 'Soon' },
      version: 1,
      points: 300,
      attempts: 1,
      archived: false,
      draft: { author: ben.name },
      verdicts: [null],
    })
    expect(second).toMatchObject({ draft: null })
  })
})
