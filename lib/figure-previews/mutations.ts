import { Problem } from '@/lib/api/problem'
import type { CourseAccess } from '@/lib/auth/gate'
import { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { isShownByQuestion } from '@/lib/figure-previews/data'
import { checkFigure } from '@/lib/figure-previews/service'
import { readFigureStates, readForeignMaterial } from '@/lib/figures/data'
import { installedSources } from '@/lib/figures/installed-sources'
import { requestNaming } from '@/lib/figures/service'
import type { FigureSources } from '@/lib/figures/sources'
import type { FigureState } from '@/lib/figures/view'
import { enqueuePreview, previewJobKey, queue } from '@/lib/jobs/queue'

/** Previews that one person may wait for at a time: two that are compared, and one elsewhere. */
export const mostPreviews = 3

/** Previews are forgotten when nobody has asked for them in so many days. */
const daysKept = 30

type PreviewAccess = CourseAccess<'question.edit'>

/**
 * Asks for the figure of a specification that no question needs to have. It is the same request that a question with this
 * specification makes: a figure that is there is shown at once, and one that is made now is there for the question.
 * @throws Problem `not-found` for a picture or model of another course; `figure-impossible` for a setting that the model
 * or picture does not have; `preview-limit`.
 */
export async function askForPreview(
  { courseId, viewer }: PreviewAccess,
  spec: FigureSpec,
  sources: FigureSources = installedSources(),
): Promise<{ readonly requestId: string; readonly state: FigureState }> {
  const [foreign] = await readForeignMaterial(courseId, spec)
  if (foreign !== undefined) throw new Problem('not-found', `${foreign} of another course`)
  await checkFigure(spec, sources)
  const requestId = await requestNaming(sources)(spec)
  const ready = await staffDatabase.$transaction(async (transaction) => {
    // One person's previews are counted one after the other.
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`preview ${viewer.userId}`}))`
    // Holds the request, so that nobody who cancels takes it away meanwhile.
    const [request] = await transaction.$queryRaw<{ status: string }[]>`
      INSERT INTO "FigureRequest" (id, spec, "awaitedAt", "updatedAt")
      VALUES (${requestId}, ${JSON.stringify(spec)}::jsonb, now(), now())
      ON CONFLICT (id) DO UPDATE SET "awaitedAt" = now()
      RETURNING status::text`
    const isReady = request?.status === 'READY'
    if (!isReady) await refuseTooMany(transaction, viewer.userId, requestId)
    if (request?.status === 'FAILED')
      await transaction.figureRequest.update({
        where: { id: requestId },
        data: { status: 'QUEUED', error: Prisma.DbNull },
      })
    const preview = { courseId, authorId: viewer.userId, requestId }
    await transaction.figurePreview.upsert({
      where: { courseId_authorId_requestId: preview },
      create: preview,
      update: { createdAt: new Date() },
    })
    return isReady
  })
  if (!ready) await enqueuePreview({ id: requestId, courseId })
  const state = (await readFigureStates([requestId])).get(requestId)
  // A look that is half a second old does not know it yet.
  return { requestId, state: state ?? { requestId, status: 'queued', ahead: 0, secondsLeft: null } }
}

async function refuseTooMany(
  transaction: Prisma.TransactionClient,
  authorId: string,
  requestId: string,
): Promise<void> {
  const waiting = await transaction.figurePreview.findMany({
    where: {
      authorId,
      requestId: { not: requestId },
      request: { status: { in: ['QUEUED', 'COMPUTING'] } },
    },
    distinct: ['requestId'],
    select: { requestId: true },
  })
  if (waiting.length >= mostPreviews)
    throw new Problem('preview-limit', authorId, { facts: { most: mostPreviews } })
}

/**
 * Cancels a preview that is not ready. Its computation ends only when nobody else wants the figure: no question shows it,
 * no proposed swap has it, and nobody else waits for the same preview. Cancelling what is ready, or again, changes nothing.
 * @returns whether the computation ends.
 */
export async function withdrawPreview(
  { courseId, viewer }: PreviewAccess,
  requestId: string,
): Promise<{ readonly stopped: boolean }> {
  await queue() // Makes the queue's tables when they are missing.
  const stopped = await staffDatabase.$transaction(async (transaction) => {
    const [request] = await transaction.$queryRaw<{ status: string }[]>`
      SELECT status::text FROM "FigureRequest" WHERE id = ${requestId} FOR UPDATE`
    if (!request || request.status === 'READY') return false
    const { count } = await transaction.figurePreview.deleteMany({
      where: { courseId, authorId: viewer.userId, requestId },
    })
    if (count === 0 || (await isWanted(transaction, requestId))) return false
    await transaction.figureRequest.delete({ where: { id: requestId } })
    await transaction.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${previewJobKey(requestId)})`
    return true
  })
  return { stopped }
}

