import type { AuthorizedCourseId, AuthorizedFigureId } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import type { Evidence, EvidenceManifest, Json } from '@/lib/explainers/evidence'
import type { FigureDocument, FigureManifest } from '@/lib/explainers/figures/document'
import { testedMapName } from '@/lib/explainers/figures/layouts/trust'
import {
  type FigureSpec,
  type FigureSpecOf,
  figureSpecSchema,
  isLanguageSpec,
  picturesOf,
} from '@/lib/explainers/figures/spec'
import { decodeNpy } from '@/lib/explainers/npy'
import type { PictureTitles } from '@/lib/explainers/pictures/picture-name'
import { trustMeasurementsSchema } from '@/lib/explainers/trust/measurements'
import { type PendingRequest, queueStates } from '@/lib/figures/queue-state'
import type { FigureState, FigureView, PointingGameView } from '@/lib/figures/view'
import { queue } from '@/lib/jobs/queue'
import { readKeptBytes } from '@/lib/objects/row-bytes'

const lookLifetimeMs = 500
const mostRemembered = 5000

interface Look {
  readonly expires: number
  readonly states: Promise<ReadonlyMap<string, FigureState>>
}
let look: Look | undefined
/** Figures by request id. A request that has its figure keeps it. */
const ready = new Map<string, string>()

/**
 * The states of figure requests, at most half a second old: thousands of waiting pages cost two queries a look.
 * An id that was never requested has no entry. States hold nothing that decides a key.
 */
