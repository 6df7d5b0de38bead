'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

export interface PanZoom {
  readonly scale: number
  /** Pixels from the middle of the stage. */
  readonly x: number
  readonly y: number
}

const MOST = 12
const WHOLE: PanZoom = { scale: 1, x: 0, y: 0 }

/**
 * Zooms around a point so that what lies under it stays there, and never moves the picture's middle out of sight.
 * @param at from the middle of the stage, in pixels
 * @param stage width and height in pixels
 */
export function zoomAround(
  view: PanZoom,
  factor: number,
  at: { readonly x: number; readonly y: number },
  stage: { readonly width: number; readonly height: number },
): PanZoom {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor))
  const grown = scale / view.scale
  return within({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, stage)
}

export function within(view: PanZoom, stage: { readonly width: number; readonly height: number }): PanZoom {
  const limit = (value: number, size: number) => {
    const most = ((view.scale - 1) * size) / 2
    return Math.min(most, Math.max(-most, value))
  }
  return { scale: view.scale, x: limit(view.x, stage.width), y: limit(view.y, stage.height) }
}

/** Pan and zoom for a stage: drag, wheel, two fingers, double press; keys call `zoomBy` and `moveBy`. */
export function usePanZoom() {
  const ref = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(WHOLE)
  const size = useCallback(() => {
    const box = ref.current?.getBoundingClientRect()
    return { width: box?.width ?? 1, height: box?.height ?? 1 }
  }, [])
  const zoomBy = useCallback(
    (factor: number, at = { x: 0, y: 0 }) => setView((now) => zoomAround(now, factor, at, size())),
    [size],
  )
  const moveBy = useCallback(
    (dx: number, dy: number) => setView((now) => within({ ...now, x: now.x + dx, y: now.y + dy }, size())),
    [size],
  )
  const reset = useCallback(() => setView(WHOLE), [])

  useEffect(() => {
    const stage = ref.current
    if (!stage) return
    const fingers = new Map<number, { x: number; y: number }>()
    const fromMiddle = (point: { x: number; y: number }) => {
      const box = stage.getBoundingClientRect()
      return { x: point.x - box.left - box.width / 2, y: point.y - box.top - box.height / 2 }
    }
    const spread = () => {
      const [a, b] = [...fingers.values()]
      return a && b
        ? { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
        : null
    }
    const onDown = (event: PointerEvent) => {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      stage.setPointerCapture(event.pointerId)
    }
    const onMove = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId)
      if (!before) return
      const pinch = spread()
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      const pinched = spread()
      if (pinch && pinched) zoomBy(pinched.distance / Math.max(1, pinch.distance), fromMiddle(pinched))
      else moveBy(event.clientX - before.x, event.clientY - before.y)
    }
    const onUp = (event: PointerEvent) => fingers.delete(event.pointerId)
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      zoomBy(Math.exp(-event.deltaY / 400), fromMiddle({ x: event.clientX, y: event.clientY }))
    }
    const onDouble = (event: MouseEvent) => zoomBy(2, fromMiddle({ x: event.clientX, y: event.clientY }))
    const measure = new ResizeObserver(() =>
      stage.style.setProperty('--stage-height', `${stage.clientHeight}px`),
    )
    measure.observe(stage)
    stage.addEventListener('pointerdown', onDown)
    stage.addEventListener('pointermove', onMove)
    stage.addEventListener('pointerup', onUp)
    stage.addEventListener('pointercancel', onUp)
    stage.addEventListener('wheel', onWheel, { passive: false })
    stage.addEventListener('dblclick', onDouble)
    return () => {
      measure.disconnect()
      stage.removeEventListener('pointerdown', onDown)
      stage.removeEventListener('pointermove', onMove)
      stage.removeEventListener('pointerup', onUp)
      stage.removeEventListener('pointercancel', onUp)
      stage.removeEventListener('wheel', onWheel)
      stage.removeEventListener('dblclick', onDouble)
    }
  }, [zoomBy, moveBy])

  return { ref, view, zoomBy, moveBy, reset }
}
