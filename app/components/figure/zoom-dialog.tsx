'use client'

import { ChevronLeft, ChevronRight, Maximize, Minimize, X, ZoomIn, ZoomOut } from 'lucide-react'
import * as Dialog from 'radix-ui/dialog'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { BilingualText } from '@/app/components/bilingual-text'
import { useMessages } from '@/app/components/preferences'
import type { ColourScale } from '@/lib/explainers/figures/document'
import { ChartDrawing } from './chart-drawing'
import { usePanZoom } from './pan-zoom'
import { type Look, PanelImage } from './panel-image'
import { ColourBar, Legend } from './scale-and-legend'
import type { ZoomablePanel } from './zoomable'

/** Pixels by which the picture moves, so that an arrow key shows what lies in its direction. */
const moves: { readonly [key: string]: readonly [x: number, y: number] } = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
}
const zooms: { readonly [key: string]: number } = { '+': 1.25, '=': 1.25, '-': 0.8 }

/** One panel as large as the screen: pan and zoom by pointer, wheel, two fingers or keys; full screen. */
export function ZoomDialog({
  figureId,
  panels,
  index,
  onIndex,
  look,
}: {
  figureId: string
  panels: readonly ZoomablePanel[]
  /** null: closed. */
  index: number | null
  onIndex: (index: number | null) => void
  look: Look
}) {
  const messages = useMessages()
  const panel = index === null ? undefined : panels[index]
  return (
    <Dialog.Root open={panel !== undefined} onOpenChange={(open) => !open && onIndex(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-(--veil)" />
        <Dialog.Content
          className="fixed inset-0 z-50 flex flex-col bg-paper outline-none data-[state=open]:animate-appear sm:inset-3 sm:rounded-[14px] sm:border sm:shadow-float"
          aria-describedby="zoom-hint"
        >
          {panel && (
            <ZoomedPanel
              key={index}
              figureId={figureId}
              panel={panel}
              look={look}
              onStep={
                panels.length > 1
                  ? (step) => onIndex(((index ?? 0) + step + panels.length) % panels.length)
                  : undefined
              }
            />
          )}
          <Dialog.Close className="tool absolute top-2.5 right-3" aria-label={messages.common.close}>
            <X size={20} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function ZoomedPanel({
  figureId,
  panel,
  look,
  onStep,
}: {
  figureId: string
  panel: ZoomablePanel
  look: Look
  onStep: ((step: 1 | -1) => void) | undefined
}) {
  const { figure } = useMessages()
  const whole = useRef<HTMLDivElement>(null)
  const { ref, view, zoomBy, moveBy, reset } = usePanZoom()
  const [full, setFull] = useFullScreen(whole)

  function act(event: KeyboardEvent) {
    const move = moves[event.key]
    const factor = zooms[event.key]
    if (move) moveBy(...move)
    else if (factor) zoomBy(factor)
    else if (event.key === '0') reset()
    else return
    event.preventDefault()
  }

  return (
    <div ref={whole} className="flex min-h-0 flex-1 flex-col bg-paper sm:rounded-[14px]">
      <div className="flex items-start justify-between gap-3 py-3 pr-14 pl-5">
        <Dialog.Title className="text-15 font-semibold">
          <BilingualText text={panel.caption} second="font-normal text-quiet" />
        </Dialog.Title>
      </div>
      <div
        ref={ref}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: pan and zoom need keys of their own
        tabIndex={0}
        role="application"
        aria-label={figure.zoomHint}
        data-own-keys
        data-testid="zoom-stage"
        onKeyDown={act}
        className="relative mx-4 min-h-0 flex-1 cursor-grab touch-none overflow-hidden rounded-card bg-sunk active:cursor-grabbing"
      >
        <div
          className="absolute inset-0 grid place-items-center"
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
        >
          <div className="aspect-square w-[min(100%,var(--stage-height))]">
            {panel.kind === 'image' ? (
              <PanelImage figureId={figureId} panel={panel} look={look} eager />
            ) : (
              <ChartDrawing panel={panel} className="block size-full p-3" />
            )}
          </div>
        </div>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-5 py-3">
        <div className="flex items-center gap-1">
          <button type="button" className="tool" aria-label={figure.zoomOut} onClick={() => zoomBy(0.8)}>
            <ZoomOut size={18} aria-hidden="true" />
          </button>
          <output className="w-12 text-center text-13 text-quiet">{Math.round(view.scale * 100)} %</output>
          <button type="button" className="tool" aria-label={figure.zoomIn} onClick={() => zoomBy(1.25)}>
            <ZoomIn size={18} aria-hidden="true" />
          </button>
          <button type="button" className="tool" onClick={reset}>
            {figure.zoomReset}
          </button>
          <button
            type="button"
            className="tool"
            aria-label={full ? figure.leaveFullScreen : figure.fullScreen}
            onClick={() => setFull(!full)}
          >
            {full ? <Minimize size={18} aria-hidden="true" /> : <Maximize size={18} aria-hidden="true" />}
          </button>
          {onStep && (
            <>
              <button
                type="button"
                className="tool ml-2"
                aria-label={figure.previousPanel}
                onClick={() => onStep(-1)}
              >
                <ChevronLeft size={18} aria-hidden="true" />
              </button>
              <button type="button" className="tool" aria-label={figure.nextPanel} onClick={() => onStep(1)}>
                <ChevronRight size={18} aria-hidden="true" />
              </button>
            </>
          )}
        </div>
        <div className="w-full max-w-sm">
          {scaleOf(panel) && <ColourBar scale={scaleOf(panel)!} />}
          {panel.kind === 'image' && panel.legend && (
            <Legend entries={panel.legend} safeColours={look.safeColours} />
          )}
        </div>
        <p id="zoom-hint" className="hidden w-full text-13 text-quiet md:block">
          {figure.zoomHint}
        </p>
      </div>
    </div>
  )
}

/** The scale that says what the panel's colours mean; histograms have none. */
function scaleOf(panel: ZoomablePanel): ColourScale | undefined {
  if (panel.kind === 'image') return panel.scale
  return panel.kind === 'matrix' && panel.cells === 'colours' ? panel.scale : undefined
}

function useFullScreen(target: React.RefObject<HTMLElement | null>): [boolean, (full: boolean) => void] {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const follow = () => setFull(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', follow)
    return () => document.removeEventListener('fullscreenchange', follow)
  }, [])
  return [
    full,
    (next) => {
      // A browser may refuse (an iPhone does): the dialog fills the window anyway.
      const change = next ? target.current?.requestFullscreen?.() : document.exitFullscreen()
      change?.catch(() => setFull(false))
    },
  ]
}
