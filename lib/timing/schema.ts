import { z } from 'zod'
import type { LateTier } from '@/lib/timing/access-timeline'

/** The late tiers of an assignment: ascending, each with less credit than the one before. */
export const lateTiersSchema: z.ZodType<readonly LateTier[]> = z
  .array(
    z.strictObject({
      untilMinutes: z.int().min(1).max(525_600).nullable(),
      creditPercent: z.int().min(0).max(100),
    }),
  )
  .max(10)
  .superRefine((tiers, context) => {
    for (const [index, tier] of tiers.entries()) {
      const before = tiers[index - 1]
      if (!before) continue
      if (
        before.untilMinutes === null ||
        (tier.untilMinutes !== null && tier.untilMinutes <= before.untilMinutes)
      )
        context.addIssue({ code: 'custom', path: [index, 'untilMinutes'], message: 'tier-order' })
      if (tier.creditPercent >= before.creditPercent)
        context.addIssue({ code: 'custom', path: [index, 'creditPercent'], message: 'tier-credit' })
    }
  })

export const timeViewSchema = z.object({
  now: z.iso.datetime(),
  boundaries: z
    .array(
      z.object({
        at: z.iso.datetime(),
        kind: z.enum(['opens', 'due', 'credit', 'closes', 'time-limit']),
        creditPercent: z.int(),
      }),
    )
    .readonly(),
  creditPercent: z.int(),
  running: z.boolean(),
  graceSeconds: z.int(),
  timeLimitMinutes: z.int().nullable(),
  extraMinutes: z.int(),
  attemptsAllowed: z.int(),
})

const wallSchema = z.string().max(30)
const optionalWall = wallSchema.nullable()
export const releaseChoice = z.enum(['NEVER', 'ON_SUBMIT', 'AT_DATE', 'WHEN_ALL_DONE'])
export const limitMinutes = z.int().min(1).max(20_160).nullable()
export const attemptCount = z.int().min(1).max(100)
export const keptAttempt = z.enum(['HIGHEST', 'LATEST', 'FIRST'])
/** On top of time limits, in per cent. */
export const extraPercent = z.int().min(0).max(400)

/**
 * What an instructor sets for everybody. Dates are wall clocks of `timeZone`, as a date field gives them
 * (`2027-01-31T18:00`); null: not set.
 */
export const scheduleSchema = z.strictObject({
  timeZone: z.string().max(100),
  opensAt: optionalWall,
  dueAt: optionalWall,
  closesAt: optionalWall,
  lateTiers: lateTiersSchema,
  timeLimitMinutes: limitMinutes,
  attemptsAllowed: attemptCount,
  attemptKeep: keptAttempt,
  scoreRelease: releaseChoice,
  scoreReleaseAt: optionalWall,
  keyRelease: releaseChoice,
  keyReleaseAt: optionalWall,
  /** Until when students may ask about their released scores; null: always. */
  appealsUntil: optionalWall,
})
export type ScheduleInput = z.infer<typeof scheduleSchema>

/** The settings as they shall be. Where they were `known` before, only what is another is set, and the rest stays. */
export const scheduleSaveSchema = z.strictObject({
  ...scheduleSchema.shape,
  known: scheduleSchema.optional(),
})
export type ScheduleSave = z.infer<typeof scheduleSaveSchema>

/** What an instructor sets for one student in one assignment; null: as for everybody. */
export const studentScheduleSchema = z.strictObject({
  /** On top of every time limit in the course. */
  extraTimePercent: extraPercent,
  override: z.strictObject({
    opensAt: optionalWall,
    dueAt: optionalWall,
    closesAt: optionalWall,
    timeLimitMinutes: limitMinutes,
    extraTimePercent: extraPercent.nullable(),
    attemptsAllowed: attemptCount.nullable(),
    reason: z.string().max(500),
  }),
})
export type StudentScheduleInput = z.infer<typeof studentScheduleSchema>
