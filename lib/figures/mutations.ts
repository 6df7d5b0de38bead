import type { AuthorizedFigureRequestId } from '@/lib/auth/gate'
import { Prisma } from '@/lib/database/generated/client'
import { asJson } from '@/lib/database/json'
import { staffDatabase } from '@/lib/database/staff'
import type { Evidence, EvidenceRequest } from '@/lib/explainers/evidence'
import { figureId, type RenderedFigure } from '@/lib/explainers/figures/render'
import { type FigureSpec, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { trustSpecOf } from '@/lib/explainers/figures/trust-spec'
import { encodeNpy } from '@/lib/explainers/npy'
import { evidenceId, requestId as evidenceRequestId } from '@/lib/explainers/request'
import type { FigureFailure } from '@/lib/figures/failure'
import { installedSources } from '@/lib/figures/installed-sources'
import type { FigureProgress } from '@/lib/figures/progress'
import { requestNaming } from '@/lib/figures/service'
import type { FigureSources } from '@/lib/figures/sources'
import { enqueueFigureRequests, enqueueFigures, enqueueTests, readFiguresUnderWay } from '@/lib/jobs/queue'
import { log } from '@/lib/log'
import { keepBytes } from '@/lib/objects/row-bytes'
import { putObject } from '@/lib/objects/service'

/**
 * Asks for the figure of every question version, in the order in which students meet the questions: points each
 * version to its request (named by the files as they are now), makes the requests that are missing, gives failed ones
 * another try, and queues what has no figure. Figures that test maps are named only; those that somebody has asked for
 * are queued again. Run at start and after seeding; what is there is left alone.
 * @param questions all, or some of them
 */
export async function ensureFigures(
  questions: Prisma.QuestionWhereInput = {},
  sources: FigureSources = installedSources(),
): Promise<void> {
  const versions = await staffDatabase.questionVersion.findMany({
    where: { figureSpec: { not: Prisma.DbNull }, question: questions },
    select: {
      id: true,
      figureSpec: true,
      figureRequestId: true,
      trustRequestId: true,
      question: { select: { assignment: { select: { courseId: true } } } },
    },
    orderBy: [
      { question: { assignment: { position: 'asc' } } },
      { question: { position: 'asc' } },
      { version: 'desc' },
    ],
  })
  const requestIdOf = requestNaming(sources)
  const wanted = new Map<string, FigureSpec>()
  const moved = new Map<string, string[]>()
  const tests = new Map<string, string | null>()
  /** By request; what several courses want is done in the turn of the first. */
  const courseOf = new Map<string, string>()
  for (const version of versions) {
    const spec = figureSpecSchema.parse(version.figureSpec)
    const id = await requestIdOf(spec)
    const { courseId } = version.question.assignment
    if (!wanted.has(id)) {
      wanted.set(id, spec)
      courseOf.set(id, courseId)
    }
    if (!tests.has(id)) {
      const test = trustSpecOf(spec)
      const testId = test && (await requestIdOf(test))
      tests.set(id, testId)
      if (testId !== null) courseOf.set(testId, courseId)
    }
    if (version.figureRequestId !== id || version.trustRequestId !== tests.get(id))
      moved.set(id, [...(moved.get(id) ?? []), version.id])
  }
  const ids = [...wanted.keys()]
  await staffDatabase.figureRequest.createMany({
    data: [...wanted].map(([id, spec]) => ({ id, spec })),
    skipDuplicates: true,
  })
  for (const [figureRequestId, versionIds] of moved)
    await staffDatabase.questionVersion.updateMany({
      where: { id: { in: versionIds } },
      data: { figureRequestId, trustRequestId: tests.get(figureRequestId)! },
    })
  const testIds = [...tests.values()].filter((id) => id !== null)
  await staffDatabase.figureRequest.updateMany({
    where: {
      id: { in: [...ids, ...testIds] },
      status: 'FAILED',
      // What an operator has stopped comes back when an operator wants it.
      NOT: { error: { path: ['code'], equals: 'stopped' } },
    },
    data: { status: 'QUEUED', error: Prisma.DbNull, ...noProgress },
  })
  const queued = await staffDatabase.figureRequest.findMany({
    where: { id: { in: [...ids, ...testIds] }, status: 'QUEUED' },
    select: { id: true },
  })
  const isQueued = new Set(queued.map(({ id }) => id))
  const workOn = (requestIds: readonly string[]) =>
    requestIds.filter((id) => isQueued.has(id)).map((id) => ({ id, courseId: courseOf.get(id)! }))
  await enqueueFigures(workOn(ids))
  await enqueueTests(workOn(testIds), 'left')
}

/**
 * Asks for the figures of questions that have just been published, so that whoever opens one next sees its figure come.
 * What cannot be named now, since a store of files is away, is left to the worker, which tries again.
 */
export async function requestFigures(questions: Prisma.QuestionWhereInput): Promise<void> {
  try {
    await ensureFigures(questions)
  } catch (error) {
    log.warn({ err: error }, 'figures of published questions: left to the worker')
    await enqueueFigureRequests()
  }
}

/**
 * Asks for the figure that tests a question's maps, which is drawn when somebody first wants to see it. Asking again, or
 * for a question's own figure, changes nothing.
 */
export async function askForTests(id: AuthorizedFigureRequestId): Promise<void> {
  const version = await staffDatabase.questionVersion.findFirst({
    where: { trustRequestId: id },
    select: { figureSpec: true, question: { select: { assignment: { select: { courseId: true } } } } },
  })
  const spec = version && trustSpecOf(figureSpecSchema.parse(version.figureSpec))
  if (!spec) return
  await staffDatabase.figureRequest.createMany({ data: { id, spec }, skipDuplicates: true })
  const { count } = await staffDatabase.figureRequest.updateMany({
    where: { id, status: 'QUEUED' },
    data: { awaitedAt: new Date() },
  })
  const { courseId } = version.question.assignment
  if (count > 0) await enqueueTests([{ id, courseId }], 'tried-out')
}

const noProgress = { step: null, done: 0, total: 0, startedAt: null, secondsLeft: null }

/** What is said to be computed while no job of it is under way waits again: its worker died, or its job is lost. */
export async function requeueInterrupted(): Promise<void> {
  const computing = await staffDatabase.figureRequest.findMany({
    where: { status: 'COMPUTING' },
    select: { id: true },
  })
  const underWay = await readFiguresUnderWay()
  const interrupted = computing.map(({ id }) => id).filter((id) => !underWay.has(id))
  await staffDatabase.figureRequest.updateMany({
    where: { id: { in: interrupted }, status: 'COMPUTING' },
    data: { status: 'QUEUED', ...noProgress },
  })
}

/** @returns the spec to compute, as it is stored; null when there is nothing (left) to do. */
export async function beginFigure(requestId: string): Promise<unknown> {
  const { count } = await staffDatabase.figureRequest.updateMany({
    where: { id: requestId, status: { not: 'READY' } },
    data: { ...noProgress, status: 'COMPUTING', startedAt: new Date(), error: Prisma.DbNull },
  })
  if (count === 0) return null
  return (await staffDatabase.figureRequest.findUniqueOrThrow({ where: { id: requestId } })).spec
}

export async function reportFigureProgress(requestId: string, progress: FigureProgress): Promise<void> {
  await staffDatabase.figureRequest.updateMany({
    where: { id: requestId, status: 'COMPUTING' },
    data: { ...progress },
  })
}

/** The computation stopped before its end and will be taken up again. */
export async function postponeFigure(requestId: string): Promise<void> {
  await staffDatabase.figureRequest.updateMany({
    where: { id: requestId, status: 'COMPUTING' },
    data: { status: 'QUEUED', ...noProgress },
  })
}

export async function failFigure(requestId: string, failure: FigureFailure): Promise<void> {
  await staffDatabase.figureRequest.updateMany({
    where: { id: requestId, status: { not: 'READY' } },
    data: { ...noProgress, status: 'FAILED', error: { code: failure.code, subject: failure.subject } },
  })
}

/** Keeps evidence under the hash of its manifest, with its arrays; evidence that is there already stays. */
export async function storeEvidence(request: EvidenceRequest, evidence: Evidence): Promise<void> {
  const id = evidenceId(evidence)
  const arrays: Prisma.EvidenceArrayCreateManyInput[] = []
  for (const [name, tensor] of Object.entries(evidence.arrays)) {
    const { bytes: npy, sha256 } = await keepBytes(encodeNpy(tensor))
    arrays.push({ evidenceId: id, name, npy, sha256 })
  }
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.evidence.createMany({
      data: {
        id,
        requestId: evidenceRequestId(request),
        manifest: asJson(evidence.manifest),
        measurements: asJson(evidence.measurements),
        seconds: evidence.seconds,
      },
      skipDuplicates: true,
    })
    if (count > 0) await transaction.evidenceArray.createMany({ data: arrays })
  })
}

