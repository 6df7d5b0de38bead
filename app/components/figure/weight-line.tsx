'use client'

import { BilingualText } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { ImagePanel } from '@/lib/explainers/figures/document'

/** The line below a map with superpixels: always there, so that reading moves nothing. */
export function WeightLine({ words, unit }: { words: string | null; unit: ImagePanel['scale'] }) {
  const { figure } = useMessages()
  return (
    <p className="mt-1.5 min-h-5 text-13 text-quiet" aria-live="polite" data-testid="weight-line">
      {words ? (
        <>
          <span className="font-[560] text-ink">{words}</span>
          {unit && <BilingualText text={unit.unit} className="inline! ml-1.5" second="hidden" />}
        </>
      ) : (
        <span aria-hidden="true">{figure.pointHint}</span>
      )}
    </p>
  )
}
