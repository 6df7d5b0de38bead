import type { Rule } from '@/lib/questions/content'
import type { Policy } from '@/lib/regrading/schema'
import type { RegradeStatus } from '@/lib/regrading/view'
import type { ForeseenVerdict } from '@/lib/verification/contradiction'

/** What the pages of regrades say. */
export interface RegradeMessages {
  readonly title: string
  readonly lead: string
  readonly draftNew: string
  readonly none: string
  readonly number: (number: number) => string
  readonly statuses: Readonly<Record<RegradeStatus, string>>
  readonly policies: Readonly<Record<Policy | 'restore', string>>
  readonly policyHints: Readonly<Record<Policy, string>>
  readonly undoes: (number: number) => string
  readonly undoneBy: (number: number) => string
  readonly movedCount: (count: number) => string
  readonly writtenBy: (names: string) => string
  readonly appliedBy: (name: string) => string
  readonly second: string
  readonly secondHint: string
  readonly nothingExported: string
  readonly exported: (when: string, by: string | null, changed: number) => string
  readonly form: {
    readonly title: string
    readonly editTitle: (number: number) => string
    readonly part: string
    readonly partOf: (label: string, prompt: string) => string
    readonly versions: (versions: string) => string
    readonly scores: (count: number) => string
    readonly policy: string
    readonly correct: string
    readonly rule: string
    readonly weight: (letter: string) => string
    readonly points: string
    readonly dropped: string
    readonly explanationZh: string
    readonly explanationEn: string
    readonly reason: string
    readonly reasonHint: string
    readonly reasonZh: string
    readonly reasonEn: string
    readonly add: string
    readonly remove: string
    readonly preview: string
    readonly sending: string
    readonly issues: Readonly<Record<string, string>>
    readonly check: string
  }
  readonly rules: Readonly<Record<Rule['name'], string>>
  readonly effect: {
    readonly title: string
    readonly titleApplied: string
    readonly moved: string
    readonly up: string
    readonly down: string
    readonly scores: string
    readonly nothing: string
    readonly measure: string
    readonly before: string
    readonly after: string
    readonly mean: string
    readonly standardDeviation: string
    readonly alpha: string
    readonly maximum: string
    readonly students: string
    readonly item: (label: string) => string
    /** What is said of a part. */
    readonly ofItem: (label: string, said: string) => string
    readonly difficulty: string
    readonly restCorrelation: string
    readonly upperLower: string
    readonly tooFew: string
    readonly distribution: string
    readonly distributionSummary: (before: string, after: string) => string
    readonly from: string
    readonly to: string
    readonly exportedNone: string
    readonly exported: (when: string, by: string | null, changed: number) => string
  }
  readonly changes: {
    readonly title: string
    readonly key: string
    readonly rule: string
    readonly points: string
    readonly none: string
    readonly or: string
    readonly versions: (versions: string) => string
    readonly verdict: string
    readonly verdicts: Readonly<Record<ForeseenVerdict, string>>
    readonly explanation: string
  }
  readonly students: {
    readonly title: string
    readonly titleApplied: string
    readonly search: string
    readonly find: string
    readonly csv: string
    readonly name: string
    readonly before: string
    readonly after: string
    readonly why: string
    readonly attempt: (number: number) => string
    readonly notCounting: string
    readonly toSend: (points: string) => string
    readonly chose: (label: string, chosen: string, before: string, after: string, rule: string) => string
    readonly page: (from: number, to: number, all: number) => string
    readonly previous: string
    readonly next: string
    readonly noMatch: string
  }
  readonly actions: {
    readonly apply: string
    readonly applyNow: (moved: number) => string
    readonly cancel: string
    readonly applying: string
    readonly edit: string
    readonly discard: string
    readonly undo: string
    readonly renew: string
    readonly outdated: string
    readonly superseded: (number: number) => string
    readonly needsOther: string
    readonly onlyInstructors: string
    readonly contradicted: string
    readonly keyReason: string
    readonly failed: string
  }
  readonly reason: string
  readonly keyReason: string
  readonly back: string
}
