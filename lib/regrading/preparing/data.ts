import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Prisma } from '@/lib/database/generated/client'
import {
  keyPointsSchema,
  questionContentSchema,
  questionKeySchema,
  scoreRuleSchema,
} from '@/lib/questions/content'
import type { ClassAttempt } from '@/lib/regrading/class-comparison'
import { type Effect, effectOf } from '@/lib/regrading/effect'
import { type KeyedVersion, type PlannedKey, planKeys, treatmentOf } from '@/lib/regrading/plan'
import { type HeldScore, type PastChange, type RescoredPart, rescorePart } from '@/lib/regrading/rescoring'
import { type StoredChange, storedChangeSchema } from '@/lib/regrading/schema'
import { readExport } from '@/lib/scoreboard/data'
import { foreseeContradictions, foreseeVerdict } from '@/lib/verification/contradiction'
import { readLatestReadings } from '@/lib/verification/data'

type Client = Prisma.TransactionClient

export type RegradeRow = Prisma.RegradeGetPayload<{ include: { undoes: true } }>

const changesSchema = z.array(storedChangeSchema)
const basedOnSchema = z.record(z.string(), z.string())

export function changesOf(row: Pick<RegradeRow, 'changes'>): StoredChange[] {
  return changesSchema.parse(row.changes)
}

/** @returns by question version id, the key that the regrade started from. */
export function basedOnOf(row: Pick<RegradeRow, 'basedOn'>): Readonly<Record<string, string>> {
  return basedOnSchema.parse(row.basedOn)
}

/** @returns the question versions of the assignment that were named, with all their keys. */
export async function readKeyedVersions(
  client: Client,
  assignmentId: string,
  versionIds?: readonly string[],
): Promise<KeyedVersion[]> {
  const rows = await client.questionVersion.findMany({
    where: { question: { assignmentId }, ...(versionIds && { id: { in: [...versionIds] } }) },
    orderBy: [{ question: { position: 'asc' } }, { version: 'desc' }],
    include: {
      keys: { orderBy: { version: 'desc' } },
      question: {
        select: { position: true, versions: { orderBy: { version: 'desc' }, take: 1, select: { id: true } } },
      },
    },
  })
  return rows.flatMap(({ id, questionId, version, content, keys, question }) =>
    keys.length === 0
      ? []
      : [
          {
            questionVersionId: id,
            questionId,
            position: question.position,
            version,
            isLatest: question.versions[0]?.id === id,
            content: questionContentSchema.parse(content),
            keys: keys.map((key) => ({
              answerKeyId: key.id,
              version: key.version,
              key: questionKeySchema.parse(key.secret),
              points: keyPointsSchema.parse(key.points),
              regradeId: key.regradeId,
            })),
          },
        ],
  )
}

/** What a draft does, as things are now. */
export interface Prepared {
  readonly row: RegradeRow
  readonly keys: readonly PlannedKey[]
  readonly rescored: readonly (RescoredPart & { readonly planned: PlannedKey })[]
  readonly effect: Effect
  readonly outdated: boolean
}

/** Reads and computes everything that a draft does. In a transaction that holds the keys alone, it is what will be done. */
export async function prepareRegrade(client: Client, row: RegradeRow): Promise<Prepared> {
  const changes = changesOf(row)
  const versions = await readKeyedVersions(
    client,
    row.assignmentId,
    changes.flatMap((change) => change.questionVersionIds),
  )
  const before = row.undoes ? basedOnOf(row.undoes) : {}
  const { keys } = planKeys(changes, versions, (id) =>
    versions
      .find(({ questionVersionId }) => questionVersionId === id)
      ?.keys.find(({ answerKeyId }) => answerKeyId === before[id]),
  )
  const rescored: Prepared['rescored'][number][] = []
  for (const planned of keys)
    for (const { part, policy, after } of planned.parts) {
      const held = await readHeldScores(client, planned.version.questionVersionId, part.id)
      const undone = row.undoesId ? await readPastChanges(client, row.undoesId, part.id) : new Map()
      const given = rescorePart(part, after, policy, held, undone)
      rescored.push({ planned, part, held, given })
    }
  const assignment = await client.assignment.findUniqueOrThrow({
    where: { id: row.assignmentId },
    select: { attemptKeep: true, courseId: true },
  })
  const effect = effectOf({
    draft: JSON.stringify([row.changes, row.basedOn, row.reason]),
    attempts: await readClass(client, row.assignmentId, assignment.courseId),
    keep: assignment.attemptKeep,
    parts: await readClassParts(client, row.assignmentId, keys),
    rescored,
    exported: await readExport(client, row.assignmentId),
  })
  return { row, keys, rescored, effect, outdated: isOutdated(row, keys) }
}

