import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isReplacedBy, type KnownAttempt, offerLostAnswers } from '@/lib/attempts/lost-attempt'

const attempt = (attemptId: string, more: Partial<KnownAttempt> = {}): KnownAttempt => ({
  attemptId,
  owner: 'mei',
  assignmentId: 'hw9',
  number: 1,
  versions: { q01: 'v1', q02: 'v2' },
  ...more,
})

describe('an attempt that the server has lost', () => {
  it('is one in whose place the same student has another of the same assignment', () => {
    const lost = attempt('lost')
    expect(isReplacedBy(lost, attempt('new'))).toBe(true)
    expect(isReplacedBy(attempt('lost', { number: 2 }), attempt('new'))).toBe(true)
    expect(isReplacedBy(lost, lost)).toBe(false)
    expect(isReplacedBy(lost, attempt('further', { number: 2 }))).toBe(false)
    expect(isReplacedBy(lost, attempt('new', { owner: 'kai' }))).toBe(false)
    expect(isReplacedBy(lost, attempt('new', { assignmentId: 'hw8' }))).toBe(false)
  })

  it('offers each kept answer in one way: of the same version and open, answered anew, or changed', () => {
    const parts = fc.constantFrom('q01', 'q02', 'q03', 'q04', 'q05')
    const versions = fc.dictionary(parts, fc.constantFrom('v1', 'v2'))
    const answers = fc.dictionary(
      parts,
      fc.record({ optionIds: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }) }),
    )
    fc.assert(
      fc.property(answers, versions, versions, fc.uniqueArray(parts), (kept, before, now, answered) => {
        const [lost, current] = [attempt('lost', { versions: before }), attempt('new', { versions: now })]
        const offer = offerLostAnswers(kept, lost, current, (partId) =>
          answered.some((part) => part === partId),
        )
        const given = Object.keys(kept).filter((partId) => kept[partId]!.optionIds.length > 0)
        expect([...offer.same, ...offer.answeredAnew, ...offer.changed].sort()).toEqual(given.sort())
        for (const partId of offer.same) {
          expect(now[partId]).toBe(before[partId])
          expect(now[partId]).toBeDefined()
          expect(answered).not.toContain(partId)
        }
        for (const partId of offer.answeredAnew) expect(answered).toContain(partId)
        for (const partId of offer.changed)
          expect(before[partId] === undefined || before[partId] !== now[partId]).toBe(true)
      }),
    )
  })
})
