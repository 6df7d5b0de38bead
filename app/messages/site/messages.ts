import type { Topic } from '@/lib/questions/content'

/** What stands around every page: names, settings, signing in, the list of courses, errors. */
export interface SiteMessages {
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
    /** Between a name and what it is. */
    readonly colon: string
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
    readonly draft: string
    readonly coursePages: string
    readonly newCourse: string
    readonly operations: string
    readonly archived: (courses: number) => string
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