function isOutdated(row: RegradeRow, keys: readonly PlannedKey[]): boolean {
  const basedOn = basedOnOf(row)
  return keys.some(({ version }) => basedOn[version.questionVersionId] !== version.keys[0]!.answerKeyId)
}

async function readClassParts(client: Client, assignmentId: string, keys: readonly PlannedKey[]) {
  const latest = (await readKeyedVersions(client, assignmentId)).filter(({ isLatest }) => isLatest)
  return latest.flatMap(({ questionVersionId, content, keys: [now] }) => {
    const planned = keys.find(({ version }) => version.questionVersionId === questionVersionId)
    return content.parts.map((part) => ({
      id: part.id,
      label: part.label,
      maximum: treatmentOf(part, now!).points,
      maximumAfter: treatmentOf(part, planned ?? now!).points,
    }))
  })
}

/** Rows come as one text: the driver takes many times as long for ten thousand small ones. */
async function readAsOne<Row>(client: Client, query: Prisma.Sql): Promise<Row[]> {
  const [answer] = await client.$queryRaw<{ rows: string }[]>(query)
  return JSON.parse(answer!.rows) as Row[]
}

interface HeldRow {
  readonly a: string
  readonly o: readonly string[] | null
  readonly k: string
  readonly r: string
  readonly u: number
  readonly p: number
  readonly m: number
  readonly j: 'ADD' | 'SET' | null
  readonly jp: number | null
}

async function readHeldScores(
  client: Client,
  questionVersionId: string,
  partId: string,
): Promise<HeldScore[]> {
  const rows = await readAsOne<HeldRow>(
    client,
    Prisma.sql`
    SELECT coalesce(json_agg(line), '[]')::text AS rows FROM (
      SELECT s."attemptId" AS a, w."optionIds" AS o, s."answerKeyId" AS k, s.rule AS r, s.automatic AS u, s.points AS p,
             s.maximum AS m, j.kind AS j, j.points AS jp
      FROM "PartScore" s
      JOIN "AnswerKey" k ON k.id = s."answerKeyId"
      LEFT JOIN "Answer" w ON w."attemptId" = s."attemptId" AND w."partId" = s."partId"
      LEFT JOIN "PartAdjustment" j ON j."attemptId" = s."attemptId" AND j."partId" = s."partId"
      WHERE k."questionVersionId" = ${questionVersionId} AND s."partId" = ${partId}
    ) line`,
  )
  return rows.map(({ a, o, k, r, u, p, m, j, jp }) => ({
    attemptId: a,
    chosen: o ?? [],
    answerKeyId: k,
    rule: scoreRuleSchema.parse(r),
    automatic: u,
    points: p,
    maximum: m,
    adjustment: j && { kind: j === 'SET' ? 'set' : 'add', points: jp ?? 0 },
  }))
}

interface PastRow {
  readonly a: string
  readonly kb: string
  readonly ka: string
  readonly rb: string
  readonly ra: string
  readonly ub: number
  readonly ua: number
  readonly mb: number
  readonly ma: number
}

