import { z } from 'zod'
import type { Role } from '@/lib/auth/permissions'
import { cellText, parseCsv } from '@/lib/interchange/csv'
import type { PeopleProblem } from '@/lib/people/view'
import { sectionNameSchema } from '@/lib/sections/schema'
import { extraPercent } from '@/lib/timing/schema'

/** Who shall be in a course, as a line of a table says. null: the line says nothing about it. */
export interface PersonRow {
  /** In the file, from 1. */
  readonly line: number
  /** Lower case. */
  readonly email: string
  readonly name: string | null
  readonly role: Role | null
  readonly section: string | null
  readonly extraTimePercent: number | null
}

/** The columns of a table with the names under which they are found, in small letters. */
const columns = {
  email: ['email', 'e-mail', 'mail', '電子郵件', '信箱'],
  name: ['name', '姓名'],
  role: ['role', '身分', '角色'],
  section: ['section', '班別', '組別'],
  extraTime: ['extra time', 'extra_time', 'extratime', '延長時間', '加時'],
} as const

const roleWords: Readonly<Record<Role, readonly string[]>> = {
  STUDENT: ['student', '學生'],
  TA: ['ta', 'assistant', 'teaching assistant', '助教'],
  INSTRUCTOR: ['instructor', 'teacher', '教師', '老師'],
}

const emailSchema = z.email().max(320)
const nameSchema = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}]+$/u)

/**
 * Reads a table of people whose first line names its columns, `email` and as many of the others as there are, in any order
 * and among any others. An empty cell says nothing.
 * @param text separated by commas, semicolons or tabs: whichever the first line has most of
 * @returns the rows that can be read, and everything that is wrong
 */
export function readPeopleTable(text: string): {
  readonly rows: readonly PersonRow[]
  readonly problems: readonly PeopleProblem[]
} {
  const [header, ...records] = parseCsv(text)
  const titles = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const place = (names: readonly string[]) => titles.findIndex((title) => names.includes(title))
  const at = {
    email: place(columns.email),
    name: place(columns.name),
    role: place(columns.role),
    section: place(columns.section),
    extraTime: place(columns.extraTime),
  }
  if (at.email < 0) return { rows: [], problems: [{ line: 1, issue: 'columns', found: titles.join(', ') }] }
  const rows: PersonRow[] = []
  const problems: PeopleProblem[] = []
  const seen = new Set<string>()
  for (const { line, cells } of records) {
    if (cells.every((cell) => cell.trim() === '')) continue
    const cell = (column: keyof typeof at) => cellText(cells[at[column]] ?? '')
    const email = cell('email').toLowerCase()
    const before = problems.length
    const report = (issue: PeopleProblem['issue'], found: string) => problems.push({ line, issue, found })
    if (!emailSchema.safeParse(email).success) report('email', email || cells.join(', '))
    else if (seen.has(email)) report('twice', email)
    seen.add(email)
    const name = cell('name')
    if (name !== '' && !nameSchema.safeParse(name).success) report('name', name)
    const role = roleOf(cell('role'))
    if (role === undefined) report('role', cell('role'))
    const section = cell('section')
    if (section !== '' && !sectionNameSchema.safeParse(section).success) report('section', section)
    const extraTimePercent = percentOf(cell('extraTime'))
    if (extraTimePercent === undefined) report('extra-time', cell('extraTime'))
    if (problems.length === before)
      rows.push({
        line,
        email,
        name: name || null,
        role: role!,
        section: section || null,
        extraTimePercent: extraTimePercent!,
      })
  }
  return { rows, problems }
}

function roleOf(word: string): Role | null | undefined {
  if (word === '') return null
  const wanted = word.toLowerCase()
  return (Object.keys(roleWords) as Role[]).find((role) => roleWords[role].includes(wanted))
}

function percentOf(cell: string): number | null | undefined {
  if (cell === '') return null
  const digits = /^\+?(\d+)\s*[%％]?$/.exec(cell)?.[1]
  const parsed = extraPercent.safeParse(digits === undefined ? undefined : Number(digits))
  return parsed.success ? parsed.data : undefined
}
