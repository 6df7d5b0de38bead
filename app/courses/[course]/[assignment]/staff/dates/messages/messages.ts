import type { ReleaseSetting } from '@/lib/attempts/release'
import type { AttemptKeep } from '@/lib/scoring/attempt-choice'
import type { ReceiptCheck } from '@/lib/submission/data'
import type { NextStep } from '@/lib/timing/access-timeline'
import type { ScheduleProblem } from '@/lib/timing/schedule-check'

/** Texts of the page "Dates and release". */
export interface DatesMessages {
  readonly title: string
  readonly lead: string
  readonly dates: string
  readonly timeZone: string
  readonly timeZoneHint: string
  readonly opensAt: string
  readonly dueAt: string
  readonly closesAt: string
  readonly optional: string
  readonly late: string
  readonly lateHint: string
  readonly tierUntil: string
  readonly tierUntilHint: string
  readonly tierCredit: string
  readonly addTier: string
  readonly removeTier: (index: number) => string
  readonly attempts: string
  readonly timeLimit: string
  readonly minutes: string
  readonly attemptsAllowed: string
  readonly keep: string
  readonly keeps: Readonly<Record<AttemptKeep, string>>
  readonly release: string
  readonly score: string
  readonly key: string
  readonly releases: Readonly<Record<ReleaseSetting, string>>
  readonly releaseAt: string
  readonly keyHint: string
  readonly appealsUntil: string
  readonly appealsUntilHint: string
  readonly save: string
  readonly saving: string
  readonly saved: string
  readonly failed: string
  readonly invalid: string
  readonly issues: Readonly<Record<ScheduleProblem['issue'] | 'tier-order' | 'tier-credit', string>>
  readonly wrongValue: string
  readonly students: string
  readonly studentsLead: string
  readonly search: string
  readonly noStudents: string
  readonly extraTime: string
  readonly extraTimeHint: string
  readonly own: string
  readonly ownExtraTime: string
  readonly asForAll: string
  readonly reason: string
  readonly extraBadge: (percent: number) => string
  readonly ownBadge: string
  readonly endsAt: (when: string) => string
  readonly seeAs: string
  readonly back: string
  readonly receipts: {
    readonly title: string
    readonly lead: string
    readonly label: string
    readonly hint: string
    readonly check: string
    readonly superseded: (when: string) => string
    readonly genuine: string
    readonly answered: (parts: number) => string
    readonly byServer: string
    readonly same: string
    readonly changed: string
    readonly verdicts: Readonly<Record<Exclude<ReceiptCheck['verdict'], 'valid'>, string>>
  }
  readonly preview: {
    readonly title: (name: string) => string
    readonly hint: string
    readonly at: string
    readonly show: string
    readonly attempt: (number: number) => string
    readonly hidden: string
    readonly visible: string
    readonly from: (when: string) => string
    readonly steps: Readonly<Record<NextStep['kind'], string>>
  }
}
