import type { ExplorerAccess } from '@/lib/auth/gate'
import { studentDatabase } from '@/lib/database/student'
import { describeFailure } from '@/lib/explorations/failure'
import type { ExplorationState } from '@/lib/explorations/view'

/** A state as it is sent; a result stays the text it was stored as. */
export type StoredState =
  | Exclude<ExplorationState, { readonly status: 'ready' }>
  | { readonly explorationId: string; readonly status: 'ready'; readonly result: string }

/** @returns the state of an exploration; null when nobody asked for it, or it was too long ago. */
export async function readExploration(_access: ExplorerAccess, id: string): Promise<StoredState | null> {
  return readState(id)
}

async function readState(id: string): Promise<StoredState | null> {
  const row = await studentDatabase.exploration.findUnique({
    where: { id },
    select: { status: true, done: true, total: true, result: true, error: true },
  })
  if (!row) return null
  switch (row.status) {
    case 'QUEUED':
      return { explorationId: id, status: 'queued' }
    case 'COMPUTING':
      return { explorationId: id, status: 'computing', done: row.done, total: row.total }
    case 'READY':
      return { explorationId: id, status: 'ready', result: row.result ?? 'null' }
    case 'FAILED':
      return { explorationId: id, status: 'failed', ...describeFailure(row.error) }
  }
}

/** Requests that may wait at a time in this process: each asks the database now and then, and answers come first. */
const mostWaiting = 50
let waiting = 0

/**
 * Waits until the exploration is computed, or there is progress to tell. It is looked at after 12 ms, then ever less often.
 * @param patience milliseconds after which the state is returned as it is
 * @returns null when it was forgotten, or the caller has gone
 */
export async function waitForExploration(
  id: string,
  { patience, signal }: { readonly patience: number; readonly signal: AbortSignal },
): Promise<StoredState | null> {
  if (waiting >= mostWaiting) return readState(id)
  waiting++
  try {
    const deadline = performance.now() + patience
    for (let pause = 12; ; pause = Math.min(200, pause * 1.25)) {
      await sleep(pause, signal)
      const row = await studentDatabase.exploration.findUnique({
        where: { id },
        select: { status: true, total: true },
      })
      if (!row || signal.aborted) return null
      const isDone = row.status === 'READY' || row.status === 'FAILED'
      if (isDone || row.total > 0 || performance.now() > deadline) return await readState(id)
    }
  } finally {
    waiting--
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}
