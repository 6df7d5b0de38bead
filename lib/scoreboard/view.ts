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
  /** Parts that the latest attempt has; without one, those of an attempt that begins now. */
  readonly parts: number
  /** null until submission. */
  readonly points: number | null
  /** Of the questions that the attempt has. */
  readonly maximum: number | null
  /** Minutes at work, see `readMinutesAtWork`; null until submission. */
  readonly minutes: number | null
}

export interface ScoreboardPart {
  readonly partId: string
  readonly questionId: string
  readonly label: string
  /** 1-based position of its question. */
  readonly position: number
  readonly topic: Topic
  readonly maximum: number
  /** Students whose latest attempt has it: not all of them where questions are drawn, new or archived. */
  readonly asked: number
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
  /** The moment that it shows, where that is some seconds ago: read from a replica that is behind. */
  readonly asOf: string | null
  /** Full points of an attempt that begins now. */
  readonly maximum: number
  readonly students: readonly ScoreboardStudent[]
  readonly parts: readonly ScoreboardPart[]
  /** All of the course, whichever the students are of. */
  readonly sections: readonly SectionName[]
}
