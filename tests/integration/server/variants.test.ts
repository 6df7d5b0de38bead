import { beforeAll, describe, expect, it, vi } from 'vitest'
import { PUT as putDealing } from '@/app/api/questions/[questionId]/variant-dealing/route'
import { PUT as putTexts } from '@/app/api/questions/[questionId]/variant-texts/route'
import {
  DELETE as deleteVariant,
  PUT as putVariant,
} from '@/app/api/questions/[questionId]/variants/[variantId]/route'
import { GET as getVariants, POST as postVariant } from '@/app/api/questions/[questionId]/variants/route'
import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import {
  authorizeAssignment,
  authorizeOwnAttempt,
  authorizeQuestion,
  authorizeSaving,
  type Viewer,
} from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { readFeedback } from '@/lib/feedback/data'
import { ensureFigures } from '@/lib/figures/mutations'
import { bundledSources, type FigureSources } from '@/lib/figures/sources'
import { readKeysReleasedTo, readResult } from '@/lib/grading/data'
import { readAssignment } from '@/lib/interchange/service'
import { readItemAnalysis } from '@/lib/item-analysis/data'
import { checkKeys } from '@/lib/jobs/check-keys'
import { priorityOf } from '@/lib/jobs/fair-shares'
import { makeVariant } from '@/lib/jobs/make-variant'
import type { Turn } from '@/lib/jobs/queue'
import { drawnQuestions } from '@/lib/pools/data'
import { readLatestQuestions } from '@/lib/questions/data'
import { publishQuestion } from '@/lib/questions/mutations'
import { readQuestionHistory } from '@/lib/studio/data'
import { submitAttempt } from '@/lib/submission/mutations'
import { dealtVersion } from '@/lib/variants/dealing/dealt-version'
import { dropUnpinned } from '@/lib/variants/mutations'
import type { VariantsView } from '@/lib/variants/view'
import { requestKeyCheck } from '@/lib/verification/mutations'
import { type Classroom, call, inSession, openClassroom } from './classroom'

/**
 * Question 6 of the bundled assignment: on which of four regions of picture 8 the saliency map is densest, measured on the
 * bundled model.
 */
let room: Classroom
let instructor: Viewer
let ta: Viewer
let questionId: string
let sources: FigureSources

beforeAll(async () => {
  sources = bundledSources()
  const bundled = await readAssignment()
  const question = bundled.questions.find(({ slug }) => slug === 'q06')!
  const reasoned = bundled.questions.find(({ slug }) => slug === 'q07')!
  room = await openClassroom([question, reasoned])
  instructor = await room.enrol('INSTRUCTOR')
  ta = await room.enrol('TA')
  questionId = (
    await staffDatabase.question.findFirstOrThrow({ where: { assignmentId: room.assignmentId, slug: 'q06' } })
  ).id
})

/** On picture 3 the cake is densest; here the option that the base keys speaks of the table. */
const onCake = [
  { from: 8, to: 3, regions: { sashimi: 'table', table: 'cake', chopsticks: 'fork', plate: 'plate' } },
]
/** On picture 7 none of these four is. */
const onNone = [
  {
    from: 8,
    to: 7,
    regions: { sashimi: 'plate', table: 'table', chopsticks: 'rice sausage', plate: 'greens' },
  },
]
/** As the queue gives it. */
const turn: Turn = {
  task_identifier: 'make-variant',
  payload: {},
  key: null,
  priority: priorityOf('left'),
  attempts: 1,
  max_attempts: 3,
  flags: null,
}
const stopped = () => new AbortController().signal
const params = () => ({ questionId })
const read = async (): Promise<VariantsView> =>
  (await (await call(getVariants, 'GET', instructor, { params: params() })).json()).view
const ask = (substitution: unknown, viewer = instructor) =>
  call(postVariant, 'POST', viewer, { params: params(), body: { basedOn: 1, substitution } })
async function make(substitution: unknown): Promise<string> {
  const { variantId } = await (await ask(substitution)).json()
  await makeVariant(variantId, sources, stopped(), turn)
  return variantId
}
const deal = (variantId: string, dealt: boolean) =>
  call(putVariant, 'PUT', instructor, { params: { questionId, variantId }, body: { dealt } })
const remove = (variantId: string) =>
  call(deleteVariant, 'DELETE', instructor, { params: { questionId, variantId } })
const setDealing = (dealing: boolean) =>
  call(putDealing, 'PUT', instructor, { params: params(), body: { dealing } })

async function pinnedAt(seed: number): Promise<string> {
  const rows = await staffDatabase.$queryRaw<{ questionId: string; questionVersionId: string }[]>(
    drawnQuestions(room.assignmentId, seed),
  )
  return rows.find((row) => row.questionId === questionId)!.questionVersionId
}
const seeds = Array.from({ length: 40 }, (_, seed) => seed)

