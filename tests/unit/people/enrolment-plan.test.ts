import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Membership, planEnrolment, type Roster } from '@/lib/people/enrolment-plan'
import type { PersonRow } from '@/lib/people/people-table'

const emails = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.org`)
const role = fc.constantFrom('STUDENT' as const, 'TA' as const, 'INSTRUCTOR' as const)
const membership: fc.Arbitrary<Membership> = fc
  .record({ role, section: fc.constantFrom(null, 'A', 'B'), extraTimePercent: fc.constantFrom(0, 25) })
  .map((one) => (one.role === 'STUDENT' ? one : { role: one.role, section: null, extraTimePercent: 0 }))
const roster: fc.Arbitrary<Roster> = fc
  .tuple(fc.dictionary(fc.constantFrom(...emails), membership), fc.subarray(emails), fc.subarray(['A', 'B']))
  .map(([members, accounts, sections]) => ({
    members: new Map(Object.entries(members).map(([email, one]) => [email, { ...one, name: `N ${email}` }])),
    accounts: new Map([...new Set([...Object.keys(members), ...accounts])].map((email) => [email, 'N'])),
    sections: new Set(sections),
  }))
const rows: fc.Arbitrary<PersonRow[]> = fc
  .uniqueArray(
    fc.record({
      email: fc.constantFrom(...emails),
      name: fc.constantFrom(null, 'Given'),
      role: fc.option(role),
      section: fc.constantFrom(null, 'A', 'C'),
      extraTimePercent: fc.constantFrom(null, 0, 50),
    }),
    { selector: ({ email }) => email },
  )
  .map((all) => all.map((row, index) => ({ line: index + 2, ...row })))

/** The roster with a plan carried out. */
function carriedOut(before: Roster, steps: ReturnType<typeof planEnrolment>['steps']): Roster {
  const members = new Map(before.members)
  for (const { email, name, becomes } of steps) members.set(email, { ...becomes, name })
  return {
    members,
    accounts: new Map([...before.accounts, ...steps.map(({ email, name }) => [email, name] as const)]),
    sections: new Set([...before.sections, ...steps.flatMap(({ becomes }) => becomes.section ?? [])]),
  }
}

describe('the plan of an enrolment', () => {
  it('carried out once leaves nothing to do, and everybody who is not in the table as they were', () => {
    fc.assert(
      fc.property(roster, rows, (before, table) => {
        const plan = planEnrolment(table, before)
        const result = carriedOut(before, plan.steps)
        const told = table.filter(({ line }) => !plan.problems.some((problem) => problem.line === line))
        const again = planEnrolment(told, result)
        expect(again.steps).toEqual([])
        expect(again.sections).toEqual([])
        for (const [email, member] of before.members)
          if (!table.some((row) => row.email === email)) expect(result.members.get(email)).toEqual(member)
        for (const { email, role, section, extraTimePercent } of told) {
          const now = result.members.get(email)!
          if (role !== null) expect(now.role).toBe(role)
          if (section !== null) expect(now.section).toBe(section)
          if (extraTimePercent) expect(now.extraTimePercent).toBe(extraTimePercent)
        }
      }),
    )
  })

  it('refuses whatever would leave a course without an instructor', () => {
    fc.assert(
      fc.property(roster, rows, (before, table) => {
        const plan = planEnrolment(table, before)
        const instructors = (of: Roster) =>
          [...of.members.values()].filter((one) => one.role === 'INSTRUCTOR')
        const lost =
          instructors(before).length > 0 && instructors(carriedOut(before, plan.steps)).length === 0
        expect(plan.problems.some(({ issue }) => issue === 'last-instructor')).toBe(lost)
      }),
    )
  })

  it('asks for a name where there is no account, and keeps sections and extra time to students', () => {
    const empty: Roster = {
      members: new Map(),
      accounts: new Map([['b@example.org', 'Bo']]),
      sections: new Set(),
    }
    const row = { role: null, section: null, extraTimePercent: null }
    const plan = planEnrolment(
      [
        { ...row, line: 2, email: 'a@example.org', name: null },
        { ...row, line: 3, email: 'b@example.org', name: null },
        { ...row, line: 4, email: 'c@example.org', name: 'C', role: 'TA', section: 'A' },
      ],
      empty,
    )
    expect(plan.problems).toEqual([
      { line: 2, issue: 'name', found: 'a@example.org' },
      { line: 4, issue: 'students-only', found: 'c@example.org' },
    ])
    expect(plan.lines).toMatchObject([{ line: 3, name: 'Bo', kind: 'enrol', role: 'STUDENT' }])
  })
})
