import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PartKey, QuestionPart } from '@/lib/questions/content'
import { changedTreatment, type TreatedPart } from '@/lib/regrading/policy'
import { type HeldScore, movesOf, type PastChange, rescorePart } from '@/lib/regrading/rescoring'
import type { KeyChange } from '@/lib/regrading/schema'
import { adjustedPoints } from '@/lib/scoring/adjustment'
import { scorePart } from '@/lib/scoring/part-score'

const ids = ['a', 'b', 'c', 'd', 'e']
const text = { zh: '文', en: 'text' }
const part: QuestionPart = {
  id: 'q01',
  label: '1',
  selection: { kind: 'any' },
  points: 300,
  options: ids.map((id) => ({ id, text })),
}
const explanation = text
const target = { questionVersionIds: ['v1'], partId: 'q01' }

const rules = fc.constantFrom(
  ...(['exact', 'right-minus-wrong', 'each-decision', 'coverage'] as const).map((name) => ({ name })),
)
const choices = fc.subarray(ids)
const keys = fc.record({ correct: fc.subarray(ids, { minLength: 1 }), rule: rules })
const adjustments = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant('add' as const), points: fc.integer({ min: -300, max: 300 }) }),
    fc.record({ kind: fc.constant('set' as const), points: fc.integer({ min: 0, max: 400 }) }),
  ),
)

/** A key, a change of it, and a class scored by the key. */
const cases = fc
  .record({
    now: keys,
    next: keys,
    points: fc.integer({ min: 1, max: 900 }),
    students: fc.array(fc.record({ chosen: choices, adjustment: adjustments }), {
      minLength: 1,
      maxLength: 12,
    }),
  })
  .map(({ now, next, points, students }) => {
    const treated: TreatedPart = { key: { ...now, explanation }, points: 300 }
    const held = students.map(({ chosen, adjustment }, index): HeldScore => {
      const { points: automatic, maximum, rule } = scorePart(part.options, treated.key, 300, chosen)
      return {
        attemptId: `attempt-${index}`,
        answerKeyId: 'key-1',
        chosen,
        adjustment,
        rule,
        automatic,
        maximum,
        points: adjustedPoints(automatic, maximum, adjustment),
      }
    })
    const rekeyed = (policy: 'new' | 'either' | 'upwards', full = 300): KeyChange => ({
      policy,
      ...target,
      ...next,
      correct: [...next.correct],
      points: full,
      explanation,
    })
    const treat = (change: KeyChange) => changedTreatment(part, treated, change)
    const regraded = (change: KeyChange) => rescorePart(part, treat(change), change.policy, held, new Map())
    return { treated, held, next, points, rekeyed, treat, regraded }
  })

type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never
const check = (property: (one: Case) => void) => fc.assert(fc.property(cases, property), { numRuns: 400 })
const byKey = (key: Pick<PartKey, 'correct' | 'rule'>, score: HeldScore) =>
  scorePart(part.options, key, 300, score.chosen).points

