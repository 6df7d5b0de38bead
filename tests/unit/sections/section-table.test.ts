import { describe, expect, it } from 'vitest'
import { formatCsv } from '@/lib/interchange/csv'
import { readSectionTable } from '@/lib/sections/section-table'

describe('a table of sections', () => {
  it('names its columns, in any order and among others', () => {
    const { rows, problems } = readSectionTable(
      'name,Section,points, Email \nMei, A ,8.7,Mei@Example.org\n\nAn,,,an@example.org\n',
    )
    expect(problems).toEqual([])
    expect(rows).toEqual([
      { line: 2, email: 'mei@example.org', section: 'A' },
      { line: 4, email: 'an@example.org', section: null },
    ])
  })

  it('is taken in as it was exported', () => {
    const exported = formatCsv([
      ['email', 'section'],
      ['+mei@example.org', '-1'],
    ])
    expect(readSectionTable(exported).rows).toEqual([{ line: 2, email: '+mei@example.org', section: '-1' }])
  })

  it('is told every line that is wrong, and what stands there', () => {
    const { rows, problems } = readSectionTable(
      `email,section\na@x,A\n,B\nA@X,B\nb@x,${'n'.repeat(61)}\n,\nc@x,"two\nlines"\n`,
    )
    expect(rows).toHaveLength(1)
    expect(problems).toMatchObject([
      { line: 3, issue: 'email' },
      { line: 4, issue: 'twice', found: 'a@x' },
      { line: 5, issue: 'section' },
      { line: 7, issue: 'section' },
    ])
    for (const text of ['', 'a@x,A', 'email\na@x'])
      expect(readSectionTable(text)).toMatchObject({ rows: [], problems: [{ line: 1, issue: 'columns' }] })
  })
})