export async function readFigureStates(
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, FigureState>> {
  const found = new Map<string, FigureState>()
  const keep = (requestId: string, figureId: string) =>
    found.set(requestId, { requestId, status: 'ready', figureId })
  for (const id of requestIds) {
    const figureId = ready.get(id)
    if (figureId !== undefined) keep(id, figureId)
  }
  if (found.size < requestIds.length) {
    const states = await lookAtQueue()
    for (const id of requestIds) {
      const state = found.has(id) ? undefined : states.get(id)
      if (state) found.set(id, state)
    }
  }
  const unseen = requestIds.filter((id) => !found.has(id))
  if (unseen.length > 0) {
    const rows = await studentDatabase.figureRequest.findMany({
      where: { id: { in: unseen }, status: 'READY' },
      select: { id: true, figureId: true },
    })
    if (ready.size + rows.length > mostRemembered) ready.clear()
    for (const { id, figureId } of rows) {
      if (figureId === null) continue
      ready.set(id, figureId)
      keep(id, figureId)
    }
  }
  return found
}

function lookAtQueue(): Promise<ReadonlyMap<string, FigureState>> {
  const now = Date.now()
  if (look && look.expires > now) return look.states
  const states = readQueue()
  look = { expires: now + lookLifetimeMs, states }
  states.catch(() => {
    look = undefined
  })
  return states
}

async function readQueue(): Promise<ReadonlyMap<string, FigureState>> {
  await queue()
  const [pending, [mean]] = await Promise.all([
    statements.$queryRaw<PendingRequest[]>`
      SELECT r.id, r.status::text, r.step, r.done, r.total, r."secondsLeft", r."updatedAt", r.error,
        j.priority::int AS priority
      FROM "FigureRequest" r
      LEFT JOIN LATERAL (
        SELECT priority, run_at FROM graphile_worker.jobs
        WHERE key IN ('figure:' || r.id, 'preview:' || r.id) AND attempts < max_attempts
        ORDER BY priority, run_at LIMIT 1
      ) j ON true
      WHERE r.status <> 'READY'
      ORDER BY j.priority, j.run_at, r.id`,
    statements.$queryRaw<{ seconds: number | null }[]>`
      SELECT (SELECT sum(seconds) FROM "Evidence") / nullif((SELECT count(*) FROM "Figure"), 0) AS seconds`,
  ])
  return queueStates(pending, mean?.seconds ?? null, new Date())
}

/** For the worker: whether an operator has stopped the figure that is being computed. */
export async function isFigureStopped(requestId: string): Promise<boolean> {
  return (await staffDatabase.figureRequest.count({ where: { id: requestId, status: 'FAILED' } })) > 0
}

/** @returns a figure as pages draw it; null when there is none of that id. */
export async function readFigure(figureId: AuthorizedFigureId): Promise<FigureView | null> {
  const figure = await studentDatabase.figure.findUnique({ where: { id: figureId } })
  if (!figure) return null
  const manifest = figure.manifest as unknown as FigureManifest
  const seconds = await studentDatabase.evidence.aggregate({
    where: { id: { in: manifest.evidence.map((evidence) => evidence.id) } },
    _sum: { seconds: true },
  })
  return {
    figureId: figure.id,
    document: figure.document as unknown as FigureDocument,
    manifest,
    seconds: seconds._sum.seconds ?? 0,
  }
}

/** @returns a PNG of the figure by its name in the document; null when there is none. */
export async function readFigureAsset(
  figureId: AuthorizedFigureId,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const asset = await studentDatabase.figureAsset.findUnique({ where: { figureId_name: { figureId, name } } })
  return asset && readKeptBytes(asset)
}

/** @returns all PNGs of the figure by name. */
export async function readFigureAssets(figureId: AuthorizedFigureId): Promise<ReadonlyMap<string, Buffer>> {
  const assets = await studentDatabase.figureAsset.findMany({ where: { figureId } })
  return new Map(
    await Promise.all(
      assets.map(async (asset) => [asset.name, Buffer.from(await readKeptBytes(asset))] as const),
    ),
  )
}

/**
 * Names objects that questions ask for: call it for staff, or after the key has been released.
 * @returns what the pointing game found about the maps of a figure that tests them; null while it is not drawn.
 */
export async function readPointingGames(trustRequestId: string): Promise<PointingGameView[] | null> {
  const request = await staffDatabase.figureRequest.findUnique({
    where: { id: trustRequestId },
    select: { figure: { select: { manifest: true } } },
  })
  if (!request?.figure) return null
  const { spec, pictures, evidence } = request.figure.manifest as unknown as FigureManifest
  const titles: PictureTitles = (id) => pictures?.find((picture) => picture.id === id)?.title
  const { maps } = figureSpecSchema.parse(spec) as FigureSpecOf<'trust'>
  const rows = await staffDatabase.evidence.findMany({
    where: { id: { in: evidence.map(({ id }) => id) } },
    select: { id: true, measurements: true },
  })
  const measurements = new Map(rows.map((row) => [row.id, row.measurements]))
  return evidence.flatMap(({ id }, index) =>
    trustMeasurementsSchema
      .parse(measurements.get(id))
      .pointing.map((game) => ({ map: testedMapName(maps[index]!, titles), ...game })),
  )
}

/**
 * For the worker: evidence that was computed before.
 * @param requestId hash of the evidence request.
 * @param methodVersion of the method as it is now; older evidence does not count.
 */
export async function readEvidence(requestId: string, methodVersion: number): Promise<Evidence | null> {
  const stored = await staffDatabase.evidence.findFirst({
    where: { requestId, manifest: { path: ['versions', 'method'], equals: methodVersion } },
    orderBy: { createdAt: 'desc' },
    include: { arrays: true },
  })
  if (!stored) return null
  return {
    manifest: stored.manifest as unknown as EvidenceManifest,
    arrays: Object.fromEntries(
      await Promise.all(
        stored.arrays.map(
          async ({ name, npy: bytes, sha256 }) =>
            [name, decodeNpy(await readKeptBytes({ bytes, sha256 }))] as const,
        ),
      ),
    ),
    measurements: stored.measurements as { readonly [name: string]: Json },
    seconds: stored.seconds,
  }
}

/** @returns mean seconds of the evidence computed so far, by method. */
export async function readMeanSeconds(): Promise<ReadonlyMap<string, number>> {
  const rows = await staffDatabase.$queryRaw<{ method: string; seconds: number }[]>`
    SELECT manifest->>'method' AS method, avg(seconds) AS seconds FROM "Evidence" GROUP BY 1`
  return new Map(rows.map(({ method, seconds }) => [method, seconds]))
}

/** @returns names of the pictures and models that a figure is made of and that another course has uploaded. */
export async function readForeignMaterial(
  courseId: AuthorizedCourseId<'question.edit'>,
  spec: FigureSpec,
): Promise<string[]> {
  const pictures = isLanguageSpec(spec) ? [] : picturesOf(spec).filter((id) => typeof id === 'string')
  return readForeignNames(courseId, { pictures, models: [spec.model] })
}

/** @returns those of the names that belong to another course. */
export async function readForeignNames(
  courseId: AuthorizedCourseId<'question.edit' | 'assignment.create'>,
  { pictures, models }: { readonly pictures: readonly string[]; readonly models: readonly string[] },
): Promise<string[]> {
  const [ofPictures, ofModels] = await Promise.all([
    staffDatabase.picture.findMany({
      where: { id: { in: [...pictures] }, courseId: { not: courseId } },
      select: { id: true },
    }),
    staffDatabase.uploadedModel.findMany({
      where: { name: { in: [...models] }, courseId: { not: courseId } },
      select: { name: true },
    }),
  ])
  return [...ofPictures.map(({ id }) => id), ...ofModels.map(({ name }) => name)]
}
