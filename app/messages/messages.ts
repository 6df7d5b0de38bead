import type { ProgressStep } from '@/lib/explainers/evidence'
import type { LegendEntry } from '@/lib/explainers/figures/document'
import type { Topic } from '@/lib/questions/content'
import type { AttemptKeep } from '@/lib/scoring/attempt-choice'

/** Everything that the interface says. A text missing in one language is a type error in its dictionary. */
export interface Messages {
  readonly common: {
    readonly explorer: string
    readonly skip: string
    readonly home: string
    readonly signOut: string
    readonly signOutEverywhere: string
    readonly settings: string
    readonly close: string
    readonly retry: string
    readonly loading: string
    readonly points: (formatted: string) => string
    readonly questions: (count: number) => string
    readonly parts: (count: number) => string
  }
  readonly language: {
    readonly label: string
    readonly zh: string
    readonly en: string
    readonly both: string
    readonly bothShort: string
  }
  readonly theme: {
    readonly label: string
    readonly light: string
    readonly dark: string
    readonly system: string
  }
  readonly topics: Readonly<Record<Topic, string>>
  readonly signIn: {
    readonly title: string
    readonly lead: string
    readonly email: string
    readonly password: string
    readonly submit: string
    readonly working: string
    readonly wrong: string
    readonly throttled: (seconds: number) => string
    /** The institution's sign-in failed. */
    readonly institutionFailed: string
    readonly institution: (name: string) => string
    readonly unreachable: string
    readonly missing: string
    readonly demo: string
    readonly demoNote: string
  }
  readonly roles: Readonly<Record<'STUDENT' | 'TA' | 'INSTRUCTOR', string>>
  readonly home: {
    readonly title: string
    readonly welcome: (name: string) => string
    readonly empty: string
    readonly emptyHint: string
    readonly noAssignments: string
    readonly open: string
    readonly staff: string
  }
  readonly time: {
    readonly opens: (when: string, relative: string) => string
    readonly due: (when: string, relative: string) => string
    readonly overdue: (when: string) => string
    readonly closes: (when: string, relative: string) => string
    readonly closed: (when: string) => string
    readonly noLimit: string
    readonly noDates: string
    readonly relative: (milliseconds: number) => string
    /** A length of time, counted down by the second in its last ten minutes. */
    readonly span: (milliseconds: number) => string
    readonly opensIn: (span: string, when: string) => string
    /** @param after what is credited afterwards, in per cent */
    readonly dueIn: (span: string, when: string, after: number) => string
    readonly creditIn: (span: string, when: string, after: number) => string
    readonly closesIn: (span: string, when: string) => string
    readonly limitIn: (span: string, when: string) => string
    readonly creditNow: (percent: number) => string
    readonly credited: (percent: number) => string
    readonly over: string
    readonly submittedByServer: string
    readonly left: (minutes: number) => string
    readonly limit: (minutes: number, extra: number) => string
  }
  readonly assignment: {
    readonly counts: string
    readonly start: string
    readonly starting: string
    readonly continueAt: (label: string) => string
    readonly review: string
    readonly result: string
    readonly startFailed: string
    readonly notOpen: string
    readonly closedUnstarted: string
    readonly progress: (answered: number, total: number) => string
    readonly mapTitle: string
    readonly howSaved: string
    readonly staffLink: string
    readonly submittedAt: (when: string) => string
    readonly startAgain: (number: number) => string
    readonly attempts: string
    readonly attempt: (number: number) => string
    readonly attemptsAllowed: (count: number, keep: AttemptKeep) => string
    readonly countsBadge: string
    readonly running: string
    readonly late: string
    readonly until: string
    readonly untilClosing: string
  }
  readonly state: {
    readonly answered: string
    readonly partial: string
    readonly unanswered: string
    readonly flagged: string
    readonly current: string
  }
  readonly question: {
    readonly title: (label: string) => string
    readonly position: (position: number, total: number) => string
    readonly part: (label: string) => string
    readonly chooseOne: string
    readonly chooseCount: (count: number, chosen: number) => string
    readonly chooseAny: (chosen: number) => string
    readonly full: (count: number) => string
    readonly clear: string
    readonly flag: string
    readonly explore: Readonly<
      Record<
        'attention' | 'embedding-visualisation' | 'embedding-analysis',
        { readonly title: string; readonly lead: string }
      >
    > & { readonly open: string; readonly close: string; readonly unreachable: string }
    readonly previous: string
    readonly next: string
    readonly toReview: string
    readonly map: string
    readonly mapSummary: (answered: number, total: number) => string
    readonly options: string
    readonly shortcuts: string
    readonly readOnly: string
  }
  readonly shortcuts: {
    readonly title: string
    readonly choose: string
    readonly move: string
    readonly flag: string
    readonly between: string
    readonly map: string
    readonly superpixels: string
    readonly help: string
    readonly enable: string
    readonly enableHint: string
  }
  readonly saving: {
    readonly nothing: string
    readonly saving: string
    readonly saved: (time: string) => string
    readonly savedShort: string
    /** `kept`: whether the device keeps the answers meanwhile. */
    readonly waiting: (unsent: number, kept: boolean) => string
    readonly overtaken: string
    readonly closed: string
    /** After why it is closed. Nothing for none. */
    readonly unsaved: (unsent: number) => string
    readonly signedOut: (unsent: number) => string
    readonly otherPerson: (unsent: number) => string
    /** Followed by the server's reason. */
    readonly refused: (unsent: number) => string
    readonly storageFull: string
    readonly reload: string
    readonly signIn: string
    readonly offline: string
    /** The page is the one that this device kept at that time. */
    readonly keptCopy: (time: string) => string
    readonly answerFile: string
    readonly answerFileFailed: string
    readonly leave: {
      readonly title: string
      readonly text: (unsent: number) => string
      readonly stay: string
      readonly confirm: string
    }
  }
  readonly figure: {
    readonly title: string
    readonly hide: string
    readonly show: string
    readonly steps: Readonly<Record<ProgressStep, (done: number, total: number) => string>>
    readonly queued: (ahead: number) => string
    readonly estimate: (seconds: number) => string
    readonly answeringOpen: string
    readonly failed: string
    readonly lost: string
    readonly arrived: string
    readonly tools: string
    readonly zoom: string
    readonly zoomPanel: (caption: string) => string
    readonly view: string
    readonly side: string
    readonly overlay: string
    readonly swipe: string
    readonly opacity: string
    readonly swipePosition: string
    readonly safeColours: string
    readonly download: string
    readonly how: string
    readonly marks: Readonly<Record<LegendEntry['mark'], string>>
    readonly legend: string
    readonly scale: (minimum: string, maximum: string, unit: string) => string
    readonly value: string
    readonly superpixels: (caption: string) => string
    readonly superpixelsHint: string
    readonly pointHint: string
    readonly superpixel: (index: number, weight: string) => string
    readonly zoomIn: string
    readonly zoomOut: string
    readonly zoomReset: string
    readonly zoomHint: string
    readonly fullScreen: string
    readonly leaveFullScreen: string
    readonly previousPanel: string
    readonly nextPanel: string
    readonly alternative: string
    readonly layer: (index: number, type: string, channels: number) => string
    readonly showFigure: string
  }
  readonly plaque: {
    readonly title: string
    readonly input: string
    readonly seed: (seed: number) => string
    readonly seconds: (seconds: string) => string
    readonly time: string
    readonly name: string
    readonly variants: Readonly<Record<'homework' | 'paper', string>>
    readonly reproducible: string
    readonly methods: Readonly<Record<string, string>>
    readonly settings: Readonly<Record<string, (value: string) => string>>
  }
  readonly review: {
    readonly title: string
    readonly allAnswered: string
    readonly unanswered: (count: number) => string
    readonly partial: (count: number) => string
    readonly flagged: (count: number) => string
    readonly open: string
    readonly flaggedTitle: string
    readonly answeredTitle: string
    readonly submit: string
    readonly submitting: string
    readonly waiting: string
    readonly confirmTitle: string
    readonly confirmComplete: string
    readonly confirmOpen: (count: number) => string
    readonly confirmFinal: string
    readonly confirm: string
    readonly back: string
    readonly failed: string
    readonly receiptTitle: string
    readonly receipt: string
    readonly receiptHint: string
    readonly seeResult: string
    readonly backToQuestions: string
  }
  readonly result: {
    readonly title: string
    readonly ofMaximum: (maximum: string) => string
    readonly byTopic: string
    readonly byQuestion: string
    readonly yours: string
    readonly both: string
    readonly missed: string
    readonly noAnswer: string
    readonly why: string
    readonly notReleased: string
    readonly notReleasedUntil: (when: string) => string
    readonly keyNotReleased: string
    readonly keyNotReleasedUntil: (when: string) => string
    readonly lateCredit: (percent: number, earned: string, credited: string) => string
    readonly byServer: string
    readonly signedReceipt: string
    readonly print: string
    readonly full: string
    readonly partly: string
    readonly zero: string
  }
  readonly staff: {
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
  readonly errors: {
    readonly notFoundTitle: string
    readonly notFound: string
    readonly forbiddenTitle: string
    readonly forbidden: string
    readonly errorTitle: string
    readonly error: string
    readonly reference: (digest: string) => string
    readonly home: string
  }
}
