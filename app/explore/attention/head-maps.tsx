'use client'

import { useEffect, useRef, useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { Weights } from './visible-weights'

/** All maps in one canvas: rows of a map look, columns are looked at. */
export function HeadMaps({ weights }: { weights: Weights }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { theme } = usePreferences()
  const [systemTheme, setSystemTheme] = useState(0)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const change = () => setSystemTheme((last) => last + 1)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has another ink
  useEffect(() => {
    if (canvas.current) drawMaps(canvas.current, weights)
  }, [weights, theme, systemTheme])
  return (
    <div aria-hidden="true" className="absolute top-6 right-0 bottom-0 left-6">
      <canvas ref={canvas} className="size-full text-accent [image-rendering:pixelated]" />
    </div>
  )
}

function drawMaps(canvas: HTMLCanvasElement, { data, layers, heads, tokens }: Weights): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const gap = Math.max(1, Math.round(tokens * 0.07))
  const cell = tokens + 2 * gap
  canvas.width = heads * cell
  canvas.height = layers * cell
  const [red = 0, green = 0, blue = 0] = inkOf(canvas)
  const image = context.createImageData(canvas.width, canvas.height)
  for (let layer = 0; layer < layers; layer++) {
    for (let head = 0; head < heads; head++) {
      const start = (layer * heads + head) * tokens * tokens
      for (let from = 0; from < tokens; from++) {
        for (let to = 0; to < tokens; to++) {
          const x = head * cell + gap + to
          const y = layer * cell + gap + from
          const weight = data[start + from * tokens + to]!
          // A faint ground shows where the map is, also where it is empty.
          image.data.set(
            [red, green, blue, 255 * (0.06 + 0.94 * Math.sqrt(weight))],
            4 * (y * canvas.width + x),
          )
        }
      }
    }
  }
  context.putImageData(image, 0, 0)
}

/** The theme's accent as numbers, whatever notation the style is in. */
function inkOf(element: HTMLElement): Uint8ClampedArray {
  const pixel = document.createElement('canvas').getContext('2d')
  if (!pixel) return new Uint8ClampedArray(3)
  pixel.fillStyle = getComputedStyle(element).color
  pixel.fillRect(0, 0, 1, 1)
  return pixel.getImageData(0, 0, 1, 1).data
}
