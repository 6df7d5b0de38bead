import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCsv } from '@/lib/interchange/csv'
import { readPeopleTable } from '@/lib/people/people-table'
import { wordPeopleProblem } from '@/lib/people/wording'

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
const person = fc.record({
  email: fc.tuple(word, word).map(([name, host]) => `${name}@${host}.example`),
  name: fc.constantFrom('林美', 'Mei Lin', '=SUM(1)', 'O’Neill, Ann', 'He said "no"'),
  role: fc.constantFrom('STUDENT' as const, 'TA' as const, 'INSTRUCTOR' as const),
  section: fc.constantFrom(null, 'A', '週一 10 點'),
  extraTimePercent: fc.constantFrom(null, 0, 25, 400),
})
const columnNames = {
  email: ['email', 'E-Mail', '電子郵件'],
  name: ['name', '姓名'],
  role: ['role', '身分'],
  section: ['Section', '班別'],
  extraTimePercent: ['extra time', '延長時間'],
} as const
type Column = keyof typeof columnNames

describe('a table of people', () => {
  it('that was written is read again, whatever the order and language of its columns', () => {
    const columns = fc.shuffledSubarray(Object.keys(columnNames) as Column[], { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: ({ email }) => email, maxLength: 20 }),
        columns,
        fc.nat(),
        (people, order, choice) => {
          const header = order.map((column) => columnNames[column][choice % columnNames[column].length]!)
          const cells = people.map((one) => order.map((column) => one[column]))
          const { rows, problems } = readPeopleTable(formatCsv([header, ...cells]))
          expect(problems).toEqual([])
          expect(rows).toEqual(people.map((one, index) => ({ line: index + 2, ...one })))
        },
      ),
    )
  })

  it('has each of its mistakes named with the line, and keeps the lines that are right', () => {
    const table = [
      'email;name;role;section;extra time',
      'mei@example.org;Mei;學生;A;25%',
      'no address;X;;;',
      'MEI@example.org;Mei;;;',
      'ann@example.org;Ann;boss;;',
      'tom@example.org;Tom;ta;;401',
      `eva@example.org;Eva;;${'x'.repeat(61)};`,
      '',
      'kim@example.org;Kim;TA;;',
    ].join('\n')
    const { rows, problems } = readPeopleTable(table)
    expect(rows).toEqual([
      { line: 2, email: 'mei@example.org', name: 'Mei', role: 'STUDENT', section: 'A', extraTimePercent: 25 },
      { line: 9, email: 'kim@example.org', name: 'Kim', role: 'TA', section: null, extraTimePercent: null },
    ])
    expect(problems.map(({ line, issue }) => [line, issue])).toEqual([
      [3, 'email'],
      [4, 'twice'],
      [5, 'role'],
      [6, 'extra-time'],
      [7, 'section'],
    ])
    for (const problem of problems) expect(wordPeopleProblem(problem).zh).toContain(problem.found)
  })

  it('needs a column of emails', () => {
    expect(readPeopleTable('name,role\nMei,student').problems).toEqual([
      { line: 1, issue: 'columns', found: 'name, role' },
    ])
    expect(readPeopleTable('').problems).toMatchObject([{ issue: 'columns' }])
  })
})
