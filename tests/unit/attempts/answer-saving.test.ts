import { describe, expect, it } from 'vitest'
import {
  type AnswerSaving,
  beginSaving,
  choose,
  dueParts,
  failSending,
  makeGood,
  refuse,
  restore,
  resume,
  settle,
  startSending,
  takeOver,
  unsentParts,
} from '@/lib/attempts/answer-saving'
import { compareWithServer } from '@/lib/attempts/lost-answers'
import { summarize } from '@/lib/attempts/save-summary'

const noon = '2026-03-01T12:00:00.000Z'
const later = '2026-03-01T12:00:05.000Z'

const why = { zh: '原因', en: 'Reason' }

function fresh(): AnswerSaving {
  return beginSaving(['q01', 'q02'], {}, {})
}
const shown = (state: AnswerSaving, partId = 'q01') => state.parts[partId]!.shown.optionIds

describe('answer saving', () => {
  it('shows a choice at once, sends it, and says when it was stored', () => {
    let state = choose(fresh(), 'q01', ['a'], 'tab')
    expect(shown(state)).toEqual(['a'])
    expect(dueParts(state)).toEqual(['q01'])
    expect(summarize(state, true)).toEqual({ kind: 'saving' })
    state = startSending(state, 'q01')
    expect(dueParts(state)).toEqual([])
    state = settle(state, 'q01', { status: 'stored', optionIds: ['a'], revision: 1, savedAt: noon })
    expect(unsentParts(state)).toEqual([])
    expect(summarize(state, true)).toEqual({ kind: 'saved', savedAt: noon })
  })

  it('has one save under way for a part; a change made meanwhile goes next with a higher revision', () => {
    let state = startSending(choose(fresh(), 'q01', ['a'], 'tab'), 'q01')
    state = choose(state, 'q01', ['b'], 'tab')
    expect(dueParts(state)).toEqual([])
    state = settle(state, 'q01', { status: 'stored', optionIds: ['a'], revision: 1, savedAt: noon })
    expect(shown(state)).toEqual(['b'])
    expect(dueParts(state)).toEqual(['q01'])
    expect(state.parts.q01!.shown.revision).toBe(2)
  })

  it('choosing what is shown already is no change', () => {
    const state = choose(fresh(), 'q01', ['a', 'b'], 'tab')
    expect(choose(state, 'q01', ['b', 'a'], 'tab')).toBe(state)
  })

  it('a failed send keeps the choice due and says how many answers wait', () => {
    let state = choose(choose(fresh(), 'q01', ['a'], 'tab'), 'q02', ['c'], 'tab')
    state = failSending(startSending(state, 'q01'), 'q01', 'network')
    expect(dueParts(state)).toEqual(['q01', 'q02'])
    expect(summarize(state, true)).toEqual({ kind: 'waiting', unsent: 2 })
    state = settle(startSending(state, 'q01'), 'q01', {
      status: 'stored',
      optionIds: ['a'],
      revision: 1,
      savedAt: noon,
    })
    expect(summarize(state, true)).toEqual({ kind: 'saving' })
    expect(summarize(state, false)).toEqual({ kind: 'waiting', unsent: 1 })
  })

  it('a superseded save shows the newer answer and says so until the student chooses again', () => {
    let state = startSending(choose(fresh(), 'q01', ['a'], 'tab'), 'q01')
    state = settle(state, 'q01', { status: 'superseded', optionIds: ['d'], revision: 4, savedAt: noon })
    expect(shown(state)).toEqual(['d'])
    expect(summarize(state, true)).toEqual({ kind: 'overtaken' })
    state = choose(state, 'q01', ['a'], 'tab')
    expect(state.parts.q01!.shown.revision).toBe(5)
    expect(state.overtaken).toEqual([])
  })

  it('a choice made while a superseded save was on its way goes out above the revision that won', () => {
    let state = startSending(choose(fresh(), 'q01', ['a'], 'tab'), 'q01')
    state = choose(state, 'q01', ['b'], 'tab')
    state = settle(state, 'q01', { status: 'superseded', optionIds: ['d'], revision: 7, savedAt: noon })
    expect(shown(state)).toEqual(['b'])
    expect(state.parts.q01!.shown.revision).toBe(8)
    expect(dueParts(state)).toEqual(['q01'])
  })

  it('a reload shows and sends what could not be sent, with the tab that made it', () => {
    const answers = { q01: { optionIds: ['a'], revision: 2, savedAt: noon } }
    const state = beginSaving(['q01', 'q02'], answers, {
      q01: { optionIds: ['b'], revision: 3, clientId: 'old-tab' },
    })
    expect(shown(state)).toEqual(['b'])
    expect(dueParts(state)).toEqual(['q01'])
    expect(state.parts.q01!.shown.clientId).toBe('old-tab')
  })

  it('a kept answer older than the stored one gives way, and the page says so', () => {
    const answers = { q01: { optionIds: ['a'], revision: 3, savedAt: noon } }
    const state = beginSaving(['q01'], answers, { q01: { optionIds: ['b'], revision: 3, clientId: 'old' } })
    expect(shown(state)).toEqual(['a'])
    expect(dueParts(state)).toEqual([])
    expect(summarize(state, true)).toEqual({ kind: 'overtaken' })
  })

  it('a kept answer that the server did store is dropped silently', () => {
    const answers = { q01: { optionIds: ['b'], revision: 3, savedAt: noon } }
    const state = beginSaving(['q01'], answers, { q01: { optionIds: ['b'], revision: 3, clientId: 'old' } })
    expect(summarize(state, true)).toEqual({ kind: 'saved', savedAt: noon })
  })

  it('after closing nothing is sent or changed, and unsent answers are counted', () => {
    let state = startSending(choose(fresh(), 'q01', ['a'], 'tab'), 'q01')
    state = settle(state, 'q01', { status: 'closed', optionIds: [], revision: 0, savedAt: null })
    expect(dueParts(state)).toEqual([])
    expect(choose(state, 'q02', ['c'], 'tab')).toBe(state)
    expect(summarize(state, true)).toEqual({ kind: 'closed', unsent: 1, why: null })
  })

  it('signed out keeps answers and sends none', () => {
    const state = failSending(startSending(choose(fresh(), 'q01', ['a'], 'tab'), 'q01'), 'q01', 'signed-out')
    expect(dueParts(state)).toEqual([])
    expect(summarize(state, true)).toEqual({ kind: 'signed-out', unsent: 1 })
  })

  it('takes over newer answers from another tab but never an unsent choice', () => {
    let state = choose(fresh(), 'q02', ['c'], 'tab')
    state = takeOver(state, {
      q01: { optionIds: ['b'], revision: 1, savedAt: noon },
      q02: { optionIds: ['d'], revision: 1, savedAt: later },
    })
    expect(shown(state, 'q01')).toEqual(['b'])
    expect(shown(state, 'q02')).toEqual(['c'])
    expect(dueParts(state)).toEqual(['q02'])
  })

  it('goes on with what waited once the student is signed in again', () => {
    let state = failSending(startSending(choose(fresh(), 'q01', ['a'], 'tab'), 'q01'), 'q01', 'other-person')
    expect(summarize(state, true)).toEqual({ kind: 'other-person', unsent: 1 })
    state = choose(state, 'q02', ['b'], 'tab')
    expect(dueParts(state)).toEqual([])
    expect(dueParts(resume(state))).toEqual(['q01', 'q02'])
    const closed = failSending(startSending(resume(state), 'q01'), 'q01', 'closed', why)
    expect(resume(closed)).toBe(closed)
    expect(summarize(closed, true)).toEqual({ kind: 'closed', unsent: 2, why })
  })

  it('keeps everything of an attempt that the server has lost, and sends it if the attempt comes back', () => {
    const held = { q01: { optionIds: ['a'], revision: 3, savedAt: noon } }
    const lost = beginSaving(['q01', 'q02'], held, {})
    let state = makeGood({ ...lost, halt: 'lost-attempt' }, compareWithServer(held, {}), {}, 'tab')
    expect(summarize(state, true)).toEqual({ kind: 'lost-attempt', unsent: 1 })
    state = choose(state, 'q02', ['b'], 'tab')
    expect(dueParts(state)).toEqual([])
    expect(dueParts(resume(state))).toEqual(['q01', 'q02'])
  })

  it('a refused choice says why and holds up no other; a changed one goes out', () => {
    let state = choose(choose(fresh(), 'q01', ['a'], 'tab'), 'q02', ['c'], 'tab')
    state = refuse(startSending(state, 'q01'), 'q01', why)
    expect(dueParts(state)).toEqual(['q02'])
    expect(summarize(state, true)).toEqual({ kind: 'refused', unsent: 1, why })
    state = choose(state, 'q01', ['b'], 'tab')
    expect(dueParts(state)).toEqual(['q01', 'q02'])
    expect(summarize(state, true)).toEqual({ kind: 'saving' })
  })

  it('a choice changed while the refused one was on its way is sent', () => {
    let state = choose(startSending(choose(fresh(), 'q01', ['a'], 'tab'), 'q01'), 'q01', ['b'], 'tab')
    state = refuse(state, 'q01', why)
    expect(dueParts(state)).toEqual(['q01'])
  })

  it('what the device kept is restored below what the student has chosen since', () => {
    const kept = { q01: { optionIds: ['b'], revision: 4, clientId: 'old-tab' } }
    expect(shown(restore(fresh(), kept))).toEqual(['b'])
    const chosen = restore(choose(fresh(), 'q01', ['a'], 'tab'), kept)
    expect(chosen.parts.q01!.shown).toEqual({ optionIds: ['a'], revision: 5, clientId: 'tab' })
    // The tab's own choice, read back, is no news.
    const own = choose(fresh(), 'q01', ['a'], 'tab')
    expect(restore(own, { q01: own.parts.q01!.shown })).toEqual(own)
  })

  it('knows its own choice when another tab or the service worker has sent it', () => {
    const state = takeOver(choose(fresh(), 'q01', ['a'], 'tab'), {
      q01: { optionIds: ['a'], revision: 1, savedAt: noon },
    })
    expect(unsentParts(state)).toEqual([])
    expect(summarize(state, true)).toEqual({ kind: 'saved', savedAt: noon })
  })

  it('refuses a part that is not of the attempt', () => {
    expect(() => choose(fresh(), 'q99', ['a'], 'tab')).toThrow(/no part "q99"/)
  })
})
