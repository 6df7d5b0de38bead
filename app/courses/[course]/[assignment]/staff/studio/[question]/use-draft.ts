'use client'

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { beginHistory, change, type History, redo, undo } from '@/lib/studio/history'
import type { Draft } from '@/lib/studio/schema'
import { keepingOf } from './draft-keeping'
import { DraftSync, type SyncStart, type SyncState } from './draft-sync'

/** Changes a draft. `field` names what was typed into: typing on is one step to undo; without it, it is a step. */
export type ChangeDraft = (edit: (draft: Draft) => Draft, field?: string) => void

export interface DraftEditing {
  readonly draft: Draft
  /** Version that the draft was started from; 0: there was none. */
  readonly basedOn: number
  readonly state: SyncState
  readonly sync: DraftSync
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly edit: ChangeDraft
  readonly undo: () => void
  readonly redo: () => void
  /** In a conflict: stores what is written here. */
  readonly keepMine: (basedOn: number) => Promise<void>
  /** Takes a draft that is stored, or a version that is published, in place of what is written here. */
  readonly take: (draft: Draft, basedOn: number, revision: number, savedAt: string | null) => void
  /**
   * Has the draft become a version, once everything is saved.
   * @param send what is to be published; returns the version, null where it is refused
   * @returns what was published; null where it was not
   */
  readonly publish: (
    send: (what: Publishing) => Promise<number | null>,
  ) => Promise<{ readonly version: number; readonly draft: Draft } | 'unsaved' | null>
}

/** A draft as it is published. */
export interface Publishing {
  readonly draft: Draft
  readonly basedOn: number
  readonly draftRevision: number
}

interface Written {
  readonly history: History<Draft>
  readonly basedOn: number
}

const idle: SyncState = { status: 'clean', savedAt: null, revision: 0, keeps: true, other: null }

/** The draft of one question, with its history in this page and its way to the server. */
export function useDraft(
  start: Omit<SyncStart, 'keeping'>,
  first: { readonly draft: Draft; readonly basedOn: number },
): DraftEditing {
  const [sync] = useState(
    () => new DraftSync({ ...start, keeping: keepingOf(start.userId, start.questionId) }),
  )
  const state = useSyncExternalStore(sync.subscribe, sync.read, () => idle)
  const [written, setWritten] = useState<Written>(() => ({
    history: beginHistory(first.draft),
    basedOn: first.basedOn,
  }))
  // Two changes may come before the next drawing.
  const latest = useRef(written)
  const show = useCallback((next: Written) => {
    latest.current = next
    setWritten(next)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what an earlier visit kept is looked for once
  useEffect(() => {
    const keeping = keepingOf(start.userId, start.questionId)
    const kept = sync.takeKept({ ...start, keeping })
    if (kept) show({ history: change(latest.current.history, kept.draft, null, 0), basedOn: kept.basedOn })
    else
      void sync.isOutdated().then((outdated) => {
        if (outdated) location.reload()
      })
    const leave = () => {
      if (document.visibilityState === 'hidden') sync.leave()
    }
    window.addEventListener('online', sync.wake)
    document.addEventListener('visibilitychange', leave)
    return () => {
      sync.leave()
      sync.stop()
      window.removeEventListener('online', sync.wake)
      document.removeEventListener('visibilitychange', leave)
    }
  }, [])

  const move = useCallback(
    (step: (history: History<Draft>) => History<Draft>) => {
      const { history: before, basedOn } = latest.current
      const history = step(before)
      if (history.present === before.present) return
      show({ history, basedOn })
      sync.write(history.present, basedOn)
    },
    [show, sync],
  )

  return {
    draft: written.history.present,
    basedOn: written.basedOn,
    state,
    sync,
    canUndo: written.history.past.length > 0,
    canRedo: written.history.future.length > 0,
    edit: (edit, field) =>
      move((history) => change(history, edit(history.present), field ?? null, Date.now())),
    undo: () => move(undo),
    redo: () => move(redo),
    keepMine: (basedOn) => {
      show({ ...latest.current, basedOn })
      return sync.overrule(latest.current.history.present, basedOn)
    },
    take: (draft, basedOn, revision, savedAt) => {
      sync.settle(revision, savedAt)
      show({ history: change(latest.current.history, draft, null, Date.now()), basedOn })
    },
    publish: async (send) => {
      let draft = latest.current.history.present
      const version = await sync.publish((draftRevision) => {
        const { history, basedOn } = latest.current
        draft = history.present
        return send({ draft, basedOn, draftRevision })
      })
      if (version === null || version === 'unsaved') return version
      show({ ...latest.current, basedOn: version })
      return { version, draft }
    },
  }
}
