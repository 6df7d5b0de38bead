'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { FigureState, FigureView } from '@/lib/figures/view'

/** What the page knows of a figure, shared by everything on it that shows the same one. */
export interface KnownFigure {
  readonly state: FigureState | null
  readonly view: FigureView | null
  /** The last look did not succeed; the next is under way. */
  readonly unreachable: boolean
}

const NOTHING: KnownFigure = { state: null, view: null, unreachable: false }
const known = new Map<string, KnownFigure>()
const listeners = new Set<() => void>()

function learn(requestId: string, news: Partial<KnownFigure>) {
  known.set(requestId, { ...(known.get(requestId) ?? NOTHING), ...news })
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * The figure of a request, with its progress until it is ready. Looks every second while it is computed, less often
 * in a queue or without an answer, and not at all while the page is hidden.
 * @param given what the server drew the page with
 */
export function useFigure(requestId: string, given: Partial<KnownFigure> = {}): KnownFigure {
  const [first] = useState<KnownFigure>(() => ({ ...NOTHING, ...given }))
  const figure = useSyncExternalStore(
    subscribe,
    () => known.get(requestId) ?? (first.state?.requestId === requestId ? first : NOTHING),
    () => first,
  )
  const done = figure.view !== null || figure.state?.status === 'failed'
  useEffect(() => {
    if (!done) return watch(requestId)
  }, [requestId, done])
  return figure
}

/** Takes note of a state that another request was answered with: of a figure that was asked for anew, say. */
export function learnState(state: FigureState): void {
  learn(state.requestId, { state, unreachable: false })
}

/** Fetches a figure that the student is likely to see next; says nothing if that fails. */
export async function prefetchFigure(requestId: string): Promise<void> {
  if (known.get(requestId)?.view) return
  try {
    await look(requestId)
  } catch {
    // It is asked for again when it is looked at.
  }
}

async function look(requestId: string): Promise<number> {
  const [state] = await readStates([requestId])
  if (!state) throw new Error(`no state for figure request ${requestId}`)
  learn(requestId, { state, unreachable: false })
  if (state.status === 'ready') {
    const view = await readJson<FigureView>(`/api/figures/${state.figureId}`)
    learn(requestId, { view })
  }
  return state.status === 'queued' ? 2500 : 1000
}

function watch(requestId: string): () => void {
  let stopped = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout>
  async function turn() {
    let pause = 1000
    try {
      if (document.visibilityState === 'visible') pause = await look(requestId)
      failures = 0
    } catch {
      failures++
      pause = Math.min(20_000, 1000 * 2 ** failures)
      if (failures > 1) learn(requestId, { unreachable: true })
    }
    const figure = known.get(requestId)
    if (!stopped && !figure?.view && figure?.state?.status !== 'failed') timer = setTimeout(turn, pause)
  }
  void turn()
  const again = () => {
    clearTimeout(timer)
    void turn()
  }
  window.addEventListener('online', again)
  return () => {
    stopped = true
    clearTimeout(timer)
    window.removeEventListener('online', again)
  }
}

async function readStates(requestIds: readonly string[]): Promise<readonly FigureState[]> {
  const query = requestIds.map((id) => `request=${encodeURIComponent(id)}`).join('&')
  return (await readJson<{ figures: readonly FigureState[] }>(`/api/figures?${query}`)).figures
}

async function readJson<Body>(address: string): Promise<Body> {
  const response = await fetch(address, { signal: AbortSignal.timeout(15_000) })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return (await response.json()) as Body
}
