import { describe, expect, it } from 'vitest'
import { formatCsv } from '@/lib/interchange/csv'

describe('CSV', () => {
  it('quotes what needs quotes, and leaves numbers and nothing as they are', () => {
    expect(
      formatCsv([
        ['name', 'points'],
        ['Lin, "Yu"', 8.7],
        ['two\nlines', null],
      ]),
    ).toBe('\uFEFFname,points\r\n"Lin, ""Yu""",8.7\r\n"two\nlines",\r\n')
  })

  it('a name that a spreadsheet would run as a formula is shown as text', () => {
    for (const name of ['=1+1', '+886', '-x', '@sum', '\tx'])
      expect(formatCsv([[name]])).toBe(`\uFEFF'${name}\r\n`)
    expect(formatCsv([['=HYPERLINK("x")']])).toBe('\uFEFF"\'=HYPERLINK(""x"")"\r\n')
    expect(formatCsv([[-1]])).toBe('\uFEFF-1\r\n')
  })
})
