import type { Topic } from '@/lib/questions/content'
import type { SectionName } from '@/lib/sections/view'

/** A class's state as staff see it. Points are thousandths of a point, times ISO 8601. */

export type StudentState = 'not-started' | 'working' | 'submitted'

export interface ScoreboardStudent {
  readonly userId: string
  readonly name: string
  readonly email: string
  /** A student of a demo class. */
  readonly simulated: boolean
  /** Name of the section; null: in none. */
  readonly section: string | null
  readonly state: StudentState
  readonly startedAt: string | null
  readonly submittedAt: string | null
  /** The latest answer that was saved. */
  readonly lastSavedAt: string | null
  /** Parts with an answer in the latest attempt. */
  readonly answeredParts: number
  /** null until submission. */
  readonly points: number | null
  readonly maximum: number | null
  /** Minutes at work, see `readMinutesAtWork`; null until submission. */
  readonly minutes: number | null
}

export interface ScoreboardPart {
  readonly partId: string
  readonly label: string
  /** 1-based position of its question. */
  readonly position: number
  readonly topic: Topic
  readonly maximum: number
  /** Students who have answered it, in their latest attempts. */
  readonly answered: number
  /** Students whose answer is scored. */
  readonly scored: number
  /** Sum over them. */
  readonly points: number
}

export interface Scoreboard {
  /** When it was read. */
  readonly at: string
  /** Full points of the assignment as it stands. */
  readonly maximum: number
  readonly students: readonly ScoreboardStudent[]
  readonly parts: readonly ScoreboardPart[]
  /** All of the course, whichever the students are of. */
  readonly sections: readonly SectionName[]
}
