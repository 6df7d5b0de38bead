import { describe, expect, it } from 'vitest'
import { emptyDraft } from '@/lib/studio/draft'
import { reconcile } from '@/lib/studio/kept-draft'
import type { Draft, StoredDraft } from '@/lib/studio/schema'

const draftSaying = (en: string): Draft => ({ ...emptyDraft('s01', '1', 'lime'), prompt: { zh: '', en } })
const stored = (revision: number, draft: Draft | null, userId = 'me'): StoredDraft => ({
  revision,
  basedOn: 1,
  author: { userId, name: userId },
  savedAt: '2026-11-23T00:00:00.000Z',
  draft,
})
const kept = (revision: number, draft: Draft, sent: Draft | null = null) => ({
  revision,
  basedOn: 1,
  draft,
  sent,
})

describe('what a browser kept of a draft', () => {
  const mine = draftSaying('mine')

  it('is gone on with where nothing came between', () => {
    expect(reconcile(kept(0, mine), null, 'me')).toEqual({ kind: 'go-on', revision: 0 })
    expect(reconcile(kept(3, mine), stored(3, draftSaying('before'), 'other'), 'me')).toEqual({
      kind: 'go-on',
      revision: 3,
    })
  })

  it('is nothing where it has arrived, whatever was heard of that', () => {
    expect(reconcile(kept(3, mine), stored(4, mine), 'me')).toEqual({ kind: 'nothing' })
  })

  it('is gone on with on top of an earlier state of it that arrived without an answer', () => {
    const sent = draftSaying('m')
    expect(reconcile(kept(3, mine, sent), stored(4, sent), 'me')).toEqual({ kind: 'go-on', revision: 4 })
    expect(reconcile(kept(3, mine, sent), stored(4, sent, 'other'), 'me')).toEqual({ kind: 'conflict' })
    expect(reconcile(kept(3, mine, sent), stored(5, sent), 'me')).toEqual({ kind: 'conflict' })
  })

  it('is a conflict where somebody saved, published or discarded meanwhile', () => {
    expect(reconcile(kept(3, mine), stored(4, draftSaying('theirs'), 'other'), 'me')).toEqual({
      kind: 'conflict',
    })
    expect(reconcile(kept(3, mine), stored(4, null), 'me')).toEqual({ kind: 'conflict' })
  })
})
