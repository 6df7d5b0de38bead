import type { AssignmentState } from '@/lib/authoring/schema'
import type { Bilingual } from '@/lib/explainers/bilingual'

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
}
