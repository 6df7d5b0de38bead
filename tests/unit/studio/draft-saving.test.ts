import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyDraft } from '@/lib/studio/draft'
import { type ArrivingSave, type DraftRow, decideSave } from '@/lib/studio/draft-saving'
import type { Draft } from '@/lib/studio/schema'

const draftSaying = (en: string): Draft => ({ ...emptyDraft('s01', '1', 'lime'), prompt: { zh: '', en } })

/** A server that stores as it is decided, and keeps what it sets aside. */
class Shelf {
  row: DraftRow | null = null
  readonly aside: Draft[] = []

  save(save: ArrivingSave): 'saved' | 'conflict' {
    const decision = decideSave(this.row, save)
    if (decision.kind === 'conflict') return 'conflict'
    if (decision.kind === 'store') {
      if (decision.setAside) this.aside.push(this.row!.draft!)
      this.row = { revision: decision.revision, authorId: save.authorId, draft: save.draft }
    }
    return 'saved'
  }
}

describe('saves of a draft', () => {
  it('of two editors at once lose nothing that was acknowledged', () => {
    const step = fc.record({
      who: fc.constantFrom('a', 'b'),
      says: fc.string({ minLength: 1, maxLength: 4 }),
      /** Whether the answer is lost on its way, and the save sent again. */
      repeated: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const shelf = new Shelf()
        const known = { a: 0, b: 0 }
        const last = new Map<string, Draft>()
        for (const { who, says, repeated } of steps) {
          const save = {
            revision: known[who as 'a' | 'b'],
            authorId: who,
            draft: draftSaying(`${who} ${says}`),
          }
          const outcome = shelf.save(save)
          if (outcome === 'conflict') {
            // The editor is shown what is there and keeps its own.
            const seen = shelf.row!.revision
            expect(shelf.save({ ...save, revision: seen })).toBe('saved')
          }
          if (repeated && outcome === 'saved') expect(shelf.save(save)).toBe('saved')
          known[who as 'a' | 'b'] = shelf.row!.revision
          last.set(who, save.draft)
          expect(shelf.row!.draft).toEqual(save.draft)
        }
        // The last draft of each is stored or set aside.
        for (const draft of last.values()) expect([shelf.row?.draft, ...shelf.aside]).toContainEqual(draft)
      }),
    )
  })

  it('on top of an older revision are a conflict, unless they arrive again', () => {
    const row: DraftRow = { revision: 4, authorId: 'a', draft: draftSaying('kept') }
    const save = { authorId: 'a', draft: draftSaying('kept') }
    expect(decideSave(row, { ...save, revision: 3 })).toEqual({ kind: 'unchanged' })
    expect(decideSave(row, { ...save, revision: 2 })).toEqual({ kind: 'conflict' })
    expect(decideSave(row, { ...save, revision: 3, authorId: 'b' })).toEqual({ kind: 'conflict' })
    expect(decideSave(row, { ...save, revision: 3, draft: draftSaying('other') })).toEqual({
      kind: 'conflict',
    })
    expect(decideSave({ ...row, draft: null }, { ...save, revision: 3 })).toEqual({ kind: 'conflict' })
  })

  it('of another tab by the same person are set aside when that is asked for', () => {
    const row: DraftRow = { revision: 4, authorId: 'a', draft: draftSaying('one tab') }
    const save = { revision: 4, authorId: 'a', draft: draftSaying('other tab') }
    expect(decideSave(row, save)).toMatchObject({ kind: 'store', setAside: false })
    expect(decideSave(row, { ...save, keepReplaced: true })).toMatchObject({ kind: 'store', setAside: true })
  })
})
