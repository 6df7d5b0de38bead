import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Contract } from '@/lib/api/contract'
import { contracts } from '@/lib/api/contracts'
import { authorizeAssignment, authorizeCourse, type Viewer } from '@/lib/auth/gate'
import {
  type Action,
  mayOnSite,
  mayRole,
  type Role,
  roles,
  type SiteAction,
  sitePermissions,
} from '@/lib/auth/permissions'
import { staffDatabase } from '@/lib/database/staff'
import { noDetails } from '@/lib/models/view'
import { copyBundledPicture } from '@/lib/pictures/service'
import { draftRegrade } from '@/lib/regrading/mutations'
import type { KeyChange } from '@/lib/regrading/schema'
import { draftOf } from '@/lib/studio/draft'
import { type CallOptions, type Classroom, call, openClassroom, openSchedule, stranger } from './classroom'

/**
 * Every route that needs somebody signed in is asked by every role, by members of another course, by somebody without
 * a course and by nobody; the permission matrix says what has to come back. A route that is not in the table fails the
 * test until it is.
 */

type Name = {
  [Key in keyof typeof contracts]: (typeof contracts)[Key]['access'] extends 'signed-in' ? Key : never
}[keyof typeof contracts]

interface Case extends CallOptions {
  /** null: everybody who is signed in. */
  readonly action: Action | SiteAction | null
  /** `any`: a member of any course may; somebody without one is answered 403, since there is nothing to hide. */
  readonly members?: 'any'
}

/** Whether a member of that role in any course, who is no operator, may. */
const may = (role: Role, action: Action | SiteAction): boolean =>
  action in sitePermissions
    ? mayOnSite({ operator: false, instructor: role === 'INSTRUCTOR' }, action as SiteAction)
    : mayRole(role, action as Action)

const figureId = 'a'.repeat(64)
const requestId = 'b'.repeat(64)
const explorationId = 'c'.repeat(64)
let room: Classroom
let elsewhere: Classroom
let questionId: string
let supportedVariant: string
let refusedVariant: string
let student: Viewer
let sectionId: string
let personId: string
let appealId: string
let modelName: string
let regradeId: string
let pictureId: string
let swapId = 'none'
let regradeDraft: { changes: KeyChange[]; reason: { zh: string; en: string } }

beforeAll(async () => {
  room = await openClassroom()
  elsewhere = await openClassroom()
  student = await room.enrol('STUDENT')
  const question = await staffDatabase.question.findFirstOrThrow({
    where: { assignmentId: room.assignmentId },
  })
  questionId = question.id
  await staffDatabase.figure.create({
    data: {
      id: figureId,
      manifest: { spec: {}, drawing: 1, evidence: [] },
      document: { groups: [], alternative: { zh: '圖', en: 'Figure' } },
      assets: { create: { name: 'a.png', bytes: new Uint8Array([1]) } },
      requests: { create: { id: requestId, spec: {}, status: 'READY' } },
    },
  })
  await staffDatabase.questionVersion.updateMany({
    where: { questionId },
    data: { figureRequestId: requestId },
  })
  const { id: questionVersionId } = await staffDatabase.questionVersion.findFirstOrThrow({
    where: { questionId },
  })
  const substitution = [{ from: 2, to: 3, regions: {} }]
  refusedVariant = (
    await staffDatabase.questionVariant.create({
      data: { baseId: questionVersionId, substitution, status: 'REFUSED' },
    })
  ).id
  const made = await staffDatabase.questionVersion.create({
    data: { questionId, version: -1, origin: 'INSTRUCTOR', contentHash: '', content: {} },
  })
  supportedVariant = (
    await staffDatabase.questionVariant.create({
      data: { baseId: questionVersionId, substitution, status: 'SUPPORTED', versionId: made.id },
    })
  ).id
  regradeDraft = {
    changes: [{ policy: 'full', questionVersionIds: [questionVersionId], partId: 'q01' }],
    reason: { zh: '', en: 'Wrong key' },
  }
  const ta = await authorizeAssignment(await room.enrol('TA'), room, 'regrade.draft')
  regradeId = (await draftRegrade(ta, regradeDraft)).regradeId
  const instructor = await authorizeCourse(await room.enrol('INSTRUCTOR'), room.courseSlug, 'picture.edit')
  pictureId = (await copyBundledPicture(instructor, 0)).pictureId
  await staffDatabase.exploration.create({
    data: { id: explorationId, kind: 'attention', request: {}, model: 'bert' },
  })
})

