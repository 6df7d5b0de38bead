import { group } from 'd3-array'
import type { AssignmentAccess } from '@/lib/auth/gate'
import type { Assignment } from '@/lib/database/generated/client'
import { type StatementRunner, statements } from '@/lib/database/statements'
import { studentDatabase } from '@/lib/database/student'
import { bilingualSchema } from '@/lib/questions/content'
import {
  type AttemptTimes,
  everybodyFinishedAt,
  graceEnd,
  type PersonalTimes,
  personalTimes,
  type TimeOverride,
  type TimeSettings,
} from '@/lib/timing/access-timeline'
import type { Schedule } from '@/lib/timing/schedule-check'
import { lateTiersSchema } from '@/lib/timing/schema'
import type { ScheduleView } from '@/lib/timing/view'
import { wallOfInstant } from '@/lib/timing/wall-clock'

/** An assignment's row, as far as time is concerned. */
export type AssignmentTimes = Pick<
  Assignment,
  'opensAt' | 'dueAt' | 'closesAt' | 'lateTiers' | 'timeLimitMinutes' | 'attemptsAllowed'
>

export function timeSettingsOf(assignment: AssignmentTimes): TimeSettings {
  return { ...assignment, lateTiers: lateTiersSchema.parse(assignment.lateTiers) }
}

/** @param extraTimePercent null: the person has no enrolment that says otherwise. */
export function personalTimesOf(
  assignment: AssignmentTimes,
  extraTimePercent: number | null | undefined,
  override: TimeOverride | null | undefined,
): PersonalTimes {
  return personalTimes(timeSettingsOf(assignment), extraTimePercent ?? 0, override ?? null)
}

interface TimesRow extends AssignmentTimes {
  readonly archived: boolean
  readonly extraTimePercent: number | null
  readonly ownOpensAt: Date | null
  readonly ownDueAt: Date | null
  readonly ownClosesAt: Date | null
  readonly ownTimeLimitMinutes: number | null
  readonly ownExtraTimePercent: number | null
  readonly ownAttemptsAllowed: number | null
}

/** @returns the assignment's times for one person, as they are set now. One statement: every page and submission asks. */
export async function readPersonalTimes(
  assignmentId: string,
  userId: string,
  reader: StatementRunner = statements,
): Promise<PersonalTimes> {
  const [row] = await reader.$queryRaw<TimesRow[]>`
    SELECT s."opensAt", s."dueAt", s."closesAt", s."lateTiers", s."timeLimitMinutes", s."attemptsAllowed",
           s.state = 'ARCHIVED' OR c."archivedAt" IS NOT NULL AS archived,
           e."extraTimePercent", o."opensAt" AS "ownOpensAt", o."dueAt" AS "ownDueAt",
           o."closesAt" AS "ownClosesAt", o."timeLimitMinutes" AS "ownTimeLimitMinutes",
           o."extraTimePercent" AS "ownExtraTimePercent", o."attemptsAllowed" AS "ownAttemptsAllowed"
    FROM "Assignment" s
    JOIN "Course" c ON c.id = s."courseId"
    LEFT JOIN "Enrollment" e ON e."courseId" = s."courseId" AND e."userId" = ${userId}
    LEFT JOIN "AssignmentOverride" o ON o."assignmentId" = s.id AND o."userId" = ${userId}
    WHERE s.id = ${assignmentId}`
  if (!row) throw new Error(`there is no assignment ${assignmentId}`)
  return personalTimesOf(row, row.extraTimePercent, {
    opensAt: row.ownOpensAt,
    dueAt: row.ownDueAt,
    closesAt: row.ownClosesAt,
    timeLimitMinutes: row.ownTimeLimitMinutes,
    extraTimePercent: row.ownExtraTimePercent,
    attemptsAllowed: row.ownAttemptsAllowed,
  })
}

/** @returns the person's attempts in the assignment, in the order of their numbers. */
export function readAttemptTimes(assignmentId: string, userId: string): Promise<AttemptTimes[]> {
  return studentDatabase.attempt.findMany({
    where: { assignmentId, userId },
    orderBy: { number: 'asc' },
    select: { number: true, startedAt: true, submittedAt: true },
  })
}

/**
 * The last save of each attempt that counts for when it was handed in, by the history: what an instructor took from a file
 * after the end was not given then, and has replaced when the answer before it was.
 * @param attempts each with its end
 * @returns by attempt id; none: nothing was ever answered in time.
 */
