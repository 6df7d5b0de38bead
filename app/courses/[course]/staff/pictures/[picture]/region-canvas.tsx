'use client'

import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { Tool } from '@/app/messages/course-desk/pictures'
import {
  type LabelMap,
  middlesOf,
  type Point,
  painted,
  pixelsInPolygon,
  pixelsOfLabel,
  pixelsOfStroke,
  type Size,
} from '@/lib/pictures/drawing'
import { usePictureMessages } from '../use-picture-messages'
import { regionColour } from './region-colours'
import { RegionMarks } from './region-marks'
import type { Drawing } from './use-drawing'

export interface ToolSettings {
  readonly tool: Tool
  /** Radius in pixels of the mask. */
  readonly brush: number
  /** 1: as wide as its place. */
  readonly zoom: number
  /** 0 to 1. */
  readonly opacity: number
}

/** Pixels of the mask that an arrow key moves the crosshair. */
const keyStep = 8
/** How near in pixels of the screen a press is to a polygon's first corner to close it. */
const closeReach = 12

/** The picture with its regions, in which they are drawn by pointer or keyboard. */
export function RegionCanvas({
  drawing,
  size,
  source,
  superpixels,
  settings: { tool, brush, zoom, opacity },
  readOnly,
}: {
  drawing: Drawing
  size: Size
  /** Address of the picture. */
  source: string
  superpixels: LabelMap | null
  settings: ToolSettings
  readOnly: boolean
}) {
  const words = usePictureMessages()
  const { language } = usePreferences()
  const { mask, regions, selectedId, dispatch } = drawing
  const canvas = useRef<HTMLCanvasElement>(null)
  const stroke = useRef<{ last: Point; pixels: Set<number> } | null>(null)
  const [corners, setCorners] = useState<readonly Point[]>([])
  const [cross, setCross] = useState<Point>({ x: Math.floor(size.width / 2), y: Math.floor(size.height / 2) })
  const [focused, setFocused] = useState(false)
  const [said, setSaid] = useState('')
  const help = useId()

  useEffect(() => {
    if (canvas.current) fill(canvas.current, mask, size)
  }, [mask, size])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a shape belongs to the tool and region it was begun with
  useEffect(() => setCorners([]), [tool, selectedId])

  const regionId = tool === 'eraser' ? 0 : selectedId
  const mayDraw = !readOnly && (tool === 'eraser' || selectedId > 0)
  const placeOf = ({ x, y }: Point) =>
    Math.min(size.height - 1, Math.max(0, Math.floor(y))) * size.width +
    Math.min(size.width - 1, Math.max(0, Math.floor(x)))
  const nameAt = (point: Point) => {
    const id = mask[placeOf(point)]!
    return id === 0 ? words.noRegion : regions[id - 1]!.name[language.interface] || words.region(id)
  }

  function paint(pixels: readonly number[], region: number): void {
    if (pixels.length > 0) dispatch({ kind: 'paint', pixels, region })
    setSaid(words.paintedArea(pixels.length))
  }

  function closeShape(): void {
    if (corners.length < 3) return
    const pixels = pixelsInPolygon(corners, size)
    setCorners([])
    if (pixels.length > 0) dispatch({ kind: 'paint', pixels, region: selectedId })
    setSaid(words.shapeClosed(pixels.length))
  }

  function takeSuperpixel(point: Point): void {
    if (!superpixels) return
    const place = placeOf(point)
    const pixels = pixelsOfLabel(superpixels, place, size)
    // It is in when most of it is.
    const inside = pixels.filter((pixel) => mask[pixel] === selectedId).length
    paint(pixels, 2 * inside > pixels.length ? 0 : selectedId)
  }

  function setCorner(point: Point, reach: number): void {
    const first = corners[0]
    if (first && corners.length >= 3 && Math.hypot(point.x - first.x, point.y - first.y) <= reach) {
      closeShape()
      return
    }
    setCorners([...corners, point])
    setSaid(words.pointSet(corners.length + 1))
  }

  /** Of the press, in pixels of the mask. */
  function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    return {
      x: ((event.clientX - left) / width) * size.width,
      y: ((event.clientY - top) / height) * size.height,
    }
  }

  function press(event: PointerEvent<HTMLCanvasElement>): void {
    if (event.button !== 0) return
    if (!mayDraw) {
      setSaid(readOnly ? nameAt(pointOf(event)) : words.chooseRegion)
      return
    }
    const point = pointOf(event)
    setCross({ x: Math.floor(point.x), y: Math.floor(point.y) })
    if (tool === 'superpixel') takeSuperpixel(point)
    else if (tool === 'polygon')
      setCorner(point, (closeReach * size.width) / event.currentTarget.getBoundingClientRect().width)
    else {
      event.currentTarget.setPointerCapture(event.pointerId)
      stroke.current = { last: point, pixels: new Set(pixelsOfStroke(point, point, brush, size)) }
      showStroke(event.currentTarget)
    }
  }

  function move(event: PointerEvent<HTMLCanvasElement>): void {
    if (!stroke.current) return
    const point = pointOf(event)
    for (const pixel of pixelsOfStroke(stroke.current.last, point, brush, size))
      stroke.current.pixels.add(pixel)
    stroke.current.last = point
    showStroke(event.currentTarget)
  }

  function showStroke(element: HTMLCanvasElement): void {
    if (stroke.current) fill(element, painted(mask, [...stroke.current.pixels], regionId), size)
  }

  function lift(): void {
    if (!stroke.current) return
    const pixels = [...stroke.current.pixels]
    stroke.current = null
    paint(pixels, regionId)
  }

  function pressKey(event: KeyboardEvent): void {
    const step = event.shiftKey ? 1 : keyStep
    const moves: { readonly [key: string]: readonly [number, number] } = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }
    const way = moves[event.key]
    if (way) {
      const moved = {
        x: Math.min(size.width - 1, Math.max(0, cross.x + way[0])),
        y: Math.min(size.height - 1, Math.max(0, cross.y + way[1])),
      }
      setCross(moved)
      setSaid(words.at(moved.x, moved.y, nameAt(moved)))
    } else if (readOnly) return
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z')
      turn(event.shiftKey ? 'redo' : 'undo')
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'y') turn('redo')
    else if (event.key === 'Enter' || event.key === ' ') act()
    else if (event.key === 'Backspace' && corners.length > 0) {
      setCorners(corners.slice(0, -1))
      setSaid(words.pointBack(corners.length - 1))
    } else if (event.key === 'Escape' && corners.length > 0) {
      setCorners([])
      setSaid(words.shapeDropped)
    } else if (event.key.toLowerCase() === 'c' && !event.ctrlKey && !event.metaKey) closeShape()
    else return
    event.preventDefault()
  }

  function turn(kind: 'undo' | 'redo'): void {
    if (kind === 'undo' ? !drawing.mayUndo : !drawing.mayRedo) return
    dispatch({ kind })
    setSaid(kind === 'undo' ? words.undone : words.redone)
  }

  function act(): void {
    // The middle of the pixel under the crosshair.
    const point = { x: cross.x + 0.5, y: cross.y + 0.5 }
    if (!mayDraw) setSaid(words.chooseRegion)
    else if (tool === 'superpixel') takeSuperpixel(point)
    else if (tool === 'polygon') setCorner(point, keyStep / 2)
    else paint(pixelsOfStroke(point, point, brush, size), regionId)
  }

  return (
    <div className="min-w-0">
      <div className="max-h-[80svh] overflow-auto rounded-[4px] border">
        <div
          role="application"
          aria-label={words.canvas}
          aria-describedby={help}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn in by keyboard
          tabIndex={0}
          className="relative focus-visible:outline-2 focus-visible:outline-offset-[-2px] focus-visible:outline-accent"
          style={{ width: `${100 * zoom}%`, aspectRatio: `${size.width} / ${size.height}` }}
          onKeyDown={pressKey}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        >
          {/* biome-ignore lint/performance/noImgElement: a file of a known size, for members only */}
          <img src={source} alt="" className="absolute inset-0 size-full" draggable={false} />
          <canvas
            ref={canvas}
            width={size.width}
            height={size.height}
            className={`absolute inset-0 size-full [image-rendering:pixelated] ${readOnly ? '' : 'cursor-crosshair touch-none'}`}
            style={{ opacity }}
            onPointerDown={press}
            onPointerMove={move}
            onPointerUp={lift}
            onPointerCancel={lift}
          />
          <RegionMarks
            {...{ size, corners, zoom }}
            middles={middlesOf(mask, regions.length, size)}
            cross={focused ? cross : null}
            label={superpixels && tool === 'superpixel' ? superpixels : null}
          />
        </div>
      </div>
      <p id={help} className="mt-2 max-w-[68ch] text-13 text-quiet">
        {readOnly ? words.regionsLead : `${words.toolHint[tool]} ${words.keyboard}`}
      </p>
      {tool === 'polygon' && !readOnly && (
        <button type="button" className="button mt-2" disabled={corners.length < 3} onClick={closeShape}>
          {words.closeShape}
        </button>
      )}
      <p className="numbers mt-2 min-h-5 text-13" aria-live="polite">
        {said}
      </p>
    </div>
  )
}

function fill(canvas: HTMLCanvasElement, mask: Uint8Array, { width, height }: Size): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const image = context.createImageData(width, height)
  for (const [pixel, id] of mask.entries()) {
    if (id === 0) continue
    const [red, green, blue] = regionColour(id)
    image.data.set([red, green, blue, 255], 4 * pixel)
  }
  context.putImageData(image, 0, 0)
}
