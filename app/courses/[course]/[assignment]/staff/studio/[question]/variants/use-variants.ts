'use client'

import { useCallback, useEffect, useState } from 'react'
import { useSending } from '@/app/components/use-sending'
import type { VariantsView } from '@/lib/variants/view'

/** Milliseconds between two looks while something is under way. */
const lookEvery = 2000

/** The variants of a question as they are now, and how to change them. */
export function useVariants(given: VariantsView) {
  const [view, setView] = useState(given)
  const { send, sending, refusal } = useSending()
  const address = `/api/questions/${given.questionId}`
  const look = useCallback(async () => {
    const response = await fetch(`${address}/variants`, { signal: AbortSignal.timeout(20_000) }).catch(
      () => null,
    )
    const latest = response?.ok ? ((await response.json()) as { view: VariantsView | null }).view : null
    if (latest) setView(latest)
  }, [address])
  const isUnderWay = view.variants.some(
    ({ state, made }) =>
      state === 'queued' || state === 'computing' || (made?.figure != null && !isOver(made.figure.status)),
  )
  useEffect(() => {
    if (!isUnderWay) return
    const timer = setInterval(() => void look(), lookEvery)
    return () => clearInterval(timer)
  }, [isUnderWay, look])

  /** @param path below the question's address. @returns whether the server did it. */
  async function change(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<boolean> {
    const answer = await send(method, `${address}/${path}`, body)
    await look()
    return answer !== null
  }
  return { view, change, sending, refusal }
}

const isOver = (status: string) => status === 'ready' || status === 'failed'

export type Variants = ReturnType<typeof useVariants>
