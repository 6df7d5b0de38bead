import type { Selection } from '@/lib/questions/content'
import type { DraftPlace, DraftProblemCode } from '@/lib/studio/draft-problems'

/** What the studio's list and editor of questions say. */
export interface StudioMessages {
  readonly title: string
  readonly lead: string
  readonly bank: string
  /** For staff who may look at it. */
  readonly readOnly: string
  readonly list: {
    readonly label: string
    readonly add: string
    readonly empty: string
    readonly untitled: string
    readonly unpublished: string
    readonly version: (version: number) => string
    readonly draft: (author: string, when: string) => string
    readonly shown: (attempts: number) => string
    readonly drawn: (pool: string) => string
    readonly noFigure: string
    readonly figure: (state: string) => string
    readonly unchecked: string
    readonly verdict: string
    readonly archived: string
    readonly archivedLead: string
    readonly archive: (label: string) => string
    readonly unarchive: (label: string) => string
    readonly copy: (label: string) => string
    readonly move: (label: string) => string
    readonly moveHint: string
    readonly lifted: (place: number) => string
    readonly over: (place: number) => string
    readonly dropped: (place: number) => string
    readonly cancelled: string
    readonly failed: string
    readonly order: string
    readonly back: string
  }
  readonly panes: {
    readonly label: string
    readonly list: string
    readonly edit: string
    readonly preview: string
  }
  readonly state: {
    readonly published: (version: number) => string
    readonly neverPublished: string
    readonly saving: string
    readonly saved: (time: string) => string
    readonly unsaved: string
    readonly waiting: string
    readonly notKept: string
    readonly signedOut: string
    readonly refused: string
    readonly conflict: string
  }
  readonly actions: {
    readonly undo: string
    readonly redo: string
    readonly variants: string
    readonly history: string
    readonly discard: string
    readonly discardAsk: string
    readonly discardNow: string
    readonly discardFailed: string
    readonly publish: string
    readonly cancel: string
  }
  readonly form: {
    readonly label: string
    readonly labelHint: string
    readonly topic: string
    readonly prompt: string
    readonly markdownHint: string
    readonly languages: Readonly<Record<'zh' | 'en', string>>
    readonly figure: string
    readonly part: (label: string) => string
    readonly partPrompt: string
    readonly partPromptHint: string
    readonly selection: string
    readonly selections: Readonly<Record<Selection['kind'], string>>
    readonly count: string
    readonly points: string
    readonly options: string
    readonly optionsHint: string
    readonly option: (letter: string) => string
    readonly correct: (letter: string) => string
    readonly addOption: string
    readonly removeOption: (letter: string) => string
    readonly moveOption: (letter: string) => string
    readonly pinned: (letter: string) => string
    readonly addPart: string
    readonly removePart: (label: string) => string
    readonly movePartUp: (label: string) => string
    readonly movePartDown: (label: string) => string
    readonly alsoAccepted: (count: number) => string
    readonly explanation: string
    readonly evidence: string
    readonly evidenceKinds: Readonly<Record<'none' | 'claims' | 'reasoned', string>>
    readonly evidenceHints: Readonly<Record<'none' | 'claims' | 'reasoned', string>>
  }
  readonly problems: Readonly<Record<DraftProblemCode, string>>
  readonly places: Readonly<Record<DraftPlace['field'], string>>
  readonly at: (part: string | null, field: string, option: string | null) => string
  readonly preview: {
    readonly title: string
    readonly reading: string
    readonly readings: Readonly<Record<'zh' | 'en' | 'both', string>>
    readonly readingNames: Readonly<Record<'zh' | 'en' | 'both', string>>
    readonly screen: string
    readonly screens: Readonly<Record<'phone' | 'desktop', string>>
    readonly widen: string
    readonly narrow: string
    readonly frame: string
    readonly figureLater: string
    readonly noParts: string
  }
  readonly conflict: {
    readonly title: string
    readonly byOther: (author: string, when: string) => string
    readonly bySelf: (when: string) => string
    readonly ended: (author: string, when: string) => string
    readonly hint: string
    readonly differences: string
    readonly mine: string
    readonly theirs: string
    readonly published: string
  }
  readonly publish: {
    readonly title: string
    readonly lead: (attempts: number) => string
    readonly problems: (count: number) => string
    readonly warnings: string
    readonly changes: (version: number) => string
    readonly first: string
    readonly unchanged: string
    readonly contradicted: (parts: string) => string
    readonly reason: string
    readonly now: (version: number) => string
    readonly working: string
    readonly failed: string
    readonly outdated: string
    readonly done: (version: number) => string
    readonly doneHint: string
    readonly check: {
      readonly queued: string
      readonly computing: (done: number, total: number) => string
      readonly done: string
      readonly failed: string
    }
    readonly evidence: string
    readonly regrade: string
    readonly close: string
  }
  readonly history: {
    readonly title: string
    readonly description: string
    readonly version: (version: number) => string
    readonly current: string
    readonly by: (author: string | null, when: string) => string
    readonly attempts: (count: number) => string
    readonly setAside: (author: string, when: string) => string
    readonly compare: string
    readonly hide: string
    readonly restore: string
    readonly restoreHint: string
    readonly same: string
    readonly loading: string
    readonly failed: string
    readonly none: string
  }
}
