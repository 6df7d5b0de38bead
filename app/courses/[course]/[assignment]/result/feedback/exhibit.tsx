'use client'

import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'
import type { FigureMark } from '@/lib/feedback/view'

interface Exhibit {
  /** What the figure points out, and the sentence that asked for it; null: nothing. */
  readonly pointed: { readonly by: string; readonly marks: readonly FigureMark[] } | null
  /** Points out the marks of a sentence; asked by the same sentence again, nothing. */
  readonly point: (by: string, marks: readonly FigureMark[]) => void
}

const Context = createContext<Exhibit | null>(null)

/** Joins a question's sentences with its figure: pressing one of them points out in the figure what it speaks of. */
export function ExhibitProvider({ children }: { children: ReactNode }) {
  const [pointed, setPointed] = useState<Exhibit['pointed']>(null)
  const point = useCallback<Exhibit['point']>(
    (by, marks) => setPointed((now) => (now?.by === by ? null : { by, marks })),
    [],
  )
  return <Context value={useMemo(() => ({ pointed, point }), [pointed, point])}>{children}</Context>
}

export function useExhibit(): Exhibit {
  const exhibit = use(Context)
  if (!exhibit) throw new Error('useExhibit: there is no ExhibitProvider above')
  return exhibit
}
