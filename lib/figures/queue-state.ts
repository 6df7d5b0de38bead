import { failureMessage } from '@/lib/figures/failure'
import { asProgressStep } from '@/lib/figures/progress'
import type { FigureState } from '@/lib/figures/view'

/** A request that has no figure (yet), as stored. */
export interface PendingRequest {
  readonly id: string
  readonly status: 'QUEUED' | 'COMPUTING' | 'FAILED'
  /** Of its job, from the smallest; null: it has none, and comes last. */
  readonly priority: number | null
  readonly step: string | null
  readonly done: number
  readonly total: number
  readonly secondsLeft: number | null
  readonly updatedAt: Date
  readonly error: unknown
}

const last = Number.MAX_SAFE_INTEGER

/**
 * The states of all requests without a figure, from one look at the queue.
 * @param pending those of one priority in the order in which they are begun.
 * @param secondsEach mean seconds of the figures made so far; null when there are none.
 * @param now server time, to count an estimate down between the worker's reports.
 */
export function queueStates(
  pending: readonly PendingRequest[],
  secondsEach: number | null,
  now: Date,
): ReadonlyMap<string, FigureState> {
  const computing = pending.filter((request) => request.status === 'COMPUTING')
  const queued = pending
    .filter((request) => request.status === 'QUEUED')
    .sort((a, b) => (a.priority ?? last) - (b.priority ?? last))
  const untilNext = computing.reduce<number | null>((most, request) => {
    const left = countedDown(request, now) ?? secondsEach
    return most === null || left === null ? null : Math.max(most, left)
  }, 0)
  const states = new Map<string, FigureState>()
  for (const request of computing)
    states.set(request.id, {
      requestId: request.id,
      status: 'computing',
      step: asProgressStep(request.step),
      done: request.done,
      total: request.total,
      secondsLeft: countedDown(request, now),
    })
  queued.forEach((request, index) => {
    const known = untilNext !== null && secondsEach !== null
    states.set(request.id, {
      requestId: request.id,
      status: 'queued',
      ahead: computing.length + index,
      secondsLeft: known ? Math.ceil(untilNext + secondsEach * (index + 1)) : null,
    })
  })
  for (const request of pending)
    if (request.status === 'FAILED')
      states.set(request.id, { requestId: request.id, status: 'failed', ...failureMessage(request.error) })
  return states
}

function countedDown({ secondsLeft, updatedAt }: PendingRequest, now: Date): number | null {
  if (secondsLeft === null) return null
  return Math.max(1, Math.ceil(secondsLeft - (now.getTime() - updatedAt.getTime()) / 1000))
}
