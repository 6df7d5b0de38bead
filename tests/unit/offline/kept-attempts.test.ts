import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { describe, expect, it } from 'vitest'
import { findLostAttempt } from '@/app/offline/kept-attempts'
import {
  acknowledge,
  forgetAcknowledged,
  forgetAttempt,
  keepAttempt,
  keepChoice,
  readOutbox,
} from '@/app/offline/storage'
import type { KnownAttempt } from '@/lib/attempts/lost-attempt'

// A device of its own, that no other test has opened: one of these tests begins with what an earlier release had made.
globalThis.indexedDB = new IDBFactory()

const noon = '2026-03-01T12:00:00.000Z'
const known = (attemptId: string, owner: string): KnownAttempt => ({
  attemptId,
  owner,
  assignmentId: 'hw9',
  number: 1,
  versions: { q01: 'v1', q02: 'v2' },
})
const waiting = (attemptId: string, partId: string, optionIds: string[], revision = 1) =>
  keepChoice({ attemptId, partId, optionIds, revision, clientId: 'tab', chosenAt: noon })

describe('what this device kept of a lost attempt', () => {
  it('keeps what an earlier release had put there', async () => {
    // That release knew two stores.
    const earlier = await openDB('vitrine', 1, {
      upgrade(database) {
        database.createObjectStore('outbox', { keyPath: ['attemptId', 'partId'] })
        database.createObjectStore('acknowledged', { keyPath: ['attemptId', 'partId'] })
      },
    })
    const choice = { partId: 'q01', optionIds: ['a'], revision: 1, clientId: 'tab', chosenAt: noon }
    await earlier.put('outbox', { attemptId: 'earlier', ...choice })
    earlier.close()
    expect(await readOutbox('earlier')).toMatchObject({ q01: { optionIds: ['a'] } })
  })

  it('is the newest answer of each part, until it is taken over', async () => {
    await keepAttempt(known('lost', 'mei'))
    await acknowledge('lost', 'q01', { optionIds: ['a'], revision: 3, savedAt: noon })
    await acknowledge('lost', 'q02', { optionIds: ['b'], revision: 1, savedAt: noon })
    await waiting('lost', 'q02', ['c'], 2)
    await keepAttempt(known('new', 'mei'))
    expect(await findLostAttempt(known('new', 'mei'))).toMatchObject({
      known: { attemptId: 'lost' },
      answers: { q01: { optionIds: ['a'] }, q02: { optionIds: ['c'] } },
    })
    expect(await findLostAttempt(known('new', 'kai'))).toBeNull()
    await forgetAttempt('lost')
    expect(await findLostAttempt(known('new', 'mei'))).toBeNull()
    expect(Object.keys(await readOutbox('lost'))).toEqual(['q02'])
  })

  it('is found after a sign-out as far as it waits, and nothing is offered where nothing is', async () => {
    await keepAttempt(known('lost-2', 'lin'))
    await acknowledge('lost-2', 'q01', { optionIds: ['a'], revision: 3, savedAt: noon })
    await forgetAcknowledged()
    expect(await findLostAttempt(known('new-2', 'lin'))).toBeNull()
    await waiting('lost-2', 'q02', ['c'])
    expect(await findLostAttempt(known('new-2', 'lin'))).toMatchObject({
      answers: { q02: { optionIds: ['c'] } },
    })
  })
})
