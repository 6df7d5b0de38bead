import { ExplainerError } from '../errors'

/** @throws ExplainerError 'cancelled' when the signal has been aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ExplainerError('cancelled', 'run', 'the computation was cancelled')
}
