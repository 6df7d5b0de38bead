import { cellText, parseCsv } from '@/lib/interchange/csv'
import { sectionNameSchema } from '@/lib/sections/schema'

/** Who shall be in which section, as a table says. */
export interface SectionRow {
  /** In the file, from 1. */
  readonly line: number
  /** Lower case. */
  readonly email: string
  /** null: in none. */
  readonly section: string | null
}

/**
 * What is wrong with a line. `columns`: the first line does not name the columns `email` and `section`. `email`: there is
 * none. `section`: no name of a section. `twice`: the student stands in an earlier line. `unknown`: nobody of this email is
 * a student of the course.
 */
export const tableIssues = ['columns', 'email', 'section', 'twice', 'unknown'] as const
export type TableIssue = (typeof tableIssues)[number]

export interface TableProblem {
  readonly line: number
  readonly issue: TableIssue
  /** What stands there. */
  readonly found: string
}

/**
 * Reads a table whose first line names its columns, in any order and among any others; so what was exported can be
 * changed and taken in again.
 * @param text separated by commas, semicolons or tabs: whichever the first line has most of
 * @returns either all rows, or everything that is wrong
 */
export function readSectionTable(text: string): {
  readonly rows: readonly SectionRow[]
  readonly problems: readonly TableProblem[]
} {
  const [header, ...records] = parseCsv(text)
  const names = header?.cells.map((name) => name.trim().toLowerCase()) ?? []
  const [emailAt, sectionAt] = [names.indexOf('email'), names.indexOf('section')]
  if (emailAt < 0 || sectionAt < 0)
    return { rows: [], problems: [{ line: 1, issue: 'columns', found: names.join(', ') }] }
  const rows: SectionRow[] = []
  const problems: TableProblem[] = []
  const seen = new Set<string>()
  for (const { line, cells } of records) {
    const email = cellText(cells[emailAt] ?? '').toLowerCase()
    const name = cellText(cells[sectionAt] ?? '')
    if (cells.every((cell) => cell.trim() === '')) continue
    if (email === '') problems.push({ line, issue: 'email', found: cells.join(', ') })
    else if (seen.has(email)) problems.push({ line, issue: 'twice', found: email })
    else if (name !== '' && !sectionNameSchema.safeParse(name).success)
      problems.push({ line, issue: 'section', found: name })
    else rows.push({ line, email, section: name === '' ? null : name })
    seen.add(email)
  }
  return { rows, problems }
}
