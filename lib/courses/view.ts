import type { AssignmentView } from '@/lib/attempts/view'
import type { Role } from '@/lib/auth/permissions'
import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureState } from '@/lib/figures/view'
import type { Topic } from '@/lib/questions/content'
import type { AttemptKeep } from '@/lib/scoring/attempt-choice'
import type { NextStep, Phase } from '@/lib/timing/access-timeline'
import type { TimeView } from '@/lib/timing/view'

/** What the pages of courses and assignments receive. Points are thousandths of a point, times ISO 8601. */

export interface CourseView {
  readonly courseId: string
  readonly slug: string
  readonly title: Bilingual
  readonly archived: boolean
  readonly role: Role
  readonly assignments: readonly AssignmentLine[]
}

export interface AssignmentLine {
  readonly assignmentId: string
  readonly slug: string
  readonly title: Bilingual
  /** Not published yet: staff alone see it. */
  readonly draft: boolean
  readonly opensAt: string | null
  readonly dueAt: string | null
  readonly closesAt: string | null
  /** The viewer's own latest attempt. */
  readonly attempt: { readonly startedAt: string; readonly submittedAt: string | null } | null
}

export interface QuestionLine {
  readonly questionId: string
  /** 1-based; also the page's address. */
  readonly position: number
  readonly label: string
  readonly topic: Topic
  readonly points: number
  readonly partCount: number
  /** Parts with an answer in the viewer's own attempt. */
  readonly answeredParts: number
  readonly flagged: boolean
}

/** The assignment's front page. */
export interface AssignmentForStudent {
  /** Dates are the student's own, extensions included. */
  readonly assignment: AssignmentView
  readonly phase: Phase
  /** What the student may do next. */
  readonly step: NextStep
  readonly time: TimeView
  readonly lateTiers: readonly LateTierView[]
  readonly keep: AttemptKeep
  /** Of the latest attempt; before the first, of the assignment, or none where they are drawn. */
  readonly questions: readonly QuestionLine[]
  /** The latest. */
  readonly attempt: AttemptProgress | null
  /** All of them, in the order of their numbers. */
  readonly attempts: readonly AttemptLineView[]
}

export interface LateTierView {
  /** ISO 8601; null: until the assignment closes. */
  readonly until: string | null
  readonly creditPercent: number
}

export interface AttemptLineView {
  readonly number: number
  readonly submittedAt: string | null
  readonly receipt: string | null
  readonly creditPercent: number
  /** After late credit; null until it is released. */
  readonly score: { readonly points: number; readonly maximum: number } | null
  /** Whether it is the one that counts; null: not known before scores are released. */
  readonly counts: boolean | null
}

export interface AttemptProgress {
  readonly attemptId: string
  readonly number: number
  readonly startedAt: string
  readonly submittedAt: string | null
  readonly receipt: string | null
  /** When an extension opened it again, which the server had submitted; null: that has not happened. */
  readonly reopenedAt: string | null
  readonly answeredParts: number
  readonly flaggedQuestions: number
  /** Where "Continue" leads: the first question with an unanswered part, else the last question. */
  readonly continueAt: number
}

export interface StaffOverview {
  readonly assignment: AssignmentView
  readonly students: readonly StudentLine[]
  readonly questions: readonly StaffQuestionLine[]
}

export interface StudentLine {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly state: 'not-started' | 'working' | 'submitted'
  readonly startedAt: string | null
  readonly submittedAt: string | null
  readonly receipt: string | null
  readonly answeredParts: number
  /** Parts that the latest attempt has; without one, those of an attempt that begins now. */
  readonly parts: number
  readonly attempts: number
  /** Of the attempt that counts, after late credit; null until submission. */
  readonly score: { readonly points: number; readonly maximum: number } | null
}

export interface StaffQuestionLine {
  readonly questionId: string
  readonly position: number
  readonly label: string
  readonly topic: Topic
  readonly points: number
  /** null: the question has no figure. */
  readonly figure: FigureState | null
}

/** When a student sees the score and the key of an attempt. ISO 8601; null: never, or not known. */
export interface ReleaseLine {
  readonly number: number
  readonly scoreAt: string | null
  readonly keyAt: string | null
}

/** An assignment as one student sees it. */
export interface Preview {
  readonly name: string
  readonly page: AssignmentForStudent
  readonly releases: readonly ReleaseLine[]
}
