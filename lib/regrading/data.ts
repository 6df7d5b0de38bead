import { isDeepStrictEqual } from 'node:util'
import { group } from 'd3-array'
import type { AssignmentAccess, RegradeAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { bilingualSchema, scoreRuleSchema } from '@/lib/questions/content'
import { renderText } from '@/lib/questions/rendered-content'
import { findSuperseding, type KeyedVersion, type PlannedKey, planKeys } from '@/lib/regrading/plan'
import type { TreatedPart } from '@/lib/regrading/policy'
import {
  basedOnOf,
  changesOf,
  prepareRegrade,
  readForeseen,
  readKeyedVersions,
} from '@/lib/regrading/preparing/data'
import { lettersOf } from '@/lib/regrading/rescoring'
import { effectSummarySchema, reasonSchema } from '@/lib/regrading/schema'
import type {
  ChangedPart,
  ExportState,
  MovedAttempt,
  RegradeLine,
  RegradeList,
  RegradeStatus,
  RegradeView,
  TreatmentView,
} from '@/lib/regrading/view'
import { readExport, readScoreboard } from '@/lib/scoreboard/data'
import { creditedPoints } from '@/lib/scoring/late-credit'

const lineParts = {
  undoes: { select: { number: true } },
  undoneBy: { where: { status: 'APPLIED' }, select: { number: true } },
  assignment: { select: { title: true, courseId: true, course: { select: { regradeNeedsSecond: true } } } },
  _count: { select: { attempts: true } },
} as const satisfies Prisma.RegradeInclude

type LineRow = Prisma.RegradeGetPayload<{ include: typeof lineParts }>

/** All regrades of an assignment, the latest first, and which exported scores have changed. */
export async function readRegrades(access: AssignmentAccess<'regrade.draft'>): Promise<RegradeList> {
  const { assignmentId, courseId } = access
  const [rows, versions, course, assignment, exported] = await Promise.all([
    staffDatabase.regrade.findMany({
      where: { assignmentId },
      orderBy: { number: 'desc' },
      include: lineParts,
    }),
    readKeyedVersions(staffDatabase, assignmentId),
    staffDatabase.course.findUniqueOrThrow({ where: { id: courseId } }),
    staffDatabase.assignment.findUniqueOrThrow({ where: { id: assignmentId }, select: { title: true } }),
    readExportState(access),
  ])
  const names = await readNames(rows)
  return {
    title: bilingualSchema.parse(assignment.title),
    needsSecond: course.regradeNeedsSecond,
    regrades: rows.map((row) => lineOf(row, versions, names)),
    exported,
  }
}

async function readExportState(access: AssignmentAccess<'regrade.draft'>): Promise<ExportState | null> {
  const exported = await readExport(staffDatabase, access.assignmentId)
  if (!exported) return null
  const { students } = await readScoreboard(access, undefined, 'current')
  const changed = students.filter(({ userId, points }) => {
    const sent = exported.scores.get(userId)
    return sent !== undefined && sent !== points
  })
  return { at: exported.at, by: exported.by, changed: changed.length }
}

async function readNames(rows: readonly LineRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap(({ authorIds, appliedById }) => [
    ...authorIds,
    ...(appliedById ? [appliedById] : []),
  ])
  const people = await staffDatabase.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}

function lineOf(
  row: LineRow,
  versions: readonly KeyedVersion[],
  names: ReadonlyMap<string, string>,
): RegradeLine {
  const labels = new Map(
    versions.flatMap(({ content }) => content.parts.map((part) => [part.id, part.label])),
  )
  return {
    regradeId: row.id,
    number: row.number,
    status: row.status.toLowerCase() as RegradeStatus,
    undoes: row.undoes?.number ?? null,
    undoneBy: row.undoneBy[0]?.number ?? null,
    parts: changesOf(row).map(({ partId, policy }) => ({ label: labels.get(partId) ?? partId, policy })),
    reason: reasonSchema.parse(row.reason),
    authors: row.authorIds.flatMap((id) => names.get(id) ?? []),
    createdAt: row.createdAt.toISOString(),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    appliedBy: (row.appliedById && names.get(row.appliedById)) || null,
    moved: row.status === 'APPLIED' ? row._count.attempts : null,
  }
}

/** A regrade with its effect: of a draft as it would be now, of an applied one as it was. */
export async function readRegrade(access: RegradeAccess<'regrade.draft'>): Promise<RegradeView> {
  const row = await staffDatabase.regrade.findUniqueOrThrow({
    where: { id: access.regradeId },
    include: { ...lineParts, undoes: true },
  })
  const changes = changesOf(row)
  const [versions, names] = await Promise.all([
    readKeyedVersions(staffDatabase, access.assignmentId),
    readNames([row]),
  ])
  const shared = {
    ...lineOf(row, versions, names),
    title: bilingualSchema.parse(row.assignment.title),
    changes,
    keyReason: row.keyReason,
    needsOther: row.assignment.course.regradeNeedsSecond && row.authorIds.includes(access.viewer.userId),
  }
  if (row.status === 'APPLIED') {
    const keys = appliedKeys(changes, versions, row)
    return {
      ...shared,
      changed: await changedParts(keys, versions),
      outdated: false,
      supersededBy: await readSupersededBy(changes, versions, row.id),
      effect: effectSummarySchema.parse(row.effect),
      fingerprint: null,
      attempts: await readApplied(row.id, keys),
    }
  }
  const { keys, effect, outdated } = await prepareRegrade(staffDatabase, row)
  return {
    ...shared,
    changed: await changedParts(keys, versions),
    outdated,
    supersededBy: row.undoesId ? await readSupersededBy(changes, versions, row.undoesId) : null,
    effect: effect.summary,
    fingerprint: row.status === 'DRAFT' ? effect.fingerprint : null,
    attempts: effect.attempts,
  }
}

async function readSupersededBy(
  changes: RegradeView['changes'],
  versions: readonly KeyedVersion[],
  regradeId: string,
): Promise<number | null> {
  const later = findSuperseding(changes, versions, regradeId)
  if (later === null) return null
  return (await staffDatabase.regrade.findUniqueOrThrow({ where: { id: later } })).number
}

/** The keys as the regrade made them, from the keys that it started from. */
function appliedKeys(
  changes: RegradeView['changes'],
  versions: readonly KeyedVersion[],
  row: LineRow,
): PlannedKey[] {
  const basedOn = basedOnOf(row)
  const then = versions.flatMap((version) => {
    const from = version.keys.findIndex((key) => key.answerKeyId === basedOn[version.questionVersionId])
    return from < 0 ? [] : [{ ...version, keys: version.keys.slice(from) }]
  })
  const own = (id: string) =>
    versions.find((one) => one.questionVersionId === id)?.keys.find((key) => key.regradeId === row.id)
  // What was made is read rather than made again, whatever the policy was.
  const restored = changes.map((change) => ({
    policy: 'restore' as const,
    questionVersionIds: change.questionVersionIds,
    partId: change.partId,
  }))
  return planKeys(restored, then, own).keys.map((planned) => ({
    ...planned,
    parts: planned.parts.map((changed) => ({
      ...changed,
      policy: changes.find(
        ({ partId, questionVersionIds }) =>
          partId === changed.part.id && questionVersionIds.includes(planned.version.questionVersionId),
      )!.policy,
    })),
  }))
}

async function changedParts(
  keys: readonly PlannedKey[],
  versions: readonly KeyedVersion[],
): Promise<ChangedPart[]> {
  const parts: ChangedPart[] = []
  for (const { part, policy, before, after, version, verdict, contradicted } of await readForeseen(keys)) {
    const line: ChangedPart = {
      partId: part.id,
      label: part.label,
      policy,
      versions: [version.version],
      allVersions: versions.filter(({ questionId }) => questionId === version.questionId).length,
      options: part.options,
      before: treatmentView(before),
      after: treatmentView(after),
      verdict,
      contradicted,
    }
    const alike = parts.findIndex((known) =>
      isDeepStrictEqual({ ...known, versions: [] }, { ...line, versions: [] }),
    )
    const known = parts[alike]
    if (known) parts[alike] = { ...known, versions: [...known.versions, version.version] }
    else parts.push(line)
  }
  return parts
}

function treatmentView({ key, points }: TreatedPart): TreatmentView {
  return {
    correct: key.correct,
    rule: key.rule.name,
    points,
    alsoAccepted: (key.alsoAccepted ?? []).map(({ correct }) => correct),
    explanation: renderText(key.explanation),
  }
}

/** What an applied regrade moved, by name. */
async function readApplied(regradeId: string, keys: readonly PlannedKey[]): Promise<MovedAttempt[]> {
  const parts = new Map(keys.flatMap((key) => key.parts.map(({ part }) => [part.id, part])))
  const [moved, changes] = await Promise.all([
    staffDatabase.regradedAttempt.findMany({
      where: { regradeId },
      include: {
        attempt: {
          select: {
            number: true,
            creditPercent: true,
            userId: true,
            user: { select: { name: true, email: true } },
            answers: { where: { partId: { in: [...parts.keys()] } } },
          },
        },
      },
      orderBy: [{ attempt: { user: { name: 'asc' } } }, { attempt: { number: 'asc' } }],
    }),
    staffDatabase.scoreChange.findMany({ where: { regradeId } }),
  ])
  const changesBy = group(changes, ({ attemptId }) => attemptId)
  return moved.map(({ attempt, ...totals }): MovedAttempt => {
    const credited = (points: number) => creditedPoints(points, attempt.creditPercent ?? 100)
    return {
      attemptId: totals.attemptId,
      userId: attempt.userId,
      ...attempt.user,
      number: attempt.number,
      before: credited(totals.pointsBefore),
      after: credited(totals.pointsAfter),
      maximumBefore: totals.maximumBefore,
      maximumAfter: totals.maximumAfter,
      counts: null,
      exported: null,
      parts: (changesBy.get(totals.attemptId) ?? [])
        .filter((one) => one.pointsBefore !== one.pointsAfter || one.maximumBefore !== one.maximumAfter)
        .map((one) => ({
          label: parts.get(one.partId)?.label ?? one.partId,
          chosen: lettersOf(
            parts.get(one.partId)?.options ?? [],
            attempt.answers.find(({ partId }) => partId === one.partId)?.optionIds ?? [],
          ),
          before: one.pointsBefore,
          after: one.pointsAfter,
          maximumBefore: one.maximumBefore,
          maximumAfter: one.maximumAfter,
          rule: scoreRuleSchema.parse(one.ruleAfter),
        })),
    }
  })
}
