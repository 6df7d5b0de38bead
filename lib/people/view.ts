import type { Role } from '@/lib/auth/permissions'

/** Characters of a table that is taken in, and bytes of its file. */
export const largestPeopleTable = 250_000

/** How far a person's account has come. */
export type AccountState =
  /** Has a password, or signs in through the institution. */
  | { readonly kind: 'entered' }
  /** Invited from this course. `expiresAt`: ISO 8601. */
  | { readonly kind: 'invited'; readonly expiresAt: string; readonly expired: boolean }
  /** Invited from another course, or by an operator: only they can make a new link. */
  | { readonly kind: 'invited-elsewhere' }

export interface PersonLine {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly simulated: boolean
  readonly role: Role
  /** null: in none. */
  readonly sectionId: string | null
  readonly extraTimePercent: number
  readonly account: AccountState
  /** In assignments of the course. */
  readonly attempts: number
}

/** A link into an account, told once. */
export interface InvitationLink {
  readonly name: string
  readonly email: string
  /** Of this site, from its root. Whoever has it may set the account's password. */
  readonly path: string
  /** ISO 8601. */
  readonly expiresAt: string
}

/** Something that a table changes about one person, as people read it. */
export interface PersonChange {
  readonly field: 'role' | 'section' | 'extraTime'
  readonly from: string
  readonly to: string
}

/** What a line of a table does. */
export interface PlannedLine {
  readonly line: number
  readonly email: string
  readonly name: string
  /** `account`: a new one, enrolled. `enrol`: somebody with an account. `change`: somebody of the course. */
  readonly kind: 'account' | 'enrol' | 'change'
  readonly role: Role
  readonly changes: readonly PersonChange[]
}

/** What a table does, or did. */
export interface EnrolmentReport {
  /** Lines that change nothing are left out. */
  readonly lines: readonly PlannedLine[]
  /** How many lines leave people as they are. */
  readonly same: number
  /** Names of sections that are made. */
  readonly sections: readonly string[]
  /** Empty for a table that was taken in. */
  readonly problems: readonly PeopleProblem[]
  /** For the new accounts, once; empty before it is done. */
  readonly invitations: readonly InvitationLink[]
}

/**
 * What is wrong with a line. `columns`: the first line does not name a column `email`. `email`: there is none, or it is no
 * address. `name`: somebody without an account needs one. `role`, `section`, `extra-time`: no such thing. `students-only`:
 * sections and extra time are for students. `twice`: the person stands in an earlier line. `last-instructor`: the course
 * would have none left.
 */
export const peopleIssues = [
  'columns',
  'email',
  'name',
  'role',
  'section',
  'extra-time',
  'students-only',
  'twice',
  'last-instructor',
] as const
export type PeopleIssue = (typeof peopleIssues)[number]

export interface PeopleProblem {
  readonly line: number
  readonly issue: PeopleIssue
  /** What stands there. */
  readonly found: string
}
