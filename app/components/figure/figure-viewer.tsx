'use client'

import { ArrowRight, Maximize2 } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useId, useMemo, useState } from 'react'
import { BilingualText, useOneLanguage } from '@/app/components/bilingual-text'
import { useOnDemand } from '@/app/components/on-demand'
import { useMessages } from '@/app/components/preferences'
import type { ChartPanel, ImagePanel, Panel, PanelGroup } from '@/lib/explainers/figures/document'
import type { FigureView } from '@/lib/figures/view'
import { FigureToolbar } from './figure-toolbar'
import { type Look, PanelImage } from './panel-image'
import { ColourBar, Legend, SafeColoursFilter } from './scale-and-legend'
import { WeightLine } from './weight-line'
import { isChart, isZoomable, type ZoomablePanel } from './zoomable'

// Drawn on the server like the rest; the browser fetches the code of what few figures have with the first of them.
const ChartDrawing = dynamic(() => import('./chart-drawing').then((module) => module.ChartDrawing))
const BarsTable = dynamic(() => import('./bars-table').then((module) => module.BarsTable))
const FactsTable = dynamic(() => import('./facts-table').then((module) => module.FactsTable))
const LayerStrip = dynamic(() => import('./layer-strip').then((module) => module.LayerStrip))
const MarkLegend = dynamic(() => import('./mark-legend').then((module) => module.MarkLegend))
const loadPanels = () =>
  Promise.all([
    import('./chart-drawing'),
    import('./bars-table'),
    import('./facts-table'),
    import('./layer-strip'),
    import('./mark-legend'),
  ])
const loadZoomDialog = () => import('./zoom-dialog').then((module) => module.ZoomDialog)
const loadSuperpixelReader = () => import('./superpixel-reader').then((module) => module.SuperpixelReader)
const loadPlaque = () => import('./plaque').then((module) => module.Plaque)

/** Characters; longer words are there to be read on their own, not to be listened to unasked. */
const LONGEST_ANNOUNCEMENT = 500

/** A finished figure with its tools: groups of panels on the case's ground, and its plaque. */
export function FigureViewer({ view }: { view: FigureView }) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  const plaqueId = useId()
  const { groups, alternative } = view.document
  const zoomable = useMemo(() => groups.flatMap((group) => group.panels).filter(isZoomable), [groups])
  const images = useMemo(() => zoomable.filter((panel) => panel.kind === 'image'), [zoomable])
  const firstMap = zoomable.findIndex((panel) => panel.kind === 'image' && panel.role === 'map')
  // Maps without a scale are drawn on clear ground to lie over their picture; the others stand beside it.
  const isDrawnOver = images.some((panel) => panel.over && !panel.scale)
  const [look, setLook] = useState<Look>({
    view: isDrawnOver ? 'overlay' : 'side',
    opacity: isDrawnOver ? 1 : 0.6,
    swipe: 0.5,
    safeColours: false,
  })
  const [zoomed, setZoomed] = useState<number | null>(null)
  const [plaqueShown, setPlaqueShown] = useState(false)
  const ZoomDialog = useOnDemand(loadZoomDialog, zoomed !== null)
  const Plaque = useOnDemand(loadPlaque, plaqueShown)
  // The next figure may have them, and be met without a network.
  useOnDemand(loadPanels, false)

  return (
    <div className="flex animate-appear flex-col" data-testid="figure" data-figure={view.figureId}>
      <SafeColoursFilter />
      <FigureToolbar
        figureId={view.figureId}
        look={look}
        onLook={setLook}
        hasOverlays={images.some((panel) => panel.over)}
        hasMarks={images.some((panel) => panel.legend?.some((entry) => entry.mark !== 'hidden'))}
        onZoom={zoomable.length > 0 ? () => setZoomed(Math.max(0, firstMap)) : undefined}
        plaqueId={plaqueId}
        plaqueShown={plaqueShown}
        onPlaque={() => setPlaqueShown(!plaqueShown)}
      />
      <div className="max-lg:order-first @container grid gap-7 px-3.5 pt-3.5 pb-5 lg:px-5 lg:pt-2 lg:pb-6">
        {groups.map((group, index) => (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: a document never changes, and its groups have no names
            key={index}
            group={group}
            figureId={view.figureId}
            look={look}
            eager={index === 0}
            onZoom={(panel) => setZoomed(zoomable.indexOf(panel))}
          />
        ))}
      </div>
      {plaqueShown && Plaque && <Plaque view={view} id={plaqueId} />}
      <details className="border-t px-5 py-3 text-13">
        <summary className="cursor-pointer text-quiet hover:text-ink">{figure.alternative}</summary>
        <div className="mt-2 max-w-[70ch] leading-relaxed">
          <BilingualText text={alternative} />
        </div>
      </details>
      {ZoomDialog && (
        <ZoomDialog
          figureId={view.figureId}
          panels={zoomable}
          index={zoomed}
          onIndex={setZoomed}
          look={look}
        />
      )}
      <p className="sr-only" role="status">
        {figure.arrived} {say(alternative).length <= LONGEST_ANNOUNCEMENT && say(alternative)}
      </p>
    </div>
  )
}

