'use client'

import { useEffect, useState } from 'react'
import type { ExplorationMaterial } from '@/lib/explorations/view'

let known: ExplorationMaterial | undefined

/** The bundled passages and sentences: given by a room's own page, else asked of the server once. */
export function useMaterial(given: ExplorationMaterial | undefined): {
  readonly material: ExplorationMaterial | null
  readonly failed: boolean
  readonly retry: () => void
} {
  const [material, setMaterial] = useState(given ?? known ?? null)
  const [failed, setFailed] = useState(false)
  const [turn, setTurn] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks again
  useEffect(() => {
    if (material) return
    const abort = new AbortController()
    setFailed(false)
    fetch('/api/explorations/material', { signal: abort.signal })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
      .then((read: ExplorationMaterial) => {
        known = read
        setMaterial(read)
      })
      .catch(() => !abort.signal.aborted && setFailed(true))
    return () => abort.abort()
  }, [material, turn])

  return { material, failed, retry: () => setTurn((last) => last + 1) }
}
