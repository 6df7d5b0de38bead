import type { Bilingual } from '@/lib/explainers/bilingual'

/** `DRAFT`: staff alone see it. `ARCHIVED`: nobody starts it. */
export const assignmentStates = ['DRAFT', 'PUBLISHED', 'ARCHIVED'] as const
export type AssignmentState = (typeof assignmentStates)[number]

/** What the pages receive on which courses and assignments are made. Times are ISO 8601. */

export interface CourseDetails {
  readonly slug: string
  readonly title: Bilingual
  readonly timeZone: string
  readonly archivedAt: string | null
}

/** A course or an assignment that can be copied. */
export interface CopySource<Id extends string> {
  readonly title: Bilingual
  readonly course: Bilingual
  readonly id: Id
}

export interface AssignmentSummary {
  readonly assignmentId: string
  readonly slug: string
  readonly title: Bilingual
  readonly state: AssignmentState
  readonly questions: number
  /** Students who have started it. */
  readonly started: number
}

export interface AssignmentDetailsView extends AssignmentSummary {
  readonly introduction: Bilingual
  /** In attempts that begin from now on. */
  readonly shuffleOptions: boolean
}