/** A procedure of few steps stands in one row with its arrows between the pictures. */
function isProcedure(panels: readonly Panel[]): boolean {
  return panels.length <= 5 && panels.some((panel) => panel.kind === 'arrow')
}

/** One chart is as wide as a phone; heads and small plots stand in threes, what is to be read in numbers in twos. */
function chartColumns(charts: readonly ChartPanel[]): string {
  if (charts.length === 1) return 'grid-cols-[minmax(0,32rem)]'
  const isSmall = charts[0]!.kind === 'attention' || charts.length % 3 === 0
  return isSmall ? 'grid-cols-1 @md:grid-cols-2 @2xl:grid-cols-3' : 'grid-cols-1 @lg:grid-cols-2'
}

/** Narrower columns the more panels there are; a single one is not blown up beyond its pixels. */
function columns(panels: readonly Panel[]): string {
  const charts = panels.filter(isChart)
  if (charts.length > 0) return chartColumns(charts)
  const count = panels.filter((panel) => panel.kind === 'image').length
  if (count === 0) return 'grid-cols-1'
  if (count === 1) return 'grid-cols-[minmax(0,30rem)] justify-center'
  if (count === 2) return 'grid-cols-2'
  if (count <= 6 && count % 3 === 0) return 'grid-cols-2 @md:grid-cols-3'
  if (count === 4) return 'grid-cols-2 @2xl:grid-cols-4'
  return 'grid-cols-2 @sm:grid-cols-3 @lg:grid-cols-4 @2xl:grid-cols-5'
}

function Group({
  group,
  figureId,
  look,
  eager,
  onZoom,
}: {
  group: PanelGroup
  figureId: string
  look: Look
  eager: boolean
  onZoom: (panel: ZoomablePanel) => void
}) {
  return (
    <section>
      {group.heading && (
        <h3 className="mb-2.5 text-13 font-semibold">
          <BilingualText text={group.heading} second="font-normal text-quiet" />
        </h3>
      )}
      {group.note && (
        <div className="mb-3 max-w-[75ch] text-13 text-quiet">
          <BilingualText text={group.note} second="mt-1" />
        </div>
      )}
      {group.marks && <MarkLegend entries={group.marks} />}
      <div
        className={
          isProcedure(group.panels)
            ? 'flex items-start gap-3 *:[figure]:flex-1'
            : `grid gap-x-4 gap-y-5 ${columns(group.panels)}`
        }
      >
        {group.panels.map((panel, index) => (
          <PanelView
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            panel={panel}
            figureId={figureId}
            look={look}
            eager={eager}
            onZoom={onZoom}
          />
        ))}
      </div>
    </section>
  )
}

function PanelView({
  panel,
  ...shared
}: {
  panel: Panel
  figureId: string
  look: Look
  eager: boolean
  onZoom: (panel: ZoomablePanel) => void
}) {
  switch (panel.kind) {
    case 'image':
      return <ImageFigure panel={panel} {...shared} />
    case 'bars':
      return <BarsTable panel={panel} />
    case 'layers':
      return <LayerStrip panel={panel} />
    case 'table':
      return <FactsTable panel={panel} />
    case 'attention':
    case 'matrix':
    case 'plot':
      return <ChartFigure panel={panel} onZoom={shared.onZoom} />
    case 'arrow':
      return (
        <p className="col-span-full grid min-w-10 justify-items-center gap-1 self-center py-2 text-center text-13 text-quiet">
          <ArrowRight size={20} aria-hidden="true" className="text-accent" />
          <span>
            <BilingualText text={panel.caption} second="" />
          </span>
        </p>
      )
  }
}