async function take(optionIds: readonly string[]) {
  const student = await room.enrol('STUDENT')
  const { attemptId } = await startAttempt(await authorizeAssignment(student, room, 'attempt.start'))
  const saving = await authorizeSaving(student, attemptId)
  await saveAnswer(inSession(student), saving, 'q06', { optionIds, clientId: 't', revision: 1 })
  await submitAttempt(await authorizeOwnAttempt(student, { attemptId }, 'attempt.submit'))
  const access = await authorizeOwnAttempt(student, { attemptId }, 'attempt.result')
  const result = await readResult(access)
  const keys = await readKeysReleasedTo(access)
  const feedback = keys && (await readFeedback(keys, result.attempt))
  const { questionVersionId, content } = result.attempt.questions[0]!
  return {
    questionVersionId,
    prompt: content.prompt.en,
    points: result.score!.parts[0]!.points,
    feedback: feedback?.get('q06'),
    keyed: keys?.get('q06')?.key.correct,
  }
}

describe('variants of a question', () => {
  it('are for instructors, and say what can be another', async () => {
    expect((await call(getVariants, 'GET', ta, { params: params() })).status).toBe(403)
    const view = await read()
    expect(view).toMatchObject({
      version: 1,
      variety: {
        kind: 'varied',
        pictures: [{ picture: 8, regions: ['sashimi', 'table', 'chopsticks', 'plate'] }],
      },
      textsFrom: 'provided',
      dealing: false,
      variants: [],
    })
    expect(view.placeholders).toContainEqual({
      placeholder: '{{region.1}}',
      name: { zh: '生魚片', en: 'sashimi' },
    })
    expect(view.texts!.prompt.en).toContain('Saliency map of {{picture.1}}')
  })

  it('are refused where pictures or regions do not fit, and where the key follows from a definition', async () => {
    const missing = await ask([{ from: 8, to: 3, regions: { sashimi: 'cake' } }])
    expect(missing.status).toBe(400)
    expect(JSON.stringify(await missing.json())).toContain('region-missing table')
    expect((await ask([{ from: 8, to: 99, regions: onCake[0]!.regions }])).status).toBe(400)
    expect((await ask(onCake, ta)).status).toBe(403)
    const { id } = await staffDatabase.question.findFirstOrThrow({
      where: { assignmentId: room.assignmentId, slug: 'q07' },
    })
    const reasoned = await call(postVariant, 'POST', instructor, {
      params: { questionId: id },
      body: { basedOn: 1, substitution: onCake },
    })
    expect(JSON.stringify(await reasoned.json())).toContain('reasoned in part q07')
  })

  it('have texts of their own, whose placeholders are checked', async () => {
    const { texts } = await read()
    const save = (body: unknown) => call(putTexts, 'PUT', instructor, { params: params(), body })
    const telling = { ...texts!, prompt: { zh: '{{measured}}', en: '{{measured}}' } }
    const refused = await save({ basedOn: 1, texts: telling })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(await refused.json())).toContain('tells-key')
    expect((await save({ basedOn: 7, texts })).status).toBe(409)
    const prompt = { zh: '看{{picture.1}}。', en: 'Look at {{picture.1}}.' }
    expect((await save({ basedOn: 1, texts: { ...texts!, prompt } })).status).toBe(200)
    expect(await read()).toMatchObject({ textsFrom: 'saved', texts: { prompt } })
  })

  it('are measured and refused with the numbers where the claims make no key', async () => {
    await make(onNone)
    const [variant] = (await read()).variants
    expect(variant).toMatchObject({ state: 'refused', number: null, made: null, dealt: false })
    expect(variant!.parts[0]).toMatchObject({ refusal: 'nothing-true' })
    expect(variant!.parts[0]!.options.map(({ holds }) => holds)).toEqual([false, false, false, false])
    expect(variant!.parts[0]!.options[1]!.why!.en).toMatch(
      /picture 7: .*table is highest: false \(table [\d.]+×, egg /,
    )
    expect((await deal(variant!.variantId, true)).status).toBe(404)
  })

  it('are made of the claims: a key of their own, clearly supported by the model', async () => {
    const first = await make(onCake)
    // Made again, it takes its own place.
    const variantId = await make(onCake)
    expect(variantId).not.toBe(first)
    const variants = (await read()).variants.filter(({ state }) => state === 'supported')
    expect(variants).toHaveLength(1)
    expect(variants[0]).toMatchObject({ variantId, number: -1, stale: false, dealt: false })
    const { made, parts } = variants[0]!
    expect(parts[0]).toMatchObject({ refusal: null, verdict: 'supported' })
    expect(parts[0]!.margin).toBeGreaterThan(0.2)
    expect(made!.draft.figureSpec).toMatchObject({ pictures: [3] })
    expect(made!.draft.prompt.en).toBe('Look at picture 3.')
    const [part] = made!.draft.parts
    expect(part).toMatchObject({ id: 'q06', correct: ['q06-b'] })
    expect(part!.options[1]!.text.en).toBe('Obviously distributed in the position of the cake in the picture')
    expect(part!.explanation.en).toMatch(/cake.*highest of \w+ regions/)
    expect(made!.leftovers).toEqual([])
  })

  it('are no version that anybody takes for the latest', async () => {
    const { assignmentId } = await authorizeAssignment(instructor, room, 'question.edit')
    const [latest] = await readLatestQuestions(assignmentId)
    expect(latest!.content.prompt.en).toContain('picture number 8')
    const history = await readQuestionHistory(await authorizeQuestion(instructor, params(), 'question.edit'))
    expect(history.versions.map(({ version }) => version)).toEqual([1])
  })

  it('are dealt when somebody has read them, their figure is there, and dealing is on', async () => {
    const variant = (await read()).variants.find(({ state }) => state === 'supported')!
    const all = await staffDatabase.questionVersion.findMany({ where: { questionId } })
    const [own] = all.filter(({ version }) => version === 1)
    const [other] = all.filter(({ version }) => version === -1)
    const dealtNow = async () => new Set(await Promise.all(seeds.map(pinnedAt)))
    const onlyOwn = new Set([own!.id])
    expect(await dealtNow()).toEqual(onlyOwn)
    expect((await setDealing(true)).status).toBe(200)
    expect(await dealtNow()).toEqual(onlyOwn)
    expect((await deal(variant.variantId, true)).status).toBe(200)
    await ensureFigures({}, sources)
    expect(await dealtNow()).toEqual(onlyOwn)
    const { figureRequestId } = await staffDatabase.questionVersion.findUniqueOrThrow({
      where: { id: other!.id },
    })
    // As when the worker has drawn it.
    await staffDatabase.figureRequest.update({ where: { id: figureRequestId! }, data: { status: 'READY' } })
    for (const seed of seeds) expect(await pinnedAt(seed)).toBe(dealtVersion(seed, [own!.id, other!.id]))
    expect(await dealtNow()).toEqual(new Set([own!.id, other!.id]))
  })

  it('are graded and explained by their own keys, whatever somebody else has', async () => {
    const seen = new Map<string, Awaited<ReturnType<typeof take>>>()
    for (let tries = 0; tries < 40 && seen.size < 2; tries += 1) {
      const taken = await take(['q06-b'])
      seen.set(taken.prompt, taken)
    }
    const variant = seen.get('Look at picture 3.')!
    const own = [...seen.values()].find((taken) => taken !== variant)!
    expect(variant).toMatchObject({ points: 300, keyed: ['q06-b'] })
    expect(own).toMatchObject({ points: 0, keyed: ['q06-a'] })
    expect(variant.feedback).toMatchObject({
      state: 'measured',
      options: [{ optionId: 'q06-b', holds: true }],
    })
    const words = variant.feedback as { options: readonly { words: { en: string } }[] }
    expect(words.options[0]!.words.en).toContain('cake')
    expect(JSON.stringify(variant.feedback)).not.toContain('sashimi')
  })

  it('have a difficulty of their own', async () => {
    for (let taken = 0; taken < 10; taken += 1) await take(['q06-b'])
    const access = await authorizeAssignment(ta, room, 'assignment.statistics')
    const { items } = await readItemAnalysis(access, 'latest')
    const [own, variant] = items[0]!.variants
    expect(own).toMatchObject({ number: null, full: 0, difficulty: 0 })
    expect(variant).toMatchObject({ number: -1, pictures: { en: 'picture 3' }, difficulty: 1 })
    expect(variant!.full).toBe(variant!.students)
    expect(own!.students + variant!.students).toBe(items[0]!.statistics.students)
    expect(items[1]!.variants).toEqual([])
  })

  it('stay with their attempts: what is pinned can only be dealt no more', async () => {
    const variant = (await read()).variants.find(({ state }) => state === 'supported')!
    expect(variant.made!.attempts).toBeGreaterThan(0)
    expect((await (await remove(variant.variantId)).json()).code).toBe('variant-in-use')
    const refused = (await read()).variants.find(({ state }) => state === 'refused')!
    expect((await remove(refused.variantId)).status).toBe(200)
  })

  it('are withdrawn by a check that finds their key not clearly supported', async () => {
    const access = await authorizeAssignment(instructor, room, 'evidence.check')
    const check = async () => {
      await requestKeyCheck(access, { partIds: ['q06'], seeds: 1 })
      const { id } = await staffDatabase.keyCheckRun.findFirstOrThrow({
        where: { assignmentId: room.assignmentId },
        orderBy: { createdAt: 'desc' },
      })
      await checkKeys(id, sources, stopped(), turn)
      return (await read()).variants.find(({ state }) => state === 'supported')!
    }
    expect((await check()).dealt).toBe(true)
    const key = await staffDatabase.answerKey.findFirstOrThrow({
      where: { questionVersion: { questionId, version: -1 } },
    })
    const secret = key.secret as { q06: { correct: string[] } }
    // As if the model were another.
    await staffDatabase.answerKey.update({
      where: { id: key.id },
      data: { secret: { q06: { ...secret.q06, correct: ['q06-a'] } } },
    })
    expect((await check()).dealt).toBe(false)
    await staffDatabase.answerKey.update({ where: { id: key.id }, data: { secret } })
    expect((await check()).dealt).toBe(false)
  })

  it('can be cancelled while they wait', async () => {
    const substitution = [
      { ...onCake[0]!, to: 0, regions: { ...onCake[0]!.regions, table: 'pizza', sashimi: 'table' } },
    ]
    const { variantId } = await (await ask(substitution)).json()
    expect((await (await ask(substitution)).json()).variantId).toBe(variantId)
    expect((await remove(variantId)).status).toBe(200)
    await makeVariant(variantId, sources, stopped(), turn)
    expect((await read()).variants.map((variant) => variant.variantId)).not.toContain(variantId)
  })

  it('are made again when the question has a later version, and dealt as soon as they say what somebody has read', async () => {
    const before = await read()
    const savedTexts = before.texts!
    const variant = before.variants.find(({ state }) => state === 'supported')!
    await deal(variant.variantId, true)
    const { content, key, figure } = room.document.questions[0]!
    const access = await authorizeQuestion(instructor, params(), 'question.edit')
    const version = { content: { ...content, label: '6!' }, key, figureSpec: figure }
    const { questionVersionId } = await publishQuestion(access, { basedOn: 1, ...version })
    const view = await read()
    expect(view).toMatchObject({ version: 2, textsFrom: 'saved', texts: savedTexts })
    // An attempt pins it.
    expect(view.variants.find(({ state }) => state === 'supported')).toMatchObject({ stale: true })
    expect(new Set(await Promise.all(seeds.map(pinnedAt)))).toEqual(new Set([questionVersionId]))

    const again = view.variants.filter(({ stale }) => !stale)
    expect(again).toMatchObject([{ state: 'queued', substitution: variant.substitution }])
    await makeVariant(again[0]!.variantId, sources, stopped(), turn)
    const made = (await read()).variants.find(({ variantId }) => variantId === again[0]!.variantId)!
    expect(made).toMatchObject({ state: 'supported', dealt: true, stale: false })

    // What says something else waits to be read, and takes the place of what no attempt pins.
    const prompt = { ...content.prompt, en: `${content.prompt.en} Look closely.` }
    await publishQuestion(access, { ...version, basedOn: 2, content: { ...version.content, prompt } })
    const last = await read()
    expect(last.texts!.prompt.en).toMatch(/Look closely\.$/)
    expect(last.texts!.parts).toEqual(savedTexts.parts)
    expect(last.variants.map(({ variantId }) => variantId)).not.toContain(made.variantId)
    const [changed] = last.variants.filter(({ stale }) => !stale)
    await makeVariant(changed!.variantId, sources, stopped(), turn)
    expect((await read()).variants.find(({ variantId }) => variantId === changed!.variantId)).toMatchObject({
      state: 'supported',
      dealt: false,
    })
  })

  it('are not missed by attempts that begin while one is removed', async () => {
    const variant = (await read()).variants.find(({ stale, state }) => !stale && state === 'supported')!
    await deal(variant.variantId, true)
    const drawn = { where: { id: variant.made!.figureRequestId! }, data: { status: 'READY' as const } }
    await staffDatabase.figureRequest.update(drawn)
    const students = await Promise.all(Array.from({ length: 6 }, () => room.enrol('STUDENT')))
    const starts = await staffDatabase.$transaction(async (transaction) => {
      await dropUnpinned(transaction, [variant.variantId])
      let started = 0
      const under = students.map(async (student) => {
        const access = await authorizeAssignment(student, room, 'attempt.start')
        return startAttempt(access).finally(() => started++)
      })
      // Those that were dealt it wait for the removal.
      await vi.waitFor(async () => {
        const [waiting] = await transaction.$queryRaw<{ starts: number }[]>`
          SELECT count(*)::int AS starts FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`
        expect(started + waiting!.starts).toBe(students.length)
      }, 10_000)
      return { outcomes: Promise.allSettled(under) }
    })
    const outcomes = await starts.outcomes
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(await staffDatabase.questionVariant.count({ where: { id: variant.variantId } })).toBe(0)
  })
})
