import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Selection,
  selectStudents,
  sortKeys,
} from '@/app/courses/[course]/[assignment]/staff/scores/student-order'
import type { ScoreboardStudent } from '@/lib/scoreboard/view'

const student = (userId: string, changed: Partial<ScoreboardStudent> = {}): ScoreboardStudent => ({
  userId,
  name: userId,
  email: `${userId}@example.org`,
  simulated: false,
  section: null,
  state: 'not-started',
  startedAt: null,
  submittedAt: null,
  lastSavedAt: null,
  answeredParts: 0,
  parts: 3,
  points: null,
  maximum: null,
  minutes: null,
  ...changed,
})
const everybody: Selection = { search: '', state: 'all', sort: 'name', descending: false }
const ids = (students: readonly ScoreboardStudent[]) => students.map(({ userId }) => userId)

describe('the table of students', () => {
  const a = student('a', { name: 'Chia-Hao Lin', points: 8700, state: 'submitted' })
  const b = student('b', { name: '王小明', email: 'b123@example.org', state: 'working' })
  const c = student('c', { name: 'Yi-Chun Lin', points: 0, state: 'submitted' })
  const all = [a, b, c]

  it('is searched by every word, in names and addresses, in any case', () => {
    expect(ids(selectStudents(all, { ...everybody, search: ' lin  CHIA' }))).toEqual(['a'])
    expect(ids(selectStudents(all, { ...everybody, search: '小明 b123' }))).toEqual(['b'])
    expect(selectStudents(all, { ...everybody, search: 'nobody' })).toEqual([])
    const inSection = [...all, student('d', { section: 'A' })]
    expect(ids(selectStudents(inSection, { ...everybody, search: 'A · d@example.org' }))).toEqual(['d'])
  })

  it('is filtered by state, and sorted by score with those without one last in either direction', () => {
    expect(ids(selectStudents(all, { ...everybody, state: 'working' }))).toEqual(['b'])
    expect(ids(selectStudents(all, { ...everybody, sort: 'score' }))).toEqual(['c', 'a', 'b'])
    expect(ids(selectStudents(all, { ...everybody, sort: 'score', descending: true }))).toEqual([
      'a',
      'c',
      'b',
    ])
  })

  it('has everybody once in an order that does not depend on the one before', () => {
    const line = fc.record({
      name: fc.constantFrom('A', 'B', 'C'),
      points: fc.option(fc.integer({ min: 0, max: 3 })),
      answeredParts: fc.integer({ min: 0, max: 2 }),
    })
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom(...sortKeys), fc.boolean(), (lines, sort, descending) => {
        const students = lines.map((changed, index) => student(`s${index}`, changed))
        const selection = { ...everybody, sort, descending }
        const selected = ids(selectStudents(students, selection))
        expect([...selected].sort()).toEqual(ids(students).sort())
        expect(ids(selectStudents([...students].reverse(), selection))).toEqual(selected)
      }),
    )
  })
})
