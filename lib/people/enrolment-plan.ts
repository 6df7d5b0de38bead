import type { Role } from '@/lib/auth/permissions'
import type { PersonRow } from '@/lib/people/people-table'
import type {
  EnrolmentReport,
  InvitationLink,
  PeopleProblem,
  PersonChange,
  PlannedLine,
} from '@/lib/people/view'

/** What a person is in a course. */
export interface Membership {
  readonly role: Role
  /** Name of the section; null: in none. */
  readonly section: string | null
  readonly extraTimePercent: number
}

/** A course as a table finds it, by email in lower case. */
export interface Roster {
  readonly members: ReadonlyMap<string, Membership & { readonly name: string }>
  /** Names of those who have an account, in the course or not. */
  readonly accounts: ReadonlyMap<string, string>
  readonly sections: ReadonlySet<string>
}

/** What happens to one person. */
export interface EnrolmentStep {
  readonly email: string
  readonly name: string
  readonly kind: PlannedLine['kind']
  readonly becomes: Membership
}

export interface EnrolmentPlan {
  readonly steps: readonly EnrolmentStep[]
  /** As people read them; one a step. */
  readonly lines: readonly PlannedLine[]
  readonly same: number
  /** Names of sections that have to be made. */
  readonly sections: readonly string[]
  readonly problems: readonly PeopleProblem[]
}

const asNewcomer: Membership = { role: 'STUDENT', section: null, extraTimePercent: 0 }

/**
 * Says what a table does to a course, without doing it. Whoever is not in the table stays as they are, and so does the name
 * of whoever has an account.
 * @param rows each email once
 */
export function planEnrolment(rows: readonly PersonRow[], roster: Roster): EnrolmentPlan {
  const steps: EnrolmentStep[] = []
  const lines: PlannedLine[] = []
  const problems: PeopleProblem[] = []
  let same = 0
  for (const row of rows) {
    const member = roster.members.get(row.email)
    const name = member?.name ?? roster.accounts.get(row.email) ?? row.name
    const becomes = membershipAfter(row, member ?? asNewcomer)
    if (name === null) {
      problems.push({ line: row.line, issue: 'name', found: row.email })
      continue
    }
    if (becomes.role !== 'STUDENT' && (row.section !== null || row.extraTimePercent)) {
      problems.push({ line: row.line, issue: 'students-only', found: row.email })
      continue
    }
    const changes = changesBetween(member ?? null, becomes)
    if (member && changes.length === 0) {
      same += 1
      continue
    }
    const kind = member ? 'change' : roster.accounts.has(row.email) ? 'enrol' : 'account'
    steps.push({ email: row.email, name, kind, becomes })
    lines.push({ line: row.line, email: row.email, name, kind, role: becomes.role, changes })
  }
  if (losesItsInstructors(roster, steps)) {
    const first = lines.find(({ email }) => roster.members.get(email)?.role === 'INSTRUCTOR')!
    problems.push({ line: first.line, issue: 'last-instructor', found: first.email })
  }
  const wanted = new Set(steps.flatMap(({ becomes }) => becomes.section ?? []))
  return {
    steps,
    lines,
    same,
    sections: [...wanted].filter((name) => !roster.sections.has(name)),
    problems: problems.sort((left, right) => left.line - right.line),
  }
}

/** @param unread what was wrong with lines that are not in the plan */
export function reportOf(
  { lines, same, sections, problems }: EnrolmentPlan,
  unread: readonly PeopleProblem[],
  invitations: readonly InvitationLink[],
): EnrolmentReport {
  const wrong = [...unread, ...problems].sort((left, right) => left.line - right.line)
  return { lines, same, sections, problems: wrong, invitations }
}

/** Sections and extra time are for students: whoever becomes something else has neither. */
function membershipAfter(row: PersonRow, before: Membership): Membership {
  const role = row.role ?? before.role
  if (role !== 'STUDENT') return { role, section: null, extraTimePercent: 0 }
  return {
    role,
    section: row.section ?? before.section,
    extraTimePercent: row.extraTimePercent ?? before.extraTimePercent,
  }
}

function changesBetween(before: Membership | null, after: Membership): PersonChange[] {
  const from = before ?? asNewcomer
  const changes: PersonChange[] = []
  if (before && from.role !== after.role) changes.push({ field: 'role', from: from.role, to: after.role })
  if (from.section !== after.section)
    changes.push({ field: 'section', from: from.section ?? '', to: after.section ?? '' })
  if (from.extraTimePercent !== after.extraTimePercent)
    changes.push({
      field: 'extraTime',
      from: String(from.extraTimePercent),
      to: String(after.extraTimePercent),
    })
  return changes
}

function losesItsInstructors({ members }: Roster, steps: readonly EnrolmentStep[]): boolean {
  const after = new Map([...members].map(([email, { role }]) => [email, role]))
  for (const { email, becomes } of steps) after.set(email, becomes.role)
  const had = [...members.values()].some(({ role }) => role === 'INSTRUCTOR')
  return had && ![...after.values()].includes('INSTRUCTOR')
}
