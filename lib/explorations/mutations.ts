import { Problem } from '@/lib/api/problem'
import type { ExplorerAccess } from '@/lib/auth/gate'
import { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import type { ExplorationFailure } from '@/lib/explorations/failure'
import { runCost, spendRuns } from '@/lib/explorations/quota'
import { explorationId, normalizeRequest } from '@/lib/explorations/request-id'
import { type ExplorationRequest, explorationRequestSchema } from '@/lib/explorations/schema'
import type { ExplorationResult } from '@/lib/explorations/view'
import { isAwaited, isExplorationWanted } from '@/lib/explorations/waiting/data'
import { forgetUnawaited, pruneWaiters, startWaiting } from '@/lib/explorations/waiting/mutations'
import { enqueueExploration, shareExploration } from '@/lib/jobs/exploration-queue'

/** Milliseconds without a sign of life after which a computation is taken to have died with its process. */
const presumedDead = 30_000

/**
 * Asks for an exploration: finds what is there, else queues it at the cost of the person's allowance.
 * @param waiter names this very request, for `stopWaiting`
 * @throws Problem `exploration-quota` with the seconds to wait
 */
export async function askExploration(
  asker: ExplorerAccess,
  request: ExplorationRequest,
  waiter: string,
): Promise<string> {
  const id = explorationId(request)
  // An index may have been deleted since it was built: only the builder knows whether there is something to do.
  const isKept = request.kind !== 'corpus-index'
  const known = await studentDatabase.exploration.findUnique({
    where: { id },
    select: { status: true, updatedAt: true, askedAt: true },
  })
  const now = new Date()
  if (known?.status === 'READY' && isKept) {
    if (now.getTime() - known.askedAt.getTime() > 3_600_000)
      await studentDatabase.exploration.updateMany({ where: { id }, data: { askedAt: now } })
    return id
  }
  const isAlive = now.getTime() - (known?.updatedAt.getTime() ?? 0) < presumedDead
  const isUnderWay = isAlive && (known?.status === 'QUEUED' || known?.status === 'COMPUTING')
  if (isUnderWay && (await startWaiting(id, waiter))) {
    if (known?.status === 'QUEUED') await shareExploration(id, asker)
    return id
  }
  await spendQuota(asker.userId, runCost[request.kind])
  const fresh = {
    status: 'QUEUED' as const,
    waiter: null,
    askedAt: now,
    done: 0,
    total: 0,
    result: null,
    error: Prisma.DbNull,
  }
  await studentDatabase.exploration.upsert({
    where: { id },
    create: {
      ...fresh,
      id,
      kind: request.kind,
      model: request.model,
      request: normalizeRequest(request),
    },
    update: fresh,
  })
  await startWaiting(id, waiter)
  await enqueueExploration(id, request.kind, asker)
  return id
}

/** @throws Problem `exploration-quota` */
async function spendQuota(userId: string, cost: number): Promise<void> {
  // Whoever writes first wins; the other reads again. A person has few tabs: it never takes many turns.
  for (;;) {
    const held = await studentDatabase.explorationQuota.findUnique({ where: { userId } })
    const spent = spendRuns(held?.spentUntil ?? null, cost, new Date())
    if (!spent.allowed)
      throw new Problem('exploration-quota', userId, { facts: { waitSeconds: spent.waitSeconds } })
    const { spentUntil } = spent
    const { count } = held
      ? await studentDatabase.explorationQuota.updateMany({
          where: { userId, spentUntil: held.spentUntil },
          data: { spentUntil },
        })
      : await studentDatabase.explorationQuota.createMany({
          data: { userId, spentUntil },
          skipDuplicates: true,
        })
    if (count > 0) return
  }
}

/** @returns what to compute; null when nobody waits for it, it is done, or another process is at work on it. */
export async function beginExploration(id: string): Promise<ExplorationRequest | null> {
  const [row] = await statements.$queryRaw<{ readonly request: unknown }[]>`
    UPDATE "Exploration" e SET status = 'COMPUTING', "updatedAt" = now() AT TIME ZONE 'UTC'
    WHERE e.id = ${id} AND ${isAwaited} AND (e.status = 'QUEUED' OR (
      e.status = 'COMPUTING' AND e."updatedAt" < ${new Date(Date.now() - presumedDead)}::timestamp))
    RETURNING e.request`
  if (row) return explorationRequestSchema.parse(row.request)
  await forgetUnawaited(id, ['QUEUED'])
  return null
}

export async function reportExploration(id: string, done: number, total: number): Promise<void> {
  await staffDatabase.exploration.updateMany({ where: { id, status: 'COMPUTING' }, data: { done, total } })
}

export async function finishExploration(
  id: string,
  result: ExplorationResult,
  modelSha256: string,
  seconds: number,
): Promise<void> {
  // Not what an operator has stopped meanwhile.
  await staffDatabase.exploration.updateMany({
    where: { id, status: { in: ['QUEUED', 'COMPUTING'] } },
    data: { status: 'READY', result: JSON.stringify(result), modelSha256, seconds },
  })
}

export async function failExploration(id: string, failure: ExplorationFailure): Promise<void> {
  await staffDatabase.exploration.updateMany({
    where: { id },
    data: { status: 'FAILED', error: { code: failure.code, subject: failure.subject } },
  })
}

/** It was interrupted in the middle: somebody else may begin at once. @returns whether it is still to be computed */
export async function postponeExploration(id: string): Promise<boolean> {
  await staffDatabase.exploration.updateMany({
    where: { id, status: 'COMPUTING' },
    data: { status: 'QUEUED' },
  })
  return isExplorationWanted(id)
}

/** Results kept at most: some 200 kB each. */
const mostKept = 2000
const keptMilliseconds = 7 * 24 * 3_600_000

/** Deletes what nobody has asked for in a week, and the oldest beyond the most that are kept. */
export async function pruneExplorations(): Promise<void> {
  await pruneWaiters()
  await staffDatabase.exploration.deleteMany({
    where: {
      status: { in: ['READY', 'FAILED'] },
      askedAt: { lt: new Date(Date.now() - keptMilliseconds) },
    },
  })
  await staffDatabase.$executeRaw`
    DELETE FROM "Exploration" WHERE id IN (
      SELECT id FROM "Exploration" WHERE status = 'READY' ORDER BY "askedAt" DESC OFFSET ${mostKept}::int
    )`
}

/** Deletes results that other weights than the present ones gave. */
export async function forgetOtherWeights(model: string, sha256: string | null): Promise<void> {
  await staffDatabase.exploration.deleteMany({
    where: { model, status: 'READY', ...(sha256 !== null && { modelSha256: { not: sha256 } }) },
  })
}

/** @returns names of models that results are kept of. */
export async function listExploredModels(): Promise<readonly string[]> {
  const rows = await staffDatabase.exploration.findMany({
    where: { status: 'READY' },
    distinct: ['model'],
    select: { model: true },
  })
  return rows.map((row) => row.model)
}
