import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DraftKeeping } from '@/app/courses/[course]/[assignment]/staff/studio/[question]/draft-keeping'
import { DraftSync } from '@/app/courses/[course]/[assignment]/staff/studio/[question]/draft-sync'
import { emptyDraft } from '@/lib/studio/draft'
import { type DraftRow, decideSave } from '@/lib/studio/draft-saving'
import type { KeptDraft } from '@/lib/studio/kept-draft'
import type { Draft, DraftSave } from '@/lib/studio/schema'

const draftSaying = (en: string): Draft => ({ ...emptyDraft('s01', '1', 'lime'), prompt: { zh: '', en } })

/** The server's side of the route, and a network that can be cut before or after it. */
class Server {
  row: DraftRow | null = null
  network: 'there' | 'cut' | 'loses-answers' = 'there'
  readonly requests: DraftSave[] = []

  readonly fetch = async (_: string, { body }: { body?: string }): Promise<Response> => {
    if (this.network === 'cut') throw new TypeError('no network')
    if (body === undefined) return Response.json({ stored: this.row })
    const save = JSON.parse(body) as DraftSave
    this.requests.push(save)
    const decision = decideSave(this.row, { ...save, authorId: 'me' })
    if (decision.kind === 'store')
      this.row = { revision: decision.revision, authorId: 'me', draft: save.draft }
    if (this.network === 'loses-answers') throw new TypeError('connection lost')
    const savedAt = '2026-11-23T12:03:04.000Z'
    if (decision.kind !== 'conflict') return Response.json({ revision: this.row!.revision, savedAt })
    const stored = { ...this.row!, basedOn: 1, author: { userId: 'other', name: 'Ben' }, savedAt }
    return Response.json({ code: 'draft-conflict', stored }, { status: 409 })
  }
}

class Shelf implements DraftKeeping {
  kept: KeptDraft | null = null
  readonly keep = (draft: KeptDraft) => {
    this.kept = draft
    return true
  }
  readonly forget = () => {
    this.kept = null
  }
  readonly read = () => this.kept
}

let server: Server
let shelf: Shelf
const open = () => new DraftSync({ questionId: 'q', userId: 'me', stored: null, keeping: shelf })

beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
  shelf = new Shelf()
  vi.stubGlobal('fetch', server.fetch)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the saving of a draft', () => {
  it('waits for a pause in typing, and keeps every state here until it is acknowledged', async () => {
    const sync = open()
    for (const words of ['a', 'ab', 'abc']) {
      sync.write(draftSaying(words), 1)
      expect(shelf.kept?.draft.prompt.en).toBe(words)
      await vi.advanceTimersByTimeAsync(200)
    }
    expect(server.requests).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(2000)
    expect(server.requests.map(({ draft }) => draft.prompt.en)).toEqual(['abc'])
    expect(sync.read()).toMatchObject({ status: 'saved', revision: 1 })
    expect(shelf.kept).toBeNull()
  })

  it('does not wait for ever for one who never pauses', async () => {
    const sync = open()
    for (let typed = 0; typed < 60; typed++) {
      sync.write(draftSaying('x'.repeat(typed + 1)), 1)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(server.requests.length).toBeGreaterThan(0)
  })

  it('goes on without a network, and sends the latest when it is back', async () => {
    const sync = open()
    server.network = 'cut'
    sync.write(draftSaying('one'), 1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(sync.read().status).toBe('waiting')
    sync.write(draftSaying('two'), 1)
    server.network = 'there'
    sync.wake()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.row?.draft?.prompt.en).toBe('two')
    expect(sync.read().status).toBe('saved')
  })

  it('takes an answer that was lost for no conflict, though more was written since', async () => {
    const sync = open()
    server.network = 'loses-answers'
    sync.write(draftSaying('one'), 1)
    await vi.advanceTimersByTimeAsync(1000)
    sync.write(draftSaying('two'), 1)
    expect(shelf.kept?.sent?.prompt.en).toBe('one')
    server.network = 'there'
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sync.read()).toMatchObject({ status: 'saved', revision: 2 })
    expect(server.row?.draft?.prompt.en).toBe('two')
  })

  it('stops at a conflict, keeps what is written, and goes on as it is decided', async () => {
    const sync = open()
    server.row = { revision: 5, authorId: 'other', draft: draftSaying('theirs') }
    sync.write(draftSaying('mine'), 1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(sync.read()).toMatchObject({ status: 'conflict', other: { author: { name: 'Ben' } } })
    sync.write(draftSaying('mine too'), 1)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(server.row.draft?.prompt.en).toBe('theirs')
    expect(shelf.kept?.draft.prompt.en).toBe('mine too')
    await sync.overrule(draftSaying('mine too'), 1)
    expect(server.row?.draft?.prompt.en).toBe('mine too')
    expect(server.requests.at(-1)?.keepReplaced).toBe(true)
    expect(sync.read().status).toBe('saved')
  })

  it('publishes what was just written, and saves what is written meanwhile on top of the version', async () => {
    const sync = open()
    sync.write(draftSaying('one'), 1)
    let done = (_: number | null) => {}
    const publishing = sync.publish((revision) => {
      expect(revision).toBe(server.row?.revision)
      expect(server.row?.draft?.prompt.en).toBe('one')
      return new Promise((resolve) => {
        done = resolve
      })
    })
    await vi.advanceTimersByTimeAsync(0)
    sync.write(draftSaying('two'), 1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.requests).toHaveLength(1)
    server.row = { ...server.row!, revision: server.row!.revision + 1, draft: null }
    done(2)
    expect(await publishing).toBe(2)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(server.requests.at(-1)).toMatchObject({ basedOn: 2, draft: { prompt: { en: 'two' } } })
    expect(sync.read()).toMatchObject({ status: 'saved', revision: 3 })
  })

  it('goes on where nothing could be published', async () => {
    const sync = open()
    sync.write(draftSaying('one'), 1)
    expect(await sync.publish(async () => null)).toBeNull()
    server.network = 'cut'
    sync.write(draftSaying('two'), 1)
    expect(await sync.publish(async () => 2)).toBe('unsaved')
    server.network = 'there'
    sync.wake()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.row?.draft?.prompt.en).toBe('two')
  })

  it('tells a page that is older than what was stored or published since', async () => {
    const sync = open()
    expect(await sync.isOutdated()).toBe(false)
    server.row = { revision: 2, authorId: 'me', draft: null }
    expect(await sync.isOutdated()).toBe(true)
    sync.write(draftSaying('meanwhile'), 1)
    expect(await sync.isOutdated()).toBe(false)
  })

  it('says whether everything is saved when that is asked for at once', async () => {
    const sync = open()
    sync.write(draftSaying('now'), 1)
    expect(await sync.flush()).toBe(true)
    server.network = 'cut'
    sync.write(draftSaying('later'), 1)
    expect(await sync.flush()).toBe(false)
  })
})
