'use client'

import { Brush, Eraser, Pentagon, Puzzle, Redo2, Undo2 } from 'lucide-react'
import { useId } from 'react'
import type { Tool } from '@/app/messages/course-desk/pictures'
import { usePictureMessages } from '../use-picture-messages'
import type { ToolSettings } from './region-canvas'
import type { Drawing } from './use-drawing'

const icons = { polygon: Pentagon, brush: Brush, eraser: Eraser, superpixel: Puzzle } as const
const tools = Object.keys(icons) as Tool[]

/** What regions are drawn with, and how the picture is looked at. */
export function RegionTools({
  settings,
  onChange,
  drawing: { mayUndo, mayRedo, dispatch },
  hasSuperpixels,
  readOnly,
}: {
  settings: ToolSettings
  onChange: (settings: ToolSettings) => void
  drawing: Drawing
  hasSuperpixels: boolean
  readOnly: boolean
}) {
  const words = usePictureMessages()
  const { tool } = settings
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {!readOnly && (
        <>
          <fieldset aria-label={words.tools} className="flex flex-wrap gap-1">
            {tools.map((each) => {
              const Icon = icons[each]
              return (
                <button
                  key={each}
                  type="button"
                  className="tool min-h-11"
                  aria-pressed={tool === each}
                  disabled={each === 'superpixel' && !hasSuperpixels}
                  onClick={() => onChange({ ...settings, tool: each })}
                >
                  <Icon size={18} aria-hidden="true" />
                  {words.tool[each]}
                </button>
              )
            })}
          </fieldset>
          <div className="flex gap-1">
            <button
              type="button"
              className="tool min-h-11"
              disabled={!mayUndo}
              onClick={() => dispatch({ kind: 'undo' })}
            >
              <Undo2 size={18} aria-hidden="true" />
              {words.undo}
            </button>
            <button
              type="button"
              className="tool min-h-11"
              disabled={!mayRedo}
              onClick={() => dispatch({ kind: 'redo' })}
            >
              <Redo2 size={18} aria-hidden="true" />
              {words.redo}
            </button>
          </div>
          {(tool === 'brush' || tool === 'eraser') && (
            <Slider
              label={words.brushSize}
              value={settings.brush}
              range={[2, 60, 1]}
              onChange={(brush) => onChange({ ...settings, brush })}
            />
          )}
        </>
      )}
      <Slider
        label={words.zoom}
        value={settings.zoom}
        range={[1, 5, 0.5]}
        onChange={(zoom) => onChange({ ...settings, zoom })}
      />
      <Slider
        label={words.opacity}
        value={settings.opacity}
        range={[0, 1, 0.05]}
        onChange={(opacity) => onChange({ ...settings, opacity })}
      />
    </div>
  )
}

function Slider({
  label,
  value,
  range: [min, max, step],
  onChange,
}: {
  label: string
  value: number
  range: readonly [min: number, max: number, step: number]
  onChange: (value: number) => void
}) {
  const id = useId()
  return (
    <div className="flex min-h-11 items-center gap-2 text-13">
      <label htmlFor={id} className="text-quiet">
        {label}
      </label>
      <input
        id={id}
        type="range"
        className="range w-28"
        {...{ min, max, step, value }}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </div>
  )
}