/** A request of the right form to each route, for an attempt of the asking person's own. */
function cases(attemptId: string): Record<Name, Case> {
  const assignment = { assignmentId: room.assignmentId }
  const course = { courseSlug: room.courseSlug }
  const section = { ...course, sectionId }
  const model = { ...course, modelName }
  const { content, key } = room.document.questions[0]!
  return {
    startAttempt: { action: 'attempt.start', params: assignment },
    setSchedule: { action: 'assignment.schedule', params: assignment, body: openSchedule },
    setStudentSchedule: {
      action: 'assignment.schedule',
      params: { ...assignment, userId: student.userId },
      body: {
        extraTimePercent: 0,
        override: {
          opensAt: null,
          dueAt: null,
          closesAt: null,
          timeLimitMinutes: null,
          extraTimePercent: null,
          attemptsAllowed: null,
          reason: '',
        },
      },
    },
    signOutStudent: { action: 'student.sign-out', params: { ...assignment, userId: student.userId } },
    readScoreboard: { action: 'assignment.overview', params: assignment },
    exportScores: { action: 'assignment.overview', params: assignment, query: '?language=en' },
    askForPreview: {
      action: 'question.edit',
      params: course,
      body: { spec: { layout: 'maps', pictures: [0], methods: ['saliency'] } },
    },
    withdrawPreview: { action: 'question.edit', params: { ...course, requestId: 'd'.repeat(64) } },
    readFigureMaterial: { action: 'figure.preview', params: course },
    readSentenceWords: {
      action: 'figure.preview',
      params: course,
      query: '?model=bert-small-mlm&sentence=One%20word',
    },
    makeSection: { action: 'course.sections', params: course, body: { name: `S ${randomUUID()}` } },
    renameSection: { action: 'course.sections', params: section, body: { name: `R ${randomUUID()}` } },
    removeSection: { action: 'course.sections', params: section },
    assignSection: {
      action: 'course.sections',
      params: course,
      body: { sectionId: null, userIds: [student.userId] },
    },
    importSections: {
      action: 'course.sections',
      params: course,
      body: { table: `email,section\r\n${student.email},A` },
    },
    createCourse: {
      action: 'course.create',
      members: 'any',
      body: { slug: `c-${randomUUID()}`, title: { zh: '課', en: 'C' }, timeZone: 'UTC', copyOf: null },
    },
    retryJobs: { action: 'operations.manage', members: 'any', body: { keys: ['figure:none'] } },
    cancelJobs: { action: 'operations.manage', members: 'any', body: { keys: ['figure:none'] } },
    changeCourse: {
      action: 'course.settings',
      params: course,
      body: { title: { zh: '課', en: 'Course' }, timeZone: 'UTC', archived: false },
    },
    createAssignment: {
      action: 'assignment.create',
      params: course,
      body: { from: 'file', slug: 'x', name: 'x.yaml', text: 'no: assignment' },
    },
    importAssignment: { action: 'assignment.create', params: course, query: '?slug=x' },
    orderAssignments: {
      action: 'assignment.create',
      params: course,
      body: { assignmentIds: [room.assignmentId] },
    },
    changeAssignment: {
      action: 'assignment.settings',
      params: assignment,
      body: {
        slug: 'hw',
        title: { zh: '作業', en: 'Homework' },
        introduction: { zh: '說明', en: 'Introduction' },
        state: 'PUBLISHED',
        shuffleOptions: false,
      },
    },
    // Somebody has started it, so that it is refused to those who may.
    deleteAssignment: { action: 'assignment.settings', params: assignment },
    exportAssignment: { action: 'assignment.settings', params: assignment },
    exportPackage: { action: 'assignment.settings', params: assignment },
    enrolPeople: {
      action: 'course.people',
      params: course,
      body: { table: 'email,name\nnobody@example.org,Nobody', dryRun: true },
    },
    changeMembership: {
      action: 'course.people',
      params: { ...course, userId: personId },
      body: { role: 'STUDENT', sectionId: null, extraTimePercent: 0 },
    },
    removePerson: { action: 'course.people', params: { ...course, userId: personId } },
    renewInvitations: { action: 'course.people', params: course, body: { userIds: [personId] } },
    uploadPicture: { action: 'picture.edit', params: course, query: '?title=Soup' },
    importPictures: { action: 'picture.edit', params: course },
    copyPicture: { action: 'picture.edit', params: course, body: { number: 3 } },
    readPicture: { action: 'picture.read', params: { pictureId } },
    savePicture: {
      action: 'picture.edit',
      params: { pictureId },
      body: { basedOn: 1, title: { zh: '湯', en: 'Soup' }, label: 0, regions: [], mask: null },
    },
    lookAtPicture: { action: 'picture.edit', params: { pictureId } },
    archivePicture: { action: 'picture.edit', params: { pictureId }, body: { archived: false } },
    readPictureImage: { action: 'figure.read', params: { pictureId } },
    removePicture: { action: 'picture.edit', params: { pictureId } },
    uploadModel: {
      action: 'model.manage',
      params: course,
      query: '?name=my-model&file=my.onnx',
      headers: { 'content-type': 'application/octet-stream' },
    },
    pullModel: {
      action: 'model.manage',
      params: course,
      body: { name: 'my-model', repository: 'someone/my-model', revision: 'main' },
    },
    readModel: { action: 'model.read', params: model },
    describeModel: {
      action: 'model.manage',
      params: model,
      body: { licence: '', source: '', note: '', classes: null, mean: [0, 0, 0], deviation: [1, 1, 1] },
    },
    removeModel: { action: 'model.manage', params: model },
    exportAudit: { action: 'assignment.audit', params: assignment },
    draftRegrade: { action: 'regrade.draft', params: assignment, body: regradeDraft },
    setRegradeSettings: { action: 'regrade.apply', params: assignment, body: { needsSecond: false } },
    readRegrade: { action: 'regrade.draft', params: { regradeId } },
    exportRegrade: { action: 'regrade.draft', params: { regradeId } },
    editRegrade: { action: 'regrade.draft', params: { regradeId }, body: regradeDraft },
    discardRegrade: { action: 'regrade.draft', params: { regradeId } },
    applyRegrade: { action: 'regrade.apply', params: { regradeId }, body: { fingerprint: 'a'.repeat(64) } },
    undoRegrade: { action: 'regrade.draft', params: { regradeId } },
    checkKeys: { action: 'evidence.check', params: assignment, body: { seeds: 1 } },
    readKeyCheck: { action: 'evidence.read', params: assignment },
    importAnswerFile: {
      action: 'answer-file.import',
      params: assignment,
      body: { file: '{}', apply: false, acceptLate: false },
    },
    checkReceipt: { action: 'receipt.verify', params: assignment, body: { receipt: 'AAAA-AAAA' } },
    readAttempt: { action: 'attempt.read', params: { attemptId } },
    readAnswers: { action: 'attempt.read', params: { attemptId } },
    readTime: { action: 'attempt.read', params: { attemptId } },
    saveAnswer: {
      action: 'attempt.answer',
      params: { attemptId, partId: 'q01' },
      body: { optionIds: ['a'], clientId: 't', revision: 1 },
    },
    setFlag: { action: 'attempt.answer', params: { attemptId, questionId }, body: { flagged: true } },
    submitAttempt: { action: 'attempt.submit', params: { attemptId } },
    readResult: { action: 'attempt.result', params: { attemptId } },
    readReceipt: { action: 'attempt.result', params: { attemptId } },
    readOwnAppeals: { action: 'attempt.result', params: { attemptId } },
    askAppeal: {
      action: 'appeal.ask',
      params: { attemptId, partId: 'q01' },
      body: { text: 'Why?' },
    },
    withdrawAppeal: { action: 'appeal.ask', params: { attemptId, appealId } },
    claimAppeal: { action: 'appeal.answer', params: { appealId } },
    giveBackAppeal: { action: 'appeal.answer', params: { appealId } },
    answerAppeal: { action: 'appeal.answer', params: { appealId }, body: { text: 'Because.' } },
    adjustPart: {
      action: 'score.adjust',
      params: { attemptId, partId: 'q01' },
      body: {
        adjustment: null,
        comment: 'Well argued.',
        reason: '',
        seen: { adjustedAt: null, automatic: 0, maximum: 300 },
      },
    },
    removeAdjustment: {
      action: 'score.adjust',
      params: { attemptId, partId: 'q01' },
      query: '?adjustedAt=2026-01-01T00:00:00.000Z',
    },
    readReleasedPointingGames: { action: 'attempt.result', params: { attemptId, questionId } },
    readFigureStates: { action: 'figure.read', query: `?request=${requestId}` },
    askForTests: { action: 'figure.read', params: { requestId } },
    readFigure: { action: 'figure.read', params: { figureId } },
    readFigureAsset: { action: 'figure.read', params: { figureId, name: 'a.png' } },
    readFigureImage: { action: 'figure.read', params: { figureId } },
    readQuestion: { action: 'question.read-key', params: { questionId } },
    readPointingGames: { action: 'question.read-key', params: { questionId } },
    publishQuestion: {
      action: 'question.edit',
      params: { questionId },
      body: { basedOn: 1, content, key, figureSpec: null },
    },
    createQuestion: { action: 'question.edit', params: assignment, body: {} },
    setPools: { action: 'question.edit', params: assignment, body: { revision: 0, pools: [] } },
    copyQuestions: { action: 'question.edit', params: assignment, body: { questionIds: [questionId] } },
    setTags: { action: 'question.edit', params: { questionId }, body: { tags: ['hard'] } },
    orderQuestions: { action: 'question.edit', params: assignment, body: { questionIds: [questionId] } },
    archiveQuestion: { action: 'question.edit', params: { questionId }, body: { archived: false } },
    readDraft: { action: 'question.read-key', params: { questionId } },
    saveDraft: {
      action: 'question.edit',
      params: { questionId },
      body: { revision: 0, basedOn: 1, draft: draftOf({ content, key, figureSpec: null }) },
    },
    discardDraft: { action: 'question.edit', params: { questionId }, body: { revision: 0 } },
    startKeyTrial: {
      action: 'question.edit',
      params: { questionId, partId: 'q01' },
      body: { figureModel: null, correct: ['a'], evidence: { kind: 'reasoned' } },
    },
    readKeyTrial: { action: 'question.read-key', params: { questionId, partId: 'q01' } },
    withdrawKeyTrial: { action: 'question.edit', params: { questionId, partId: 'q01' } },
    readQuestionHistory: { action: 'question.edit', params: { questionId } },
    readVersion: { action: 'question.edit', params: { questionId, version: '1' } },
    proposeSwap: {
      action: 'question.edit',
      params: assignment,
      body: { from: 'other-cnn', to: 'food-cnn', questionIds: [questionId] },
    },
    readSwap: { action: 'question.read-key', params: { swapId } },
    discardSwap: { action: 'question.edit', params: { swapId } },
    applySwap: { action: 'question.edit', params: { swapId }, body: {} },
    readVariants: { action: 'question.edit', params: { questionId } },
    makeVariant: {
      action: 'question.edit',
      params: { questionId },
      body: { basedOn: 1, substitution: [{ from: 2, to: 3, regions: {} }] },
    },
    saveVariantTexts: {
      action: 'question.edit',
      params: { questionId },
      body: { basedOn: 1, texts: { prompt: { zh: '', en: '' }, parts: {} } },
    },
    setVariantDealing: { action: 'question.edit', params: { questionId }, body: { dealing: false } },
    setVariantDealt: {
      action: 'question.edit',
      params: { questionId, variantId: supportedVariant },
      body: { dealt: false },
    },
    removeVariant: { action: 'question.edit', params: { questionId, variantId: refusedVariant } },
    explore: {
      action: 'exploration.run',
      members: 'any',
      body: { kind: 'corpus-index', model: 'bert', corpus: 'moby-dick' },
    },
    readExploration: { action: 'exploration.run', members: 'any', params: { explorationId } },
    explorationMaterial: { action: 'exploration.run', members: 'any' },
    signOutEverywhere: { action: null },
  }
}

