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
