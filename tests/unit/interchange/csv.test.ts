import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCsv, parseCsv } from '@/lib/interchange/csv'

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

describe('a table that comes in', () => {
  const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells)

  it('is read as it was written, whatever its cells hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r\n', ' ', '中') })
    const table = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1 })
    fc.assert(
      fc.property(table, (rows) => {
        const safe = rows.map((row) => row.map((text) => `x${text}`))
        expect(cellsOf(formatCsv([['one', 'two', 'three'], ...safe]))).toEqual([
          ['one', 'two', 'three'],
          ...safe,
        ])
      }),
    )
  })

  it('may be separated by commas, semicolons or tabs', () => {
    expect(cellsOf('email;section\na@x;A,1\n')).toEqual([
      ['email', 'section'],
      ['a@x', 'A,1'],
    ])
    expect(cellsOf('email\tsection\r\na@x\t"A\tB"')).toEqual([
      ['email', 'section'],
      ['a@x', 'A\tB'],
    ])
  })

  it('keeps empty cells, leaves out empty lines, and knows the line of each', () => {
    expect(parseCsv('\uFEFFa,b\n\n,\n"two\nlines",\nlast,\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 4, cells: ['two\nlines', ''] },
      { line: 6, cells: ['last', ''] },
    ])
    expect(parseCsv('')).toEqual([])
  })

  it('with a quote that is never closed still ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', 'a') }), (text) => {
        expect(parseCsv(text).length).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })
})
