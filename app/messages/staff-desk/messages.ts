import type { AuditAction } from '@/lib/audit/mutations'
import type { ReadingLanguage } from '@/lib/item-analysis/view'
import type { ScoreRule } from '@/lib/questions/content'
import type { StudentState } from '@/lib/scoreboard/view'

/** What the staff pages about a class say; apart from the rest, so that students' pages do not load it. */
export interface DeskMessages {
  readonly navigation: {
    readonly label: string
    readonly overview: string
    readonly scores: string
    readonly statistics: string
    readonly evidence: string
    readonly studio: string
    readonly regrades: string
    readonly appeals: string
    readonly waiting: (count: number) => string
    readonly sections: string
    readonly dates: string
    readonly settings: string
    readonly course: string
    readonly receipts: string
    readonly audit: string
  }
  readonly overview: {
    readonly title: string
    readonly students: string
    readonly noStudents: string
    readonly name: string
    readonly state: string
    readonly answered: string
    readonly score: string
    readonly submitted: string
    readonly notStarted: string
    readonly working: string
    readonly done: string
    readonly questions: string
    readonly question: string
    readonly key: string
    readonly rule: string
    readonly figure: string
    readonly figures: string
    readonly figureStates: Readonly<Record<'queued' | 'computing' | 'ready' | 'failed' | 'none', string>>
    readonly scores: (score: string, maximum: string) => string
  }
  readonly chart: {
    readonly asTable: string
    readonly csv: string
    readonly csvOf: (what: string) => string
  }
  readonly states: Readonly<Record<StudentState, string>>
  readonly section: string
  readonly simulated: string
  /** Of a moment some seconds ago, while the class goes on. */
  readonly asOf: (time: string) => string
  readonly simulatedNotice: (count: number, all: number) => string
  readonly scores: {
    readonly title: string
    readonly numbers: string
    readonly enrolled: string
    readonly mean: string
    readonly median: string
    readonly live: (time: string) => string
    readonly lost: string
    readonly distribution: string
    readonly distributionSummary: (n: number, mean: string, low: string, high: string) => string
    readonly noScores: string
    readonly range: string
    readonly from: string
    readonly to: string
    readonly students: string
    readonly timeOnTask: string
    readonly timeSummary: (median: string, low: string, high: string) => string
    readonly timeHint: string
    readonly minutesRange: string
    readonly minutes: (value: string) => string
    readonly progress: string
    readonly progressSummary: (most: string, least: string) => string
    readonly progressEmpty: string
    readonly part: string
    readonly question: (label: string) => string
    readonly answered: string
    readonly answeredShare: string
    readonly meanScore: string
    readonly table: string
    readonly search: string
    readonly searchHint: string
    readonly filter: string
    readonly all: string
    readonly shown: (shown: number, all: number) => string
    readonly nobody: string
    readonly noneFound: string
    readonly more: (count: number) => string
    readonly exportShown: string
    readonly exportAll: string
    readonly sortBy: (column: string) => string
    readonly name: string
    readonly email: string
    readonly state: string
    readonly score: string
    readonly time: string
    readonly started: string
    readonly submitted: string
  }
  readonly work: {
    /** Ending a student's sessions. */
    readonly signOut: {
      readonly button: string
      readonly title: (name: string) => string
      readonly text: string
      readonly confirm: string
      readonly cancel: string
      readonly done: string
      readonly failed: string
    }
    readonly title: string
    readonly back: string
    readonly notStarted: string
    readonly attempt: (number: number) => string
    readonly attempts: string
    readonly receipt: string
    /** Above the submissions that an extension has undone. */
    readonly superseded: string
    readonly supersededLead: string
    readonly reopened: string
    readonly timeAtWork: string
    readonly answered: string
    readonly chosen: string
    readonly key: string
    readonly chosenKey: string
    readonly noAnswer: string
    readonly notScored: string
    readonly points: (points: string, maximum: string) => string
    readonly scoredBy: (rule: ScoreRule, keyVersion: number, questionVersion: number) => string
    readonly history: (saves: number) => string
    readonly cleared: string
    readonly revision: string
    readonly savedAt: string
    readonly choice: string
    readonly flagged: string
    /** Of a drawn question: its number in the student's own attempt. */
    readonly shownAs: (number: number) => string
    readonly byQuestion: string
  }
  readonly audit: {
    readonly title: string
    readonly lead: string
    readonly search: string
    readonly searchHint: string
    readonly find: string
    readonly export: string
    readonly none: string
    readonly nobody: string
    readonly older: string
    readonly newest: string
    readonly before: string
    readonly after: string
    /** @param whom a student's name, or whose place a command or the server took. */
    readonly actingAs: (whom: string) => string
    readonly request: string
    readonly requestHint: string
    readonly actions: Readonly<Record<AuditAction, string>>
  }
  readonly statistics: {
    readonly title: string
    readonly tooFew: (students: number, needed: number) => string
    readonly tooFewHint: string
    readonly caution: (students: number) => string
    readonly leftOut: (count: number) => string
    /** @param parts labels, separated by commas */
    readonly rarelyDrawn: (parts: string) => string
    readonly attempts: string
    readonly first: string
    readonly latest: string
    readonly students: string
    readonly mean: string
    readonly deviation: string
    readonly alpha: string
    readonly error: string
    readonly map: string
    readonly mapSummary: string
    readonly difficulty: string
    readonly part: string
    readonly intervalLow: string
    readonly intervalHigh: string
    readonly restCorrelation: string
    readonly upperLower: string
    readonly alphaWithout: string
    readonly variants: string
    readonly variant: string
    readonly ownVariant: string
    readonly fullPoints: string
    readonly harder: string
    readonly isHarder: string
    readonly variantsNote: string
    readonly variantName: (number: number) => string
    readonly unanswered: string
    readonly worthALook: string
    readonly nothingFlagged: string
    readonly byChance: string
    readonly flags: {
      readonly negative: (correlation: string) => string
      readonly distractor: (option: string, count: number, correlation: string) => string
      readonly neverChosen: (option: string) => string
      readonly harderVariant: (number: number | null, probability: string) => string
      readonly neverChosenSeveral: (options: string) => string
    }
    readonly flagCount: (count: number) => string
    readonly items: string
    readonly options: string
    readonly option: string
    readonly count: string
    readonly share: string
    readonly upper: string
    readonly lower: string
    readonly meanTotal: string
    readonly optionCorrelation: string
    readonly right: string
    readonly exportItems: string
    readonly exportOptions: string
    readonly byLanguage: string
    readonly byLanguageLead: string
    readonly languages: Readonly<Record<ReadingLanguage, string>>
    readonly languageUnknown: string
    readonly languageTooFew: string
    readonly languageItems: string
    readonly how: string
    readonly method: readonly string[]
  }
}
