import type { AttemptKeep } from '@/lib/scoring/attempt-choice'

/** What a student reads from the front page of an assignment to its result. */
export interface AttemptMessages {
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
    /** @param until null: it has no end */
    readonly reopened: (until: string | null) => string
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
    readonly drawnAtStart: string
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
    /** The server is there and asked for a pause. */
    readonly busy: (unsent: number, kept: boolean) => string
    /** The server had lost answers, which this device has sent again. */
    readonly resent: (count: number) => string
    readonly resentRead: string
    /** The server went back in time. */
    readonly restored: (restoredAt: string, backedUpAt: string) => string
    readonly overtaken: string
    readonly closed: string
    /** After why it is closed. Nothing for none. */
    readonly unsaved: (unsent: number) => string
    readonly signedOut: (unsent: number) => string
    readonly otherPerson: (unsent: number) => string
    /** The server does not have the attempt any more. */
    readonly lostAttempt: (unsent: number) => string
    readonly startAgain: string
    /** Offers the answers of a lost attempt to the one that was started in its place. */
    readonly lostAnswers: {
      readonly title: string
      readonly text: (kept: number) => string
      readonly answeredAnew: (count: number) => string
      readonly changed: (count: number) => string
      readonly take: (count: number) => string
      readonly dismiss: string
    }
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
      readonly draftsTitle: string
      /** Drafts of questions, which do not stay. */
      readonly drafts: (unsaved: number) => string
      readonly stay: string
      readonly confirm: string
    }
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
}
