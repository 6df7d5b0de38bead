'use client'

import { Download, Eye, Info, Maximize2 } from 'lucide-react'
import { usePreferences } from '@/app/components/preferences'
import { Segments } from '@/app/components/segments'
import type { Look } from './panel-image'

export function FigureToolbar({
  figureId,
  look,
  onLook,
  hasOverlays,
  hasMarks,
  onZoom,
  plaqueId,
  plaqueShown,
  onPlaque,
}: {
  figureId: string
  look: Look
  onLook: (look: Look) => void
  hasOverlays: boolean
  hasMarks: boolean
  onZoom: (() => void) | undefined
  plaqueId: string
  plaqueShown: boolean
  onPlaque: () => void
}) {
  const { messages, language } = usePreferences()
  const { figure } = messages
  return (
    <div
      role="toolbar"
      aria-label={figure.tools}
      className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5 px-3 pt-2.5 pb-2 max-lg:border-t max-lg:pt-2"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {hasOverlays && (
          <Segments
            legend={figure.view}
            value={look.view}
            onChange={(view) => onLook({ ...look, view })}
            segments={[
              { value: 'side', label: figure.side, name: figure.side },
              { value: 'overlay', label: figure.overlay, name: figure.overlay },
              { value: 'swipe', label: figure.swipe, name: figure.swipe },
            ]}
          />
        )}
        {hasOverlays && look.view !== 'side' && (
          <input
            type="range"
            min={0}
            max={1}
            step={0.05}
            data-own-keys
            className="range w-28"
            aria-label={look.view === 'overlay' ? figure.opacity : figure.swipePosition}
            value={look.view === 'overlay' ? look.opacity : look.swipe}
            onChange={(event) =>
              onLook({ ...look, [look.view === 'overlay' ? 'opacity' : 'swipe']: Number(event.target.value) })
            }
          />
        )}
      </div>
      <div className="ml-auto flex items-center">
        {hasMarks && (
          <button
            type="button"
            className="tool"
            aria-pressed={look.safeColours}
            aria-label={figure.safeColours}
            title={figure.safeColours}
            onClick={() => onLook({ ...look, safeColours: !look.safeColours })}
          >
            <Eye size={17} aria-hidden="true" />
          </button>
        )}
        {onZoom && (
          <button
            type="button"
            className="tool"
            aria-label={figure.zoom}
            title={figure.zoom}
            onClick={onZoom}
          >
            <Maximize2 size={16} aria-hidden="true" />
          </button>
        )}
        <a
          className="tool"
          aria-label={figure.download}
          title={figure.download}
          href={`/api/figures/${figureId}/image?language=${language.interface}&theme=light`}
          download={`vitrine-${figureId.slice(0, 8)}.png`}
        >
          <Download size={17} aria-hidden="true" />
        </a>
        <button
          type="button"
          className="tool"
          aria-expanded={plaqueShown}
          aria-controls={plaqueShown ? plaqueId : undefined}
          aria-label={figure.how}
          onClick={onPlaque}
        >
          <Info size={17} aria-hidden="true" />
          <span className="hidden xl:inline">{figure.how}</span>
        </button>
      </div>
    </div>
  )
}
