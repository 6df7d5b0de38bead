/** A cell of a table that leaves Vitrine. Numbers are written with a point and without grouping. */
export type CsvCell = string | number | null

/**
 * A table as comma-separated values (RFC 4180), for spreadsheets: with a byte-order mark, without which some read UTF-8 as
 * something else. A text that a spreadsheet would take for a formula (names come from people) is written behind an
 * apostrophe, which shows it as text.
 * @param rows the first is the header
 */
export function formatCsv(rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(formatCell).join(',')}\r\n`).join('')}`
}

function formatCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** @returns a cell that was read, without the apostrophe that stands before what a spreadsheet would take for a formula. */
export function cellText(cell: string): string {
  return cell.trim().replace(/^'(?=[=+\-@])/, '')
}

/** A line of a table with its cells. */
export interface CsvRecord {
  /** In the text, from 1; a cell may run over several. */
  readonly line: number
  readonly cells: readonly string[]
}

const separators = [',', ';', '\t'] as const

/**
 * Reads a table as spreadsheets write and copy it: RFC 4180, separated by whichever of comma, semicolon and tab the first
 * line has most of, with or without a byte-order mark. Empty lines are left out. Quotes within a cell that does not begin
 * with one stand for themselves, and one that is never closed runs to the end: a reader finds what is wrong by the cells.
 */
export function parseCsv(text: string): CsvRecord[] {
  const source = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(source)
  const records: CsvRecord[] = []
  let [line, cells, start, at] = [1, [] as string[], 1, 0]
  const end = () => {
    if (cells.some((cell) => cell !== '')) records.push({ line: start, cells })
    cells = []
    start = line
  }
  while (at < source.length) {
    const [cell, after] = readCell(source, at, separator)
    cells.push(cell)
    line += source.slice(at, after).split('\n').length - 1
    at = after
    if (source[at] === separator) {
      at += 1
      // A line that ends with a separator ends with an empty cell.
      if (at < source.length && !/[\r\n]/.test(source[at]!)) continue
      cells.push('')
    }
    if (source.startsWith('\r\n', at)) at += 1
    at += 1
    line += 1
    end()
  }
  return records
}

function separatorOf(source: string): string {
  const [first = ''] = source.split(/\r?\n/, 1)
  const count = (separator: string) => first.split(separator).length
  return [...separators].sort((left, right) => count(right) - count(left))[0]!
}

/** @returns the cell that begins at `at`, and where it ends. */
function readCell(source: string, at: number, separator: string): [cell: string, end: number] {
  if (source[at] !== '"') {
    let end = at
    while (end < source.length && source[end] !== separator && !/[\r\n]/.test(source[end]!)) end += 1
    return [source.slice(at, end), end]
  }
  let cell = ''
  let end = at + 1
  for (; end < source.length; end += 1) {
    if (source[end] !== '"') cell += source[end]
    else if (source[end + 1] === '"') {
      cell += '"'
      end += 1
    } else break
  }
  // What follows a closing quote up to the next separator belongs to the cell.
  let rest = end + 1
  while (rest < source.length && source[rest] !== separator && !/[\r\n]/.test(source[rest]!)) rest += 1
  return [cell + source.slice(end + 1, rest), Math.min(rest, source.length)]
}