async function ask(name: Name, viewer: Viewer | null, attemptId: string): Promise<number> {
  // Whoever may remove it does.
  const made = await staffDatabase.section.create({ data: { courseId: room.courseId, name: randomUUID() } })
  sectionId = made.id
  personId = (await room.enrol('STUDENT')).userId
  modelName = `m-${randomUUID()}`
  await staffDatabase.uploadedModel.create({
    data: { name: modelName, courseId: room.courseId, fileName: 'a', details: noDetails, uploadedById: '' },
  })
  // One that is there is enough: whoever discards it takes it away.
  await staffDatabase.modelSwap.deleteMany({ where: { assignmentId: room.assignmentId } })
  const swap = { assignmentId: room.assignmentId, number: 1, fromModel: 'a', toModel: 'b', authorId: '' }
  swapId = (await staffDatabase.modelSwap.create({ data: swap })).id
  const { method, path }: Contract = contracts[name]
  const file = `../../../app${path.replaceAll('{', '[').replaceAll('}', ']')}/route.ts`
  const handlers = (await import(file)) as Record<string, Parameters<typeof call>[0]>
  return (await call(handlers[method]!, method, viewer, cases(attemptId)[name])).status
}

async function attemptOf(viewer: Viewer): Promise<string> {
  const data = { assignmentId: room.assignmentId, userId: viewer.userId }
  const { id } = await staffDatabase.attempt.create({ data })
  await staffDatabase.$executeRaw`
    INSERT INTO "AttemptQuestion" ("attemptId", "questionId", "questionVersionId", position)
    SELECT ${id}, q.id, v.id, q.position FROM "Question" q JOIN "QuestionVersion" v ON v."questionId" = q.id
    WHERE q."assignmentId" = ${room.assignmentId} AND v.version = 1`
  appealId = (await staffDatabase.appeal.create({ data: { attemptId: id, partId: 'q01' } })).id
  return id
}

