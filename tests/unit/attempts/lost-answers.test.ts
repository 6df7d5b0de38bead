import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnswerSaving,
  beginSaving,
  choose,
  dueParts,
  makeGood,
  noteResent,
  settle,
  startSending,
  takeOver,
} from '@/lib/attempts/answer-saving'
import { type Answers, compareWithServer } from '@/lib/attempts/lost-answers'
import { summarize } from '@/lib/attempts/save-summary'

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString()
const answer = (optionId: string, revision: number, second: number) => ({
  optionIds: [optionId],
  revision,
  savedAt: at(second),
})
const shown = (state: AnswerSaving, partId = 'q01') => state.parts[partId]!.shown.optionIds

/**
 * A tab that compared what it knows with what the server holds.
 * @param reloaded whether its page was drawn after the loss
 */
function compared(known: Answers, held: Answers, reloaded = true): AnswerSaving {
  const drawn = beginSaving(['q01', 'q02'], reloaded ? held : known, {})
  const state = makeGood(takeOver(drawn, known), compareWithServer(known, held), held, 'tab')
  return takeOver(state, held)
}

describe('a server that was restored from an older copy', () => {
  it('is given the lost answer again, and the student is told', () => {
    const held = { q01: answer('a', 1, 10) }
    let state = compared({ q01: answer('b', 3, 20), q02: answer('c', 1, 21) }, held)
    expect(dueParts(state)).toEqual(['q01', 'q02'])
    expect(shown(state)).toEqual(['b'])
    expect(state.parts.q01!.shown).toMatchObject({ revision: 3, clientId: 'tab' })
    expect(summarize(state, true)).toEqual({ kind: 'saving' })
    for (const partId of ['q01', 'q02']) {
      const { optionIds, revision } = state.parts[partId]!.shown
      const stored = { status: 'stored', optionIds, revision, savedAt: at(60) } as const
      state = settle(startSending(state, partId), partId, stored)
    }
    expect(summarize(state, true)).toEqual({ kind: 'resent', count: 2 })
    expect(summarize(noteResent(state), true)).toEqual({ kind: 'saved', savedAt: at(60) })
  })

  it('keeps what the student has answered anew on another device, which is said', () => {
    const state = compared({ q01: answer('b', 5, 20) }, { q01: answer('d', 2, 90) })
    expect(shown(state)).toEqual(['d'])
    expect(dueParts(state)).toEqual([])
    expect(summarize(state, true)).toEqual({ kind: 'overtaken' })
    // The next choice is above what the server holds.
    expect(choose(state, 'q01', ['a'], 'tab').parts.q01!.shown.revision).toBe(3)
  })

  it('gets the choice that the student has made since, not the lost one', () => {
    const known = { q01: answer('b', 3, 20) }
    const chosen = choose(beginSaving(['q01'], known, {}), 'q01', ['c'], 'tab')
    const state = makeGood(chosen, compareWithServer(known, {}), {}, 'tab')
    expect(state.parts.q01!.shown).toEqual({ optionIds: ['c'], revision: 4, clientId: 'tab' })
    expect(dueParts(state)).toEqual(['q01'])
    expect(state.resent).toEqual([])
  })

  it('leaves alone what was saved between the comparison and its answer', () => {
    const known = { q01: answer('b', 3, 20) }
    const saved = takeOver(beginSaving(['q01'], known, {}), { q01: answer('c', 4, 50) })
    expect(makeGood(saved, compareWithServer(known, {}), {}, 'tab')).toEqual(saved)
  })

  it('whatever it went back to: each part ends with the answer given last, and nothing is shown as saved that is not', () => {
    const saves = fc.array(fc.record({ part: fc.constantFrom('q01', 'q02'), option: fc.nat(9) }))
    fc.assert(
      fc.property(saves, saves, saves, fc.boolean(), (beforeBackup, afterBackup, elsewhere, reloaded) => {
        let clock = 0
        const save = (held: Answers, { part, option }: { part: string; option: number }): Answers => ({
          ...held,
          [part]: answer(String(option), (held[part]?.revision ?? 0) + 1, ++clock),
        })
        const backup = beforeBackup.reduce(save, {})
        const known = afterBackup.reduce(save, backup)
        // Restored; then the student goes on at another device.
        let held = elsewhere.reduce(save, backup)
        let state = compared(known, held, reloaded)
        for (const partId of dueParts(state)) {
          const { optionIds, revision } = state.parts[partId]!.shown
          expect(revision).toBeGreaterThan(held[partId]?.revision ?? 0)
          held = { ...held, [partId]: { optionIds, revision, savedAt: at(++clock) } }
          const stored = { status: 'stored', ...held[partId]! } as const
          state = settle(startSending(state, partId), partId, stored)
        }
        for (const partId of ['q01', 'q02']) {
          const last = elsewhere.findLast(({ part }) => part === partId)
          // A part that was answered anew more often than before has a larger revision, and is no discrepancy at all.
          const expected = last ? [String(last.option)] : (known[partId]?.optionIds ?? [])
          expect(held[partId]?.optionIds ?? []).toEqual(expected)
          expect(shown(state, partId)).toEqual(expected)
          expect(state.parts[partId]!.storedRevision).toBe(held[partId]?.revision ?? 0)
        }
      }),
    )
  })
})

describe('a server that went on', () => {
  it('lacks nothing', () => {
    const known = { q01: answer('a', 1, 1) }
    const none = { lost: {}, replaced: {} }
    expect(compareWithServer(known, known)).toEqual(none)
    expect(compareWithServer(known, { ...known, q01: answer('b', 2, 0) })).toEqual(none)
    expect(compareWithServer({}, known)).toEqual(none)
  })
})
