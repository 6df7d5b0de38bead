import { group } from 'd3-array'
import type { Assignment, AssignmentOverride } from '@/lib/database/generated/client'
import { studentDatabase } from '@/lib/database/student'
import {
  type AttemptTimes,
  everybodyFinishedAt,
  type PersonalTimes,
  personalTimes,
  type TimeSettings,
} from '@/lib/timing/access-timeline'
import { lateTiersSchema } from '@/lib/timing/schema'

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
  override: AssignmentOverride | null | undefined,
): PersonalTimes {
  return personalTimes(timeSettingsOf(assignment), extraTimePercent ?? 0, override ?? null)
}

function timesQuery(assignmentId: string, userId: string) {
  return {
    where: { id: assignmentId },
    include: {
      overrides: { where: { userId } },
      course: { select: { enrollments: { where: { userId }, select: { extraTimePercent: true } } } },
    },
  }
}

/** Either client, or an open transaction of either. */
interface TimesReader {
  readonly assignment: {
    findUniqueOrThrow(query: ReturnType<typeof timesQuery>): PromiseLike<
      AssignmentTimes & {
        readonly overrides: readonly AssignmentOverride[]
        readonly course: { readonly enrollments: readonly { readonly extraTimePercent: number }[] }
      }
    >
  }
}

/** @returns the assignment's times for one person, as they are set now. */
export async function readPersonalTimes(
  assignmentId: string,
  userId: string,
  reader: TimesReader = studentDatabase,
): Promise<PersonalTimes> {
  const assignment = await reader.assignment.findUniqueOrThrow(timesQuery(assignmentId, userId))
  const { overrides, course } = assignment
  return personalTimesOf(assignment, course.enrollments[0]?.extraTimePercent, overrides[0])
}

/** @returns the person's attempts in the assignment, in the order of their numbers. */
export function readAttemptTimes(assignmentId: string, userId: string): Promise<AttemptTimes[]> {
  return studentDatabase.attempt.findMany({
    where: { assignmentId, userId },
    orderBy: { number: 'asc' },
    select: { number: true, startedAt: true, submittedAt: true },
  })
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