const names = Object.keys(contracts).filter(
  (name) => contracts[name as keyof typeof contracts].access === 'signed-in',
) as Name[]
const denied = [401, 403, 404]

describe('every route follows the permission matrix', () => {
  it('and is in the table', () => {
    expect(Object.keys(cases('x')).sort()).toEqual([...names].sort())
  })

  for (const name of names)
    it(name, async () => {
      const { action, members } = cases('x')[name]
      for (const role of roles) {
        const viewer = await room.enrol(role)
        const status = await ask(name, viewer, await attemptOf(viewer))
        if (action === null || may(role, action)) expect(denied, `${role}: ${status}`).not.toContain(status)
        else expect(status, role).toBe(403)
      }
      // What they ask for exists, and is somebody else's.
      const foreign = await attemptOf(await room.enrol('STUDENT'))
      for (const role of roles) {
        const status = await ask(name, await elsewhere.enrol(role), foreign)
        if (action === null || (members === 'any' && may(role, action)))
          expect(denied, `${role} elsewhere: ${status}`).not.toContain(status)
        else expect(status, `${role} elsewhere`).toBe(members === 'any' ? 403 : 404)
      }
      const without = await ask(name, await stranger(), foreign)
      if (action === null) expect(denied).not.toContain(without)
      else expect(without, 'without a course').toBe(members === 'any' ? 403 : 404)
      expect(await ask(name, null, foreign), 'nobody').toBe(401)
    })
})
