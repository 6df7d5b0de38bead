import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { note, readNotes, removeNote } from '@/app/offline/noted-choices'

const choice = {
  attemptId: 'attempt',
  partId: 'q01',
  optionIds: ['a'],
  revision: 2,
  clientId: 'tab',
  chosenAt: '2026-03-01T12:00:00.000Z',
}
let entries: Map<string, string>

beforeEach(() => {
  entries = new Map()
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  }
  const listed = new Proxy(storage, {
    ownKeys: () => [...entries.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
  vi.stubGlobal('localStorage', listed)
})

afterEach(() => vi.unstubAllGlobals())

describe('noted choices', () => {
  it('are there at once, and go when the outbox has them', () => {
    expect(note(choice)).toBe(true)
    expect(readNotes()).toEqual([choice])
    removeNote(choice)
    expect(readNotes()).toEqual([])
  })

  it('a newer choice made meanwhile stays', () => {
    note({ ...choice, revision: 3 })
    removeNote(choice)
    expect(readNotes()).toMatchObject([{ revision: 3 }])
  })

  it('reads what an earlier release kept, and no damaged or foreign entries', () => {
    entries.set('vitrine:answer:old:q01', JSON.stringify({ optionIds: ['d'], revision: 7, clientId: 'old' }))
    entries.set('vitrine:answer:old:q02', '{"optionIds":')
    entries.set('vitrine:answer:old:q03', JSON.stringify({ optionIds: 'd', revision: 7, clientId: 'old' }))
    entries.set('vitrine:answer:old:q04', 'null')
    entries.set('something-else', '{}')
    expect(readNotes()).toMatchObject([
      { attemptId: 'old', partId: 'q01', optionIds: ['d'], revision: 7, clientId: 'old' },
    ])
  })

  it('says when the browser refuses', () => {
    vi.stubGlobal('localStorage', {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    })
    expect(note(choice)).toBe(false)
  })
})
