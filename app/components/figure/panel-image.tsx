'use client'

import { clsx } from 'clsx'
import dynamic from 'next/dynamic'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { ImagePanel } from '@/lib/explainers/figures/document'
import { useMarksOf, useSpotsOf } from './figure-marks'

const RegionOutlines = dynamic(() => import('./region-outlines').then((module) => module.RegionOutlines))

/** How a map is shown together with the picture that it explains. */
export interface Look {
  readonly view: 'side' | 'overlay' | 'swipe'
  /** Opacity of the map over the picture, 0 to 1. */
  readonly opacity: number
  /** Share of the width from the left on which the map is uncovered, 0 to 1. */
  readonly swipe: number
  /** Green and magenta instead of the homework's green and red. */
  readonly safeColours: boolean
}

export const assetAddress = (figureId: string, name: string) => `/api/figures/${figureId}/assets/${name}`

/** The picture and the map over it, as one image for assistive technology. */
export function PanelImage({
  figureId,
  panel,
  look,
  eager,
  className,
}: {
  figureId: string
  panel: ImagePanel
  look: Look
  eager?: boolean
  className?: string
}) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  const spotted = useSpotsOf(panel)
  const marks = [...useMarksOf(panel), ...spotted.map(({ name, role }) => ({ name, role, outline: null }))]
  const under = look.view !== 'side' && panel.over ? panel.over : null
  const shared = {
    width: 512,
    height: 512,
    draggable: false,
    decoding: 'async',
    loading: eager ? 'eager' : 'lazy',
  } as const
  return (
    <span
      role="img"
      aria-label={[say(panel.alternative), ...marks.map(({ name }) => figure.outlined(say(name)))].join(' ')}
      className={clsx('ground relative block aspect-square w-full overflow-hidden select-none', className)}
    >
      {under && (
        // biome-ignore lint/performance/noImgElement: figures are immutable, exact PNGs that must not be recompressed
        <img {...shared} alt="" src={assetAddress(figureId, under)} className="absolute inset-0 size-full" />
      )}
      {/* biome-ignore lint/performance/noImgElement: as above */}
      <img
        {...shared}
        alt=""
        src={assetAddress(figureId, panel.asset)}
        className="absolute inset-0 size-full"
        style={{
          ...(under && look.view === 'overlay' && { opacity: look.opacity }),
          ...(under && look.view === 'swipe' && { clipPath: `inset(0 ${(1 - look.swipe) * 100}% 0 0)` }),
          ...(look.safeColours && panel.legend && { filter: 'url(#safe-colours)' }),
        }}
      />
      {under && look.view === 'swipe' && (
        <span
          aria-hidden="true"
          className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.45)]"
          style={{ left: `${look.swipe * 100}%` }}
        />
      )}
      {marks.length > 0 && <RegionOutlines marks={marks} />}
    </span>
  )
}