describe('policies', () => {
  it('only upwards lowers nobody, and raises whom the new key raises', () =>
    check(({ held, next, rekeyed, regraded }) => {
      for (const [index, score] of regraded(rekeyed('upwards')).entries()) {
        expect(score.automatic).toBe(Math.max(held[index]!.automatic, byKey(next, held[index]!)))
        expect(score.points).toBeGreaterThanOrEqual(held[index]!.points)
        expect(score.rule === 'kept').toBe(held[index]!.automatic > byKey(next, held[index]!))
      }
    }))

  it('either key gives the better of both, whoever comes later too', () =>
    check(({ treated, held, next, rekeyed, treat, regraded }) => {
      const change = rekeyed('either')
      const { key } = treat(change)
      for (const [index, score] of regraded(change).entries()) {
        const best = Math.max(byKey(treated.key, held[index]!), byKey(next, held[index]!))
        expect(score.automatic).toBe(best)
        expect(scorePart(part.options, key, 300, held[index]!.chosen).points).toBe(best)
      }
    }))

  it('either of several keys stays either when it is changed again', () =>
    check(({ held, next, rekeyed, treat, treated }) => {
      const first = treat(rekeyed('either'))
      const third: KeyChange = { ...rekeyed('either'), correct: ['e'], rule: { name: 'exact' } } as KeyChange
      const { key } = changedTreatment(part, first, third)
      for (const score of held)
        expect(scorePart(part.options, key, 300, score.chosen).points).toBe(
          Math.max(
            byKey(treated.key, score),
            byKey(next, score),
            byKey({ correct: ['e'], rule: { name: 'exact' } }, score),
          ),
        )
    }))

  it('the new key alone scores as if it had been there from the start, out of the new points', () =>
    check(({ held, points, rekeyed, regraded, next }) => {
      for (const [index, score] of regraded(rekeyed('new', points)).entries()) {
        expect(score.maximum).toBe(points)
        expect(score.automatic).toBe(scorePart(part.options, next, points, held[index]!.chosen).points)
      }
    }))

  it('full credit gives everybody the maximum, dropping takes points and maximum from everybody alike', () =>
    check(({ regraded, held }) => {
      for (const score of regraded({ policy: 'full', ...target }))
        expect([score.automatic, score.maximum]).toEqual([300, 300])
      const dropped = regraded({ policy: 'drop', ...target })
      for (const score of dropped) expect([score.points, score.maximum]).toEqual([0, 0])
      for (const [attemptId, move] of movesOf([{ part, held, given: dropped }]))
        expect([move.maximum, move.points]).toEqual([
          -300,
          0 - held.find((score) => score.attemptId === attemptId)!.points,
        ])
    }))

  it('points stay between nothing and the maximum, whatever was adjusted by hand', () =>
    check(({ rekeyed, points, regraded }) => {
      const changes: KeyChange[] = [rekeyed('new', points), rekeyed('either'), { policy: 'drop', ...target }]
      for (const change of changes)
        for (const score of regraded(change)) {
          expect(score.points).toBeGreaterThanOrEqual(0)
          expect(score.points).toBeLessThanOrEqual(score.maximum)
        }
    }))

  it('an undo restores every score exactly, and scores who came later by the old key', () =>
    check(({ treated, held, rekeyed, regraded }) => {
      for (const policy of ['new', 'either', 'upwards'] as const) {
        const given = regraded(rekeyed(policy))
        const now = held.map((score, index) => ({ ...score, ...given[index]!, answerKeyId: 'key-2' }))
        const past = new Map(
          held.map((score, index): [string, PastChange] => [
            score.attemptId,
            { before: score, after: now[index]! },
          ]),
        )
        const later: HeldScore = { ...now[0]!, attemptId: 'later' }
        const restored = rescorePart(part, treated, 'restore', [...now, later], past)
        for (const [index, score] of held.entries()) {
          const { rule, automatic, points, maximum, answerKeyId } = score
          expect(restored[index]).toEqual({ rule, automatic, points, maximum, answerKeyId })
        }
        expect(restored.at(-1)).toMatchObject({
          answerKeyId: null,
          automatic: byKey(treated.key, later),
        })
      }
    }))

  it('a change of nothing moves nothing', () =>
    check(({ held, treated }) => {
      const change = { policy: 'new', ...target, ...treated.key, points: 300 } as KeyChange
      const { key } = changedTreatment(part, treated, change)
      expect(key).toEqual(treated.key)
      const given = rescorePart(part, treated, 'new', held, new Map())
      expect(movesOf([{ part, held, given }]).size).toBe(0)
    }))
})

describe('the new key', () => {
  const claims = Object.fromEntries(
    ids.map((subject) => [subject, { op: 'highest' as const, of: 'weight', subject }]),
  )
  const measurements = { weight: { measure: 'region-removal' as const, picture: 2 } }
  const key: PartKey = {
    correct: ['a'],
    rule: { name: 'exact' },
    explanation,
    evidence: { kind: 'claims', measurements, claims, accepted: text } as PartKey['evidence'] & object,
  }

  it('forgets why the old options were accepted, unless they stay', () => {
    const treated = { key, points: 300 }
    const change = { policy: 'new', ...target, rule: key.rule, points: 300, explanation } as const
    const other = changedTreatment(part, treated, { ...change, correct: ['b'] })
    expect(other.key.evidence).toEqual({ kind: 'claims', measurements, claims })
    const same = changedTreatment(part, treated, { ...change, correct: ['a'], points: 200 })
    expect(same.key.evidence).toEqual(key.evidence)
  })

  it('brings a dropped part back with the points of its content', () => {
    const dropped = changedTreatment(part, { key, points: 300 }, { policy: 'drop', ...target })
    expect(changedTreatment(part, dropped, { policy: 'full', ...target }).points).toBe(300)
  })
})