function ChartFigure({ panel, onZoom }: { panel: ChartPanel; onZoom: (panel: ZoomablePanel) => void }) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1.5">
        <span className="block text-13 font-[540]">
          <BilingualText text={panel.caption} second="font-normal text-quiet" />
        </span>
        {panel.note && (
          <span className="mt-0.5 block text-[0.75rem] leading-4 text-quiet">
            <BilingualText text={panel.note} second="" />
          </span>
        )}
      </figcaption>
      <div className="group relative">
        <ChartDrawing panel={panel} />
        <button
          type="button"
          aria-label={figure.zoomPanel(say(panel.caption))}
          onClick={() => onZoom(panel)}
          className="absolute inset-0 flex cursor-zoom-in items-start justify-end rounded-[4px]"
        >
          <span className="grid size-8 place-items-center rounded-[6px] bg-paper/85 text-ink opacity-0 transition-opacity duration-100 group-hover:opacity-100">
            <Maximize2 size={15} aria-hidden="true" />
          </span>
        </button>
      </div>
      {panel.kind === 'matrix' && panel.cells === 'colours' && <ColourBar scale={panel.scale} />}
      {panel.twin && (
        <details className="mt-1.5 text-13">
          <summary className="min-h-6 cursor-pointer text-quiet hover:text-ink">{figure.asTable}</summary>
          <div className="mt-1.5">
            <FactsTable panel={panel.twin} />
          </div>
        </details>
      )}
    </figure>
  )
}

function ImageFigure({
  panel,
  figureId,
  look,
  eager,
  onZoom,
}: {
  panel: ImagePanel
  figureId: string
  look: Look
  eager: boolean
  onZoom: (panel: ImagePanel) => void
}) {
  const { figure } = useMessages()
  const say = useOneLanguage()
  const [words, setWords] = useState<string | null>(null)
  const SuperpixelReader = useOnDemand(loadSuperpixelReader, panel.superpixels !== undefined)
  return (
    <figure className="min-w-0">
      <div className="group relative">
        <PanelImage
          figureId={figureId}
          panel={panel}
          look={look}
          eager={eager}
          className="rounded-[4px] shadow-[0_0_0_1px_var(--hairline)]"
        />
        {panel.superpixels && SuperpixelReader && (
          <SuperpixelReader
            figureId={figureId}
            panel={panel}
            superpixels={panel.superpixels}
            onRead={setWords}
          />
        )}
        <button
          type="button"
          aria-label={figure.zoomPanel(say(panel.caption))}
          onClick={() => onZoom(panel)}
          className={
            panel.superpixels
              ? 'absolute top-1.5 right-1.5 grid size-8 place-items-center rounded-[6px] bg-paper/85 text-ink opacity-0 transition-opacity duration-100 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100'
              : 'absolute inset-0 flex cursor-zoom-in items-start justify-end rounded-[4px] p-1.5'
          }
        >
          {panel.superpixels ? (
            <Maximize2 size={15} aria-hidden="true" />
          ) : (
            <span className="grid size-8 place-items-center rounded-[6px] bg-paper/85 text-ink opacity-0 transition-opacity duration-100 group-hover:opacity-100">
              <Maximize2 size={15} aria-hidden="true" />
            </span>
          )}
        </button>
      </div>
      <figcaption className="mt-2">
        <span className="block text-13 font-[540]">
          <BilingualText text={panel.caption} second="font-normal text-quiet" />
        </span>
        {panel.note && (
          <span className="mt-0.5 block text-[0.75rem] leading-4 text-quiet">
            <BilingualText text={panel.note} second="" />
          </span>
        )}
      </figcaption>
      {panel.scale && <ColourBar scale={panel.scale} />}
      {panel.legend && <Legend entries={panel.legend} safeColours={look.safeColours} />}
      {panel.superpixels && <WeightLine words={words} unit={panel.scale} />}
    </figure>
  )
}