async function isWanted(transaction: Prisma.TransactionClient, requestId: string): Promise<boolean> {
  if (await isShownByQuestion(transaction, requestId)) return true
  if ((await transaction.figurePreview.count({ where: { requestId } })) > 0) return true
  return (await transaction.modelSwapQuestion.count({ where: { figureRequestId: requestId } })) > 0
}

/**
 * Forgets those of the requests that no question, preview or swap wants any more, with their jobs, and figures that are no
 * other request's. Evidence stays.
 * @returns how many figures went.
 */
export async function forgetUnwanted(
  transaction: Prisma.TransactionClient,
  requestIds: readonly string[],
): Promise<number> {
  const ids = [...new Set(requestIds)].sort()
  const requests = await transaction.$queryRaw<{ id: string; figureId: string | null }[]>`
    SELECT id, "figureId" FROM "FigureRequest" WHERE id = ANY(${ids}::text[]) ORDER BY id FOR UPDATE`
  const unwanted: typeof requests = []
  for (const request of requests) if (!(await isWanted(transaction, request.id))) unwanted.push(request)
  await transaction.figureRequest.deleteMany({ where: { id: { in: unwanted.map(({ id }) => id) } } })
  for (const { id } of unwanted)
    await transaction.$queryRaw`SELECT 1 FROM graphile_worker.remove_job(${previewJobKey(id)})`
  const figureIds = unwanted.map(({ figureId }) => figureId).filter((id) => id !== null)
  const { count } = await transaction.figure.deleteMany({
    where: { id: { in: figureIds }, requests: { none: {} } },
  })
  return count
}

/**
 * Forgets old previews, and then figures and evidence that nothing else is made of.
 * @param now of the day from which `daysKept` are counted.
 * @returns how many figures went.
 */
export async function prunePreviews(now: Date = new Date()): Promise<number> {
  const before = new Date(now.getTime() - daysKept * 86_400_000)
  await queue() // Makes the queue's tables when they are missing.
  return staffDatabase.$transaction(async (transaction) => {
    const old = await transaction.figurePreview.findMany({
      where: { createdAt: { lt: before } },
      select: { requestId: true },
    })
    await transaction.figurePreview.deleteMany({ where: { createdAt: { lt: before } } })
    const requestIds = old.map(({ requestId }) => requestId)
    const evidence = await transaction.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT piece->>'id' AS id
      FROM "FigureRequest" r JOIN "Figure" f ON f.id = r."figureId", jsonb_array_elements(f.manifest->'evidence') AS piece
      WHERE r.id = ANY(${requestIds}::text[])`
    const count = await forgetUnwanted(transaction, requestIds)
    await transaction.$executeRaw`
      DELETE FROM "Evidence" WHERE id = ANY(${evidence.map(({ id }) => id)}::text[]) AND NOT EXISTS (
        SELECT 1 FROM "Figure", jsonb_array_elements(manifest->'evidence') AS piece
        WHERE piece->>'id' = "Evidence".id)`
    return count
  })
}
