import { beforeAll, describe, expect, it } from 'vitest'
import { GET as getFile } from '@/app/api/assignments/[assignmentId]/file/route'
import { POST as postCopies } from '@/app/api/assignments/[assignmentId]/questions/copies/route'
import { POST as postQuestion } from '@/app/api/assignments/[assignmentId]/questions/route'
import { POST as postAssignment } from '@/app/api/courses/[courseSlug]/assignments/route'
import { PUT as putDealing } from '@/app/api/questions/[questionId]/variant-dealing/route'
import { PUT as putVariant } from '@/app/api/questions/[questionId]/variants/[variantId]/route'
import { POST as postVariant } from '@/app/api/questions/[questionId]/variants/route'
import { authorizeQuestion, type Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { bundledSources } from '@/lib/figures/sources'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'
import { priorityOf } from '@/lib/jobs/fair-shares'
import { makeVariant } from '@/lib/jobs/make-variant'
import { publishQuestion } from '@/lib/questions/mutations'
import { readEditedQuestion } from '@/lib/studio/data'
import { versionOf } from '@/lib/studio/draft'
import type { Draft } from '@/lib/studio/schema'
import { countCarried } from '@/lib/variants/carrying/data'
import { readVariants } from '@/lib/variants/data'
import { type Classroom, call, openClassroom } from './classroom'

/** Question 6 with a variant on picture 3 that somebody has read and deals, one that nobody has read, and a refused one. */
let room: Classroom
let teacher: Viewer
let questionId: string

const onCake = [
  { from: 8, to: 3, regions: { sashimi: 'table', table: 'cake', chopsticks: 'fork', plate: 'plate' } },
]
const onPizza = [
  { from: 8, to: 3, regions: { sashimi: 'fork', table: 'cake', chopsticks: 'table', plate: 'plate' } },
]
const onNone = [
  {
    from: 8,
    to: 7,
    regions: { sashimi: 'plate', table: 'table', chopsticks: 'rice sausage', plate: 'greens' },
  },
]

const measure = (variantId: string) =>
  makeVariant(variantId, bundledSources(), new AbortController().signal, {
    task_identifier: 'make-variant',
    payload: {},
    key: null,
    priority: priorityOf('left'),
    attempts: 1,
    max_attempts: 3,
    flags: null,
  })

beforeAll(async () => {
  const question = (await readAssignment()).questions.find(({ slug }) => slug === 'q06')!
  room = await openClassroom([question])
  teacher = await room.enrol('INSTRUCTOR')
  const { id } = await staffDatabase.question.findFirstOrThrow({
    where: { assignmentId: room.assignmentId },
  })
  questionId = id
  const made: string[] = []
  for (const substitution of [onCake, onPizza, onNone]) {
    const body = { basedOn: 1, substitution }
    const asked = await call(postVariant, 'POST', teacher, { params: { questionId }, body })
    made.push((await asked.json()).variantId)
    await measure(made.at(-1)!)
  }
  await call(putVariant, 'PUT', teacher, {
    params: { questionId, variantId: made[0]! },
    body: { dealt: true },
  })
  await call(putDealing, 'PUT', teacher, { params: { questionId }, body: { dealing: true } })
})

const accessTo = (id: string) => authorizeQuestion(teacher, { questionId: id }, 'question.edit')

/** Has what waits of a question measured. @returns its variants in the order in which they were made, and whether they are dealt. */
async function measured(id: string) {
  const waiting = await staffDatabase.questionVariant.findMany({
    where: { base: { questionId: id } },
    orderBy: { createdAt: 'asc' },
  })
  expect(waiting.map(({ status, dealt, versionId }) => [status, dealt, versionId])).toEqual(
    waiting.map(() => ['QUEUED', false, null]),
  )
  for (const variant of waiting) await measure(variant.id)
  const view = (await readVariants(await accessTo(id)))!
  const variants = view.variants.map(({ state, dealt, substitution, made }) => ({
    state,
    dealt,
    substitution,
    // The place of the keyed option: its id is the copy's own.
    keyed: made?.draft.parts.map(({ options, correct }) =>
      options.findIndex(({ id }) => correct.includes(id)),
    ),
    prompt: made?.draft.prompt.en,
  }))
  return { dealing: view.dealing, textsFrom: view.textsFrom, variants: variants.reverse() }
}

const carried = {
  dealing: true,
  textsFrom: 'saved',
  variants: [
    {
      state: 'supported',
      dealt: true,
      substitution: onCake,
      keyed: [1],
      prompt: expect.stringContaining('picture 3'),
    },
    { state: 'supported', dealt: false, substitution: onPizza, keyed: [1] },
  ],
}
const unread = { ...carried, variants: [{ ...carried.variants[0], dealt: false }, carried.variants[1]] }

const questionOf = async (slug: string) =>
  (await staffDatabase.question.findFirstOrThrow({
    where: { assignment: { slug, courseId: room.courseId } },
  }))!.id

const make = (body: object) =>
  call(postAssignment, 'POST', teacher, { params: { courseSlug: room.courseSlug }, body })

describe('variants that come along', () => {
  it('with a copied assignment are measured anew, and dealt where they come out as somebody has read them', async () => {
    await make({ from: 'copy', slug: 'copy', assignmentId: room.assignmentId })
    const id = await questionOf('copy')
    expect(await measured(id)).toMatchObject(carried)
    expect(await staffDatabase.questionVariant.count({ where: { base: { questionId: id } } })).toBe(2)
  })

  it('with a file carry no key; one whose question was changed in the file waits to be read', async () => {
    const file = await call(getFile, 'GET', teacher, { params: { assignmentId: room.assignmentId } })
    const text = await file.text()
    const document = JSON.parse(text) as AssignmentDocument
    const { variants } = document.questions[0]!
    expect(JSON.stringify(variants)).not.toContain('correct')
    expect(variants!.made!.map(({ read }) => read)).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      undefined,
    ])
    expect((await make({ from: 'file', slug: 'file', name: 'hw.json', text })).status).toBe(200)
    expect(await measured(await questionOf('file'))).toMatchObject(carried)

    const changed = text.replace('closest to the distribution', 'farthest from the distribution')
    await make({ from: 'file', slug: 'changed', name: 'hw.json', text: changed })
    expect(await measured(await questionOf('changed'))).toMatchObject(unread)

    const wrong = text.replaceAll('{{region.1}}', '{{region.7}}')
    const refused = await (await make({ from: 'file', slug: 'wrong', name: 'hw.json', text: wrong })).json()
    expect(refused).toMatchObject({ code: 'assignment-file-refused' })
    expect(refused.lines[0].path).toContain('questions[0].variants.texts.parts.q06')
  })

  it('with a copied question are made when it is published, under the ids of the copy', async () => {
    const params = { assignmentId: room.assignmentId }
    const fromBank = await call(postCopies, 'POST', teacher, { params, body: { questionIds: [questionId] } })
    const bank = ((await fromBank.json()) as { questions: { questionId: string }[] }).questions[0]!.questionId
    const inStudio = await call(postQuestion, 'POST', teacher, { params, body: { copyOf: questionId } })
    const studio = ((await inStudio.json()) as { questionId: string }).questionId
    const publish = async (id: string, change: (draft: Draft) => Draft) => {
      const access = await accessTo(id)
      const { stored } = await readEditedQuestion(access)
      expect(await countCarried(access)).toBe(2)
      expect(await readVariants(access)).toBeNull()
      await publishQuestion(access, { ...versionOf(change(stored!.draft!)), basedOn: 0, draftRevision: 1 })
      expect(await countCarried(access)).toBe(0)
    }
    await publish(bank, (draft) => draft)
    expect(await measured(bank)).toMatchObject(carried)
    await publish(studio, (draft) => ({
      ...draft,
      prompt: { zh: '哪裡最不密？', en: 'Where are they sparsest?' },
    }))
    expect(await measured(studio)).toMatchObject(unread)
  })
})
