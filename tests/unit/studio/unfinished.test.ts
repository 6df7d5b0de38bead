import { describe, expect, it } from 'vitest'
import { emptyDraft, versionOf } from '@/lib/studio/draft'
import { findDraftProblems } from '@/lib/studio/draft-problems'
import { type Draft, type DraftEvidence, draftSchema } from '@/lib/studio/schema'
import { dropUnfinished, keepUnfinished } from '@/lib/studio/unfinished'

const begun: DraftEvidence = { kind: 'claims', measurements: {}, claims: {} }
const typed = { measure: 'region-weight', picture: '', seed: '1x' } as const

function draftWith(evidence: DraftEvidence): Draft {
  const draft = emptyDraft('s01', '1', 'lime')
  return { ...draft, parts: draft.parts.map((part) => ({ ...part, evidence })) }
}

describe('a measurement that is not complete', () => {
  const evidence = keepUnfinished(begun, 'weights', typed)

  it('is kept by a draft as it was typed, through what the server and the browser store', () => {
    const stored = draftSchema.parse(JSON.parse(JSON.stringify(draftWith(evidence))))
    expect(stored.parts[0]!.evidence?.unfinished).toEqual({ weights: typed })
  })

  it('keeps the draft from being published, and is no part of a version', () => {
    const problems = findDraftProblems(draftWith(evidence)).map(({ code }) => code)
    expect(problems).toContain('unfinished-measurement')
    expect(findDraftProblems(draftWith(begun)).map(({ code }) => code)).not.toContain(
      'unfinished-measurement',
    )
    const { key } = versionOf(draftWith(evidence))
    expect(Object.values(key)[0]!.evidence).toEqual(begun)
  })

  it('leaves no trace when it is complete or removed', () => {
    const two = keepUnfinished(evidence, 'other', typed)
    expect(dropUnfinished(two, 'weights').unfinished).toEqual({ other: typed })
    expect(dropUnfinished(two, 'weights', 'other')).toEqual(begun)
  })

  it('of a measurement that there is not is refused', () => {
    const wrong = keepUnfinished(begun, 'weights', { ...typed, measure: 'weight' as 'region-weight' })
    expect(draftSchema.safeParse(draftWith(wrong)).success).toBe(false)
  })
})
