import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginHistory, change, redo, undo } from '@/lib/studio/history'

describe('the history of an editor', () => {
  it('leads back through every state and forward again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), (states) => {
        let history = states.reduce((known, state, at) => change(known, state, null, at), beginHistory(0))
        const end = history.present
        for (const state of [0, ...states].slice(0, -1).reverse()) {
          history = undo(history)
          expect(history.present).toBe(state)
        }
        expect(undo(history)).toBe(history)
        for (const _ of states) history = redo(history)
        expect(history.present).toBe(end)
      }),
    )
  })

  it('takes typing on in one field as one step, and a pause or another field as a new one', () => {
    let history = beginHistory('')
    history = change(history, 'a', 'prompt', 0)
    history = change(history, 'ab', 'prompt', 1000)
    history = change(history, 'abc', 'prompt', 2000)
    history = change(history, 'abcd', 'prompt', 9000)
    history = change(history, 'abcd!', 'label', 9100)
    expect(undo(history).present).toBe('abcd')
    expect(undo(undo(history)).present).toBe('abc')
    expect(undo(undo(undo(history))).present).toBe('')
  })

  it('forgets what was undone when something else is done', () => {
    const history = change(undo(change(beginHistory(1), 2, null, 0)), 3, null, 1)
    expect(redo(history).present).toBe(3)
    expect(undo(history).present).toBe(1)
  })
})