/** @returns what a regrade changed, by attempt; of answers that were given afterwards, nothing. */
async function readPastChanges(
  client: Client,
  regradeId: string,
  partId: string,
): Promise<ReadonlyMap<string, PastChange>> {
  const rows = await readAsOne<PastRow>(
    client,
    Prisma.sql`
    SELECT coalesce(json_agg(line), '[]')::text AS rows FROM (
      SELECT c."attemptId" AS a, c."answerKeyBefore" AS kb, c."answerKeyAfter" AS ka, c."ruleBefore" AS rb,
             c."ruleAfter" AS ra, c."automaticBefore" AS ub, c."automaticAfter" AS ua, c."maximumBefore" AS mb,
             c."maximumAfter" AS ma
      FROM "ScoreChange" c
      JOIN "Regrade" r ON r.id = c."regradeId"
      LEFT JOIN "Answer" w ON w."attemptId" = c."attemptId" AND w."partId" = c."partId"
      WHERE c."regradeId" = ${regradeId} AND c."partId" = ${partId}
        AND (w."savedAt" IS NULL OR w."savedAt" <= r."appliedAt")
    ) line`,
  )
  const score = (answerKeyId: string, rule: string, automatic: number, maximum: number) => ({
    answerKeyId,
    rule: scoreRuleSchema.parse(rule),
    automatic,
    maximum,
  })
  return new Map(
    rows.map(({ a, kb, ka, rb, ra, ub, ua, mb, ma }) => [
      a,
      { before: score(kb, rb, ub, mb), after: score(ka, ra, ua, ma) },
    ]),
  )
}

/** @returns every submitted attempt of the assignment with its totals, and what key and rule give for the parts that count. */
function readClass(client: Client, assignmentId: string, courseId: string): Promise<ClassAttempt[]> {
  return readAsOne<ClassAttempt>(
    client,
    Prisma.sql`
    SELECT coalesce(json_agg(line), '[]')::text AS rows FROM (
      SELECT a.id AS "attemptId", a."userId", u.name, u.email, a.number,
             coalesce(e.role = 'STUDENT', false) AS "isStudent", coalesce(a."creditPercent", 100) AS "creditPercent",
             s.points, s.maximum, s.scores
      FROM "Attempt" a
      JOIN "User" u ON u.id = a."userId"
      LEFT JOIN "Enrollment" e ON e."userId" = a."userId" AND e."courseId" = ${courseId}
      JOIN (
        SELECT p."attemptId", sum(p.points)::int AS points, sum(p.maximum)::int AS maximum,
               coalesce(string_agg(p."partId" || ':' || p.automatic, ',') FILTER (WHERE p.maximum > 0), '') AS scores
        FROM "PartScore" p JOIN "Attempt" b ON b.id = p."attemptId"
        WHERE b."assignmentId" = ${assignmentId}
        GROUP BY p."attemptId"
      ) s ON s."attemptId" = a.id
      WHERE a."submittedAt" IS NOT NULL
    ) line`,
  )
}

/** @returns labels of parts whose new key what was measured contradicts, and which record no reason for it. */
export async function readContradicted(keys: readonly PlannedKey[]): Promise<string[]> {
  const parts = await readForeseen(keys)
  return parts.flatMap(({ part, contradicted }) => (contradicted ? [part.label] : []))
}

/** What checks of the changed keys will say, as far as earlier measurements tell. */
export async function readForeseen(keys: readonly PlannedKey[]) {
  const foreseen = await Promise.all(
    keys.map(async ({ version, key, parts }) => {
      const before = {
        key: version.keys[0]!.key,
        readings: await readLatestReadings(version.questionVersionId),
      }
      const contradicted = foreseeContradictions(key, before)
      return parts.map((changed) => ({
        ...changed,
        version,
        verdict: foreseeVerdict(changed.after.key, before),
        // An undo, a drop and full credit say nothing new about the model.
        contradicted:
          contradicted.includes(changed.part.id) &&
          changed.policy !== 'restore' &&
          !isDeepStrictEqual(changed.before.key.correct, changed.after.key.correct),
      }))
    }),
  )
  return foreseen.flat()
}
