'use client'

import { useEffect, useState } from 'react'
import type { FigureMaterial, SentenceWord } from '@/lib/figure-previews/view'

const materials = new Map<string, Promise<FigureMaterial>>()

function readMaterialOnce(courseSlug: string): Promise<FigureMaterial> {
  const known = materials.get(courseSlug)
  const material = known ?? readJson<FigureMaterial>(`/api/courses/${courseSlug}/figure-material`)
  materials.set(courseSlug, material)
  material.catch(() => materials.delete(courseSlug))
  return material
}

/** What figures of the course can be made of; read once for all editors of a page. */
export function useMaterial(courseSlug: string): {
  readonly material: FigureMaterial | null
  readonly failed: boolean
  readonly again: () => void
} {
  const [tries, setTries] = useState(0)
  const [state, setState] = useState<{ material: FigureMaterial | null; failed: boolean }>({
    material: null,
    failed: false,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads again
  useEffect(() => {
    let current = true
    setState({ material: null, failed: false })
    readMaterialOnce(courseSlug).then(
      (material) => current && setState({ material, failed: false }),
      () => current && setState({ material: null, failed: true }),
    )
    return () => {
      current = false
    }
  }, [courseSlug, tries])
  return { ...state, again: () => setTries(tries + 1) }
}

/** Pause after the last key before the sentence is read, in milliseconds. */
const typing = 350

/** The words of a sentence as the model reads them; null while they are not known. */
export function useSentenceWords(
  courseSlug: string,
  model: string,
  sentence: string,
): readonly SentenceWord[] | null {
  const [known, setKnown] = useState<{ key: string; words: readonly SentenceWord[] } | null>(null)
  const text = sentence.trim()
  const key = `${model}\n${text}`
  useEffect(() => {
    if (text === '') return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ model, sentence: text })
      readJson<{ words: readonly SentenceWord[] }>(
        `/api/courses/${courseSlug}/figure-material/words?${query}`,
        stop.signal,
      ).then(
        ({ words }) => setKnown({ key: `${model}\n${text}`, words }),
        () => {}, // Words can be typed, and the server checks them again.
      )
    }, typing)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [courseSlug, model, text])
  return known?.key === key ? known.words : null
}

async function readJson<Body>(address: string, signal?: AbortSignal): Promise<Body> {
  const limit = AbortSignal.timeout(20_000)
  const response = await fetch(address, { signal: signal ? AbortSignal.any([signal, limit]) : limit })
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return (await response.json()) as Body
}