/** Stores a figure whole and says that the request has it, in one transaction. @returns the figure's id. */
export async function storeFigure(requestId: string, figure: RenderedFigure): Promise<string> {
  const id = figureId(figure.manifest)
  const assets: Prisma.FigureAssetCreateManyInput[] = []
  for (const [name, png] of figure.assets) assets.push({ figureId: id, name, ...(await keepBytes(png)) })
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.figure.createMany({
      data: { id, manifest: asJson(figure.manifest), document: asJson(figure.document) },
      skipDuplicates: true,
    })
    if (count > 0) await transaction.figureAsset.createMany({ data: assets })
    await transaction.figureRequest.update({
      where: { id: requestId },
      data: { ...noProgress, status: 'READY', figureId: id, error: Prisma.DbNull },
    })
  })
  return id
}

/**
 * Makes objects of the files of figures and evidence that lie in their rows. Each is moved by itself, so that it can be
 * broken off and begun again at any time.
 * @param onMoved is told the bytes of each
 */
export async function makeFilesObjects(onMoved: (bytes: number) => void): Promise<void> {
  const inRow = { where: { sha256: null }, take: 20 }
  for (;;) {
    const assets = await staffDatabase.figureAsset.findMany(inRow)
    const arrays = await staffDatabase.evidenceArray.findMany(inRow)
    for (const { figureId, name, bytes } of assets) {
      const { sha256 } = await putObject(bytes!, { limit: bytes!.byteLength })
      const data = { bytes: null, sha256 }
      await staffDatabase.figureAsset.updateMany({ where: { figureId, name }, data })
      onMoved(bytes!.byteLength)
    }
    for (const { evidenceId, name, npy } of arrays) {
      const { sha256 } = await putObject(npy!, { limit: npy!.byteLength })
      const data = { npy: null, sha256 }
      await staffDatabase.evidenceArray.updateMany({ where: { evidenceId, name }, data })
      onMoved(npy!.byteLength)
    }
    if (assets.length + arrays.length === 0) return
  }
}
