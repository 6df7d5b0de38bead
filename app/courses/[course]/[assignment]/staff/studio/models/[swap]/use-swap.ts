import { useEffect, useState } from 'react'
import type { SwapView } from '@/lib/model-swaps/view'

const lookEvery = 2000

/** Whether figures or keys of a swap are still computed. */
export function isComputing({ keys, figures }: SwapView): boolean {
  const keysEnd = keys.status === 'done' || keys.status === 'failed'
  return !keysEnd || figures.ready + figures.failed < figures.total
}

/** A swap as it is by now: asked for again while it is computed and the page is in sight. */
export function useSwap(given: SwapView): readonly [SwapView, look: () => Promise<void>] {
  const [swap, setSwap] = useState(given)
  const { swapId } = given
  const look = async () => {
    const response = await fetch(`/api/model-swaps/${swapId}`, { signal: AbortSignal.timeout(15_000) }).catch(
      () => null,
    )
    if (response?.ok) setSwap((await response.json()) as SwapView)
  }
  const waits = isComputing(swap)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` asks for the same swap each time
  useEffect(() => {
    if (!waits) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look()
    }, lookEvery)
    return () => clearInterval(timer)
  }, [waits, swapId])
  return [swap, look]
}
