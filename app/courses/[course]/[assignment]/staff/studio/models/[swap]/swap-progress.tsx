'use client'

import { LoaderCircle } from 'lucide-react'
import type { SwapView } from '@/lib/model-swaps/view'
import { useSwapMessages } from '../messages'
import { isComputing } from './use-swap'

/** How far a proposed swap is computed, in words and as a bar. */
export function SwapProgress({ swap }: { swap: SwapView }) {
  const { progress } = useSwapMessages()
  const { figures, keys } = swap
  const waits = isComputing(swap)
  // A figure takes about as long as the measurements of its key.
  const share =
    (figures.ready + figures.failed + ratio(keys.done, keys.total) * figures.total) / (2 * figures.total)
  const keysLine = {
    queued: progress.keysQueued,
    computing: progress.keys(keys.done, keys.total),
    done: progress.keysDone,
    failed: progress.keysFailed,
  }[keys.status]
  return (
    <div className="case mt-5 max-w-[44rem] px-5 py-4" role="status">
      <p className="flex items-center gap-2 font-[560]">
        {waits && <LoaderCircle size={16} aria-hidden="true" className="animate-spin" />}
        {waits ? progress.title : progress.done}
      </p>
      {waits && (
        <div className="mt-2 h-1 overflow-hidden rounded-full bg-hairline" aria-hidden="true">
          <div className="h-full rounded-full bg-accent" style={{ width: `${100 * share}%` }} />
        </div>
      )}
      <p className="numbers mt-2 text-13">{progress.figures(figures.ready, figures.total)}</p>
      <p className={`numbers text-13 ${keys.status === 'failed' ? 'text-wrong' : ''}`}>{keysLine}</p>
      {figures.failed > 0 && (
        <p className="mt-1 text-13 text-wrong">{progress.figuresFailed(figures.failed)}</p>
      )}
      {waits && <p className="mt-1 text-13 text-quiet">{progress.meanwhile}</p>}
    </div>
  )
}

const ratio = (done: number, total: number) => (total === 0 ? 1 : done / total)
