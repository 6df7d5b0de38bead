import { describe, expect, it } from 'vitest'
import { type SimulatedStudent, simulateClass } from '@/lib/demo-class/simulated-class'
import { readAssignment } from '@/lib/interchange/service'
import { findSelectionProblem } from '@/lib/questions/selection'
import { scorePaper } from '@/lib/scoring/paper-score'
import { analyseItems, type Item, type ItemAnalysis } from '@/lib/statistics/items'

const document = await readAssignment()
const questions = document.questions.map((question) => ({
  ...question,
  questionId: question.slug,
  pool: null,
}))
const parts = questions.flatMap(({ content }) => content.parts)
const now = new Date('2026-11-20T12:00:00Z')
const simulate = (students: number, seed = 1) => simulateClass(questions, { students, seed, now })

const answersOf = ({ attempt }: SimulatedStudent) =>
  new Map(attempt?.events.map(({ partId, optionIds }) => [partId, optionIds]))

describe('a simulated class', () => {
  it('is the same for the same seed, and a larger class begins with the smaller one', () => {
    const small = simulate(20)
    expect(simulate(20)).toEqual(small)
    expect(simulate(30).slice(0, 20)).toEqual(small)
    expect(simulate(20, 2)).not.toEqual(small)
  })

  it('answers only what can be answered, in the order of time, and nothing after now', () => {
    const byId = new Map(parts.map((part) => [part.id, part]))
    for (const { attempt } of simulate(200)) {
      if (!attempt) continue
      const revisions = new Map<string, number>()
      let before = attempt.startedAt
      for (const { partId, optionIds, revision, savedAt } of attempt.events) {
        expect(findSelectionProblem(byId.get(partId)!, optionIds)).toBeNull()
        expect(optionIds.length).toBeGreaterThan(0)
        expect(revision).toBe((revisions.get(partId) ?? 0) + 1)
        revisions.set(partId, revision)
        expect(savedAt.getTime()).toBeGreaterThanOrEqual(before.getTime())
        before = savedAt
      }
      const end = attempt.submittedAt ?? before
      expect(end.getTime()).toBeGreaterThanOrEqual(before.getTime())
      expect(end.getTime()).toBeLessThanOrEqual(now.getTime())
    }
  })

  it('answers what each student has drawn, and nothing else', () => {
    const pool = { poolId: 'p', draw: 3 }
    const drawable = questions.map((question, at) => ({ ...question, pool: at < 6 ? pool : null }))
    const seen = new Set<string>()
    for (const { attempt } of simulateClass(drawable, { students: 60, seed: 1, now })) {
      if (!attempt) continue
      expect(attempt.questions).toHaveLength(questions.length - 3)
      const own = new Set(attempt.questions.flatMap(({ content }) => content.parts.map(({ id }) => id)))
      for (const { partId } of attempt.events) expect(own.has(partId)).toBe(true)
      for (const { questionId } of attempt.questions) seen.add(questionId)
    }
    expect(seen.size).toBe(questions.length)
  })

  it('looks like a class: abilities show, options differ, some work on, some have not begun', () => {
    const students = simulate(300)
    const submitted = students.filter((student) => student.attempt?.submittedAt)
    const working = students.filter((student) => student.attempt && !student.attempt.submittedAt)
    expect(submitted.length).toBeGreaterThan(230)
    expect(working.length).toBeGreaterThan(3)
    expect(submitted.length + working.length).toBeLessThan(300)
    const analysis = analyseItems(itemsOf(submitted)) as ItemAnalysis
    expect(analysis.mean).toBeGreaterThan(4500)
    expect(analysis.mean).toBeLessThan(7500)
    expect(analysis.alpha).toBeGreaterThan(0.75)
    const difficulties = analysis.items.map((item) => item.difficulty)
    expect(Math.max(...difficulties) - Math.min(...difficulties)).toBeGreaterThan(0.3)
    // Good enough to show the flags, and too good to be all flags.
    const negative = analysis.items.filter((item) => (item.restCorrelation ?? 0) < 0)
    expect(negative.length).toBeLessThan(3)
  })

  it('has addresses that nobody can have', () => {
    const emails = simulate(300).map((student) => student.email)
    expect(new Set(emails).size).toBe(300)
    for (const email of emails) expect(email).toMatch(/@simulated\.invalid$/)
  })
})

function itemsOf(students: readonly SimulatedStudent[]): Item[] {
  const answers = students.map(answersOf)
  const papers = answers.map((chosen) =>
    scorePaper(questions, chosen).questions.flatMap((question) => question.parts),
  )
  const correct = new Map(
    questions.flatMap(({ key }) => Object.entries(key).map(([id, part]) => [id, part.correct])),
  )
  return parts.map((part, index) => ({
    id: part.id,
    maximum: part.points,
    points: Int32Array.from(papers, (paper) => paper[index]!.points),
    options: part.options.map(({ id }) => ({
      id,
      correct: correct.get(part.id)!.includes(id),
      chosen: Uint8Array.from(answers, (chosen) => (chosen.get(part.id)?.includes(id) ? 1 : 0)),
    })),
  }))
}
