import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExplainerError } from '@/lib/explainers/errors'
import { estimateSecondsLeft } from '@/lib/figures/estimate'
import { failureMessage, failureOf } from '@/lib/figures/failure'
import { type PendingRequest, queueStates } from '@/lib/figures/queue-state'

const now = new Date('2030-01-01T00:00:10Z')
function pending(id: string, given: Partial<PendingRequest> = {}): PendingRequest {
  return {
    id,
    status: 'QUEUED',
    priority: 1,
    step: null,
    done: 0,
    total: 0,
    secondsLeft: null,
    updatedAt: now,
    error: null,
    ...given,
  }
}

describe('queue states', () => {
  const computing = pending('c', {
    status: 'COMPUTING',
    step: 'perturbed-copies',
    done: 412,
    total: 1000,
    secondsLeft: 9,
    updatedAt: new Date('2030-01-01T00:00:08Z'),
  })

  it('say what is computed, and count its estimate down between two reports', () => {
    expect(queueStates([computing], null, now).get('c')).toEqual({
      requestId: 'c',
      status: 'computing',
      step: 'perturbed-copies',
      done: 412,
      total: 1000,
      secondsLeft: 7,
    })
    const overdue = { ...computing, secondsLeft: 1 }
    expect(queueStates([overdue], null, now).get('c')).toMatchObject({ secondsLeft: 1 })
  })

  it('order what waits by priority, and add up what is ahead', () => {
    const states = queueStates(
      [pending('late', { priority: 7 }), computing, pending('soon', { priority: 2 })],
      4,
      now,
    )
    expect(states.get('soon')).toEqual({ requestId: 'soon', status: 'queued', ahead: 1, secondsLeft: 11 })
    expect(states.get('late')).toEqual({ requestId: 'late', status: 'queued', ahead: 2, secondsLeft: 15 })
  })

  it('give no number where none is known', () => {
    const states = queueStates([pending('a'), { ...computing, secondsLeft: null }], null, now)
    expect(states.get('a')).toMatchObject({ secondsLeft: null })
    expect(states.get('c')).toMatchObject({ secondsLeft: null })
  })

  it('put a failure into words', () => {
    const error = { code: 'picture-damaged', subject: '3.png' }
    const state = queueStates([pending('f', { status: 'FAILED', error })], 1, now).get('f')
    expect(state).toMatchObject({ status: 'failed', code: 'picture-damaged' })
    expect(JSON.stringify(state)).toContain('The picture 3.png is damaged')
  })
})

describe('failures', () => {
  it('keep the code and the name of the thing, never a path or a message', () => {
    const error = new ExplainerError('model-missing', '/srv/vitrine/models/food-cnn', 'ENOENT /srv/vitrine')
    expect(failureOf(error)).toEqual({ code: 'model-missing', subject: 'food-cnn' })
    expect(failureOf(new Error('connect ECONNREFUSED 10.0.0.1'))).toEqual({ code: 'internal', subject: '' })
  })

  it('of a form that is not known are said to be internal', () => {
    for (const stored of [null, 'x', { code: 'new-code', subject: 's' }])
      expect(failureMessage(stored)).toMatchObject({ code: 'internal' })
  })
})

describe('estimate', () => {
  const outlook = { elapsed: 4, stepElapsed: 4, done: 200, total: 1000, expected: null, rest: [] }

  it('goes by the speed of the step once that is settled', () => {
    expect(estimateSecondsLeft(outlook)).toBe(16)
    expect(estimateSecondsLeft({ ...outlook, rest: [10, 5] })).toBe(31)
  })

  it('goes by earlier figures before that', () => {
    expect(estimateSecondsLeft({ ...outlook, done: 1, expected: 20 })).toBe(16)
    expect(estimateSecondsLeft({ ...outlook, stepElapsed: 0.2, elapsed: 0.2, expected: 20 })).toBe(20)
  })

  it('is not given when a piece is unknown', () => {
    expect(estimateSecondsLeft({ ...outlook, rest: [10, null] })).toBeNull()
    expect(estimateSecondsLeft({ ...outlook, total: 0 })).toBeNull()
  })

  it('is a whole number from 1, and less when more is done', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 998 }),
        fc.double({ min: 1, max: 100, noNaN: true }),
        (done, elapsed) => {
          const at = (count: number) =>
            estimateSecondsLeft({ ...outlook, elapsed, stepElapsed: elapsed, done: count })
          expect(Number.isInteger(at(done))).toBe(true)
          expect(at(done)).toBeGreaterThanOrEqual(1)
          expect(at(done + 1)).toBeLessThanOrEqual(at(done)!)
        },
      ),
    )
  })
})
