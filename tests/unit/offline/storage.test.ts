import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acknowledge,
  forgetAcknowledged,
  type KeptChoice,
  keepChoice,
  readAcknowledged,
  readOutbox,
  retract,
} from '@/app/offline/storage'

const noon = '2026-03-01T12:00:00.000Z'
let attempts = 0
const newAttempt = () => `attempt-${++attempts}`
const choice = (attemptId: string, revision: number, more: Partial<KeptChoice> = {}): KeptChoice => ({
  attemptId,
  partId: 'q01',
  optionIds: ['a'],
  revision,
  clientId: 'tab',
  chosenAt: noon,
  ...more,
})
const answer = (revision: number, optionIds = ['a']) => ({ optionIds, revision, savedAt: noon })

describe('what the browser keeps', () => {
  it('keeps the newest choice of a part, apart from other attempts', async () => {
    const [mine, other] = [newAttempt(), newAttempt()]
    await keepChoice(choice(mine, 2, { optionIds: ['b'] }))
    await keepChoice(choice(mine, 1, { optionIds: ['c'] }))
    await keepChoice(choice(other, 1))
    expect((await readOutbox(mine)).q01).toMatchObject({ revision: 2, optionIds: ['b'] })
    expect(Object.keys(await readOutbox(other))).toEqual(['q01'])
  })

  it('gives a choice up only for an acknowledgement of the same or a newer revision', async () => {
    const id = newAttempt()
    await keepChoice(choice(id, 3))
    await acknowledge(id, 'q01', answer(2))
    expect((await readOutbox(id)).q01?.revision).toBe(3)
    await acknowledge(id, 'q01', answer(3))
    expect(await readOutbox(id)).toEqual({})
    expect((await readAcknowledged(id)).q01).toEqual(answer(3))
  })

  it('forgets acknowledged answers on sign-out, and no choice that waits', async () => {
    const id = newAttempt()
    await keepChoice(choice(id, 1, { partId: 'q02' }))
    await acknowledge(id, 'q01', answer(1))
    await forgetAcknowledged()
    expect(await readAcknowledged(id)).toEqual({})
    expect(Object.keys(await readOutbox(id))).toEqual(['q02'])
  })

  it('takes back an acknowledgement that the server does not stand by, and sends the answer again', async () => {
    const id = newAttempt()
    await acknowledge(id, 'q01', answer(5, ['b']))
    const again = choice(id, 5, { optionIds: ['b'] })
    await retract(again, answer(3), again)
    expect((await readAcknowledged(id)).q01).toEqual(answer(3))
    expect((await readOutbox(id)).q01).toMatchObject({ revision: 5, optionIds: ['b'] })
    await acknowledge(id, 'q01', answer(5, ['b']))
    expect(await readOutbox(id)).toEqual({})
    // A late comparison of another tab finds a newer acknowledgement and leaves it.
    await acknowledge(id, 'q01', answer(6, ['c']))
    await retract(again, null, again)
    expect((await readAcknowledged(id)).q01?.revision).toBe(6)
    expect(await readOutbox(id)).toEqual({})
  })

  it('whatever the order of keeping and acknowledging: what waits is what no server has, and nothing else', async () => {
    const step = fc.record({ kept: fc.boolean(), revision: fc.integer({ min: 1, max: 9 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const id = newAttempt()
        await Promise.all(
          steps.map(({ kept, revision }) =>
            kept ? keepChoice(choice(id, revision)) : acknowledge(id, 'q01', answer(revision)),
          ),
        )
        const newest = (kept: boolean) =>
          Math.max(0, ...steps.filter((done) => done.kept === kept).map((done) => done.revision))
        expect((await readAcknowledged(id)).q01?.revision ?? 0).toBe(newest(false))
        const waiting = (await readOutbox(id)).q01?.revision ?? 0
        expect(waiting).toBe(newest(true) > newest(false) ? newest(true) : 0)
      }),
      { numRuns: 60 },
    )
  })
})
