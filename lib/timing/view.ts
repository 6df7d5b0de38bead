import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Boundary } from '@/lib/timing/access-timeline'
import type { ScheduleInput, StudentScheduleInput } from '@/lib/timing/schema'

/** What a page needs in order to say how much time is left, and why, without asking again each second. */
export interface TimeView {
  /** ISO 8601, server time: the browser's clock may be wrong. */
  readonly now: string
  /** Earliest first. */
  readonly boundaries: readonly BoundaryView[]
  /** What would be credited of an attempt handed in now. */
  readonly creditPercent: number
  /** Whether an attempt is open: then the last boundary is its end, not the assignment's. */
  readonly running: boolean
  readonly graceSeconds: number
  /** Extra time included; null: none. */
  readonly timeLimitMinutes: number | null
  readonly extraMinutes: number
  readonly attemptsAllowed: number
}

export interface BoundaryView {
  /** ISO 8601. */
  readonly at: string
  readonly kind: Boundary['kind']
  /** What is credited after it. */
  readonly creditPercent: number
}

/** What an instructor edits: walls of the course's time zone. */
export interface ScheduleView {
  readonly title: Bilingual
  readonly schedule: ScheduleInput
  readonly students: readonly StudentScheduleView[]
}

export interface StudentScheduleView {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly schedule: StudentScheduleInput
  /** ISO 8601: when the attempt that is open ends; null: none is open, or it has no end. */
  readonly endsAt: string | null
}