export async function readLastSaves(
  reader: StatementRunner,
  attempts: readonly { readonly id: string; readonly endedAt: Date }[],
): Promise<ReadonlyMap<string, Date>> {
  if (attempts.length === 0) return new Map()
  const rows = await reader.$queryRaw<{ id: string; savedAt: Date }[]>`
    SELECT a.id, max(e."savedAt") AS "savedAt"
    FROM unnest(${attempts.map(({ id }) => id)}::text[],
                ${attempts.map(({ endedAt }) => graceEnd(endedAt).toISOString())}::timestamp[]) AS a (id, until)
    JOIN "AnswerEvent" e ON e."attemptId" = a.id AND e."savedAt" < a.until
    GROUP BY a.id`
  return new Map(rows.map(({ id, savedAt }) => [id, savedAt]))
}

/** @returns from when on no student of the course can change an answer; null: not known. */
export async function readEverybodyFinishedAt(assignmentId: string): Promise<Date | null> {
  const assignment = await studentDatabase.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    include: {
      overrides: true,
      course: {
        select: {
          enrollments: { where: { role: 'STUDENT' }, select: { userId: true, extraTimePercent: true } },
        },
      },
      attempts: {
        orderBy: { number: 'asc' },
        select: { userId: true, number: true, startedAt: true, submittedAt: true },
      },
    },
  })
  const overrides = new Map(assignment.overrides.map((override) => [override.userId, override]))
  const attempts = group(assignment.attempts, ({ userId }) => userId)
  return everybodyFinishedAt(
    assignment.course.enrollments.map(({ userId, extraTimePercent }) => ({
      times: personalTimesOf(assignment, extraTimePercent, overrides.get(userId)),
      attempts: attempts.get(userId) ?? [],
    })),
  )
}

type StoredSchedule = Omit<Schedule, 'timeZone' | 'lateTiers'> & { readonly lateTiers: unknown }

/** @param timeZone of the course */
export function scheduleOf(stored: StoredSchedule, timeZone: string): Schedule {
  return {
    timeZone,
    opensAt: stored.opensAt,
    dueAt: stored.dueAt,
    closesAt: stored.closesAt,
    lateTiers: lateTiersSchema.parse(stored.lateTiers),
    timeLimitMinutes: stored.timeLimitMinutes,
    attemptsAllowed: stored.attemptsAllowed,
    attemptKeep: stored.attemptKeep,
    scoreRelease: stored.scoreRelease,
    scoreReleaseAt: stored.scoreReleaseAt,
    keyRelease: stored.keyRelease,
    keyReleaseAt: stored.keyReleaseAt,
    appealsUntil: stored.appealsUntil,
  }
}

/** For instructors: the assignment's settings, and every student's own. */
export async function readSchedule(access: AssignmentAccess<'assignment.schedule'>): Promise<ScheduleView> {
  const { course, overrides, ...assignment } = await studentDatabase.assignment.findUniqueOrThrow({
    where: { id: access.assignmentId },
    include: {
      overrides: true,
      course: {
        select: {
          timeZone: true,
          enrollments: {
            where: { role: 'STUDENT' },
            orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
            select: {
              userId: true,
              extraTimePercent: true,
              user: {
                select: {
                  name: true,
                  email: true,
                  attempts: {
                    where: { assignmentId: access.assignmentId, submittedAt: null },
                    select: { endsAt: true },
                  },
                },
              },
            },
          },
        },
      },
    },
  })
  const wall = (date: Date | null | undefined) => (date ? wallOfInstant(date, course.timeZone) : null)
  const stored = scheduleOf(assignment, course.timeZone)
  const overrideOf = new Map(overrides.map((override) => [override.userId, override]))
  return {
    title: bilingualSchema.parse(assignment.title),
    schedule: {
      ...stored,
      opensAt: wall(stored.opensAt),
      dueAt: wall(stored.dueAt),
      closesAt: wall(stored.closesAt),
      scoreReleaseAt: wall(stored.scoreReleaseAt),
      keyReleaseAt: wall(stored.keyReleaseAt),
      appealsUntil: wall(stored.appealsUntil),
    },
    students: course.enrollments.map(({ userId, extraTimePercent, user }) => {
      const own = overrideOf.get(userId)
      return {
        userId,
        name: user.name,
        email: user.email,
        schedule: {
          extraTimePercent,
          override: {
            opensAt: wall(own?.opensAt),
            dueAt: wall(own?.dueAt),
            closesAt: wall(own?.closesAt),
            timeLimitMinutes: own?.timeLimitMinutes ?? null,
            extraTimePercent: own?.extraTimePercent ?? null,
            attemptsAllowed: own?.attemptsAllowed ?? null,
            reason: own?.reason ?? '',
          },
        },
        endsAt: user.attempts[0]?.endsAt?.toISOString() ?? null,
      }
    }),
  }
}
