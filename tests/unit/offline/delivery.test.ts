import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { deliver, deliverOnce } from '@/app/offline/delivery'
import { keepChoice, readOutbox } from '@/app/offline/storage'

const noon = '2026-03-01T12:00:00.000Z'
const message = { zh: '原因', en: 'Reason' }
const address = (attemptId: string) => ({ attemptId, partId: 'q01' })
const choice = { optionIds: ['a'], revision: 2, clientId: 'tab' }
const keep = (attemptId: string) => keepChoice({ ...address(attemptId), ...choice, chosenAt: noon })

function answerWith(status: number, body: unknown) {
  const asked = vi.fn(
    async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }),
  )
  vi.stubGlobal('fetch', asked)
  return asked
}

afterEach(() => vi.unstubAllGlobals())

describe('delivering a choice', () => {
  it('takes it out of the outbox when the server holds it', async () => {
    await keep('stored')
    answerWith(200, { status: 'stored', ...choice, savedAt: noon })
    expect(await deliver(address('stored'), choice)).toMatchObject({ kind: 'answered' })
    expect(await readOutbox('stored')).toEqual({})
  })

  it.each([
    ['signed out', 401, { code: 'unauthenticated', message }, 'signed-out'],
    ['another account signed in', 404, { code: 'not-found', message }, 'other-person'],
    ['the attempt closed', 409, { code: 'attempt-submitted', message }, 'closed'],
    ['the choice was refused', 422, { code: 'invalid-answer', message }, 'refused'],
    ['an instructor signed in beside', 403, { code: 'forbidden', message }, 'other-person'],
    ['a proxy hides where it came from', 403, { code: 'cross-site', message }, 'refused'],
    ['the server is overloaded', 503, { code: 'unavailable', message }, 'network'],
    ['too many requests', 429, { code: 'too-many', message }, 'network'],
    ['a captive portal answers in its place', 200, '<html>Welcome to our Wi-Fi</html>', 'network'],
  ])('keeps it when %s', async (name, status, body, kind) => {
    await keep(name)
    answerWith(status, body)
    const delivery = await deliver(address(name), choice)
    expect(delivery).toEqual(kind === 'network' ? { kind } : { kind, why: message })
    expect(Object.keys(await readOutbox(name))).toEqual(['q01'])
  })

  it.each([
    [503, '20', 20_000],
    [429, '3600', 300_000],
    [429, 'soon', null],
    [500, '20', null],
  ])('keeps it when the server answers %s and asks for a pause of %s', async (status, asked, pause) => {
    const id = `busy-${status}-${asked}`
    await keep(id)
    vi.stubGlobal('fetch', async () => new Response('{}', { status, headers: { 'retry-after': asked } }))
    const expected = pause === null ? { kind: 'network' } : { kind: 'busy', pause }
    expect(await deliver(address(id), choice)).toEqual(expected)
    expect(Object.keys(await readOutbox(id))).toEqual(['q01'])
  })

  it('keeps it when nobody answers', async () => {
    await keep('offline')
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    expect(await deliver(address('offline'), choice)).toEqual({ kind: 'network' })
    expect(Object.keys(await readOutbox('offline'))).toEqual(['q01'])
  })

  it('asks the server once when two senders find the same choice waiting', async () => {
    await keep('twice')
    const queue = new Map<string, Promise<unknown>>()
    const request = (name: string, work: () => Promise<unknown>) => {
      const turn = (queue.get(name) ?? Promise.resolve()).then(work)
      queue.set(name, turn)
      return turn
    }
    vi.stubGlobal('navigator', { locks: { request } })
    const asked = answerWith(200, { status: 'stored', ...choice, savedAt: noon })
    const outcomes = await Promise.all([1, 2].map(() => deliverOnce(address('twice'), choice)))
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['answered', 'answered'])
    expect(asked).toHaveBeenCalledTimes(1)
  })
})
