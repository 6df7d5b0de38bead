'use client'

import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useExplorerMessages } from './messages/use-explorer-messages'

/** Milliseconds that a layer is shown while they are played. */
const pace = 1100

/** Chooses a layer by a slider or step by step, or plays them to the last one. */
export function LayerPlayer({
  layer,
  first,
  last,
  onLayer,
}: {
  layer: number
  first: number
  last: number
  onLayer: (layer: number) => void
}) {
  const messages = useExplorerMessages()
  const [playing, setPlaying] = useState(false)
  const isOver = layer >= last

  useEffect(() => {
    if (!playing) return
    if (isOver) return setPlaying(false)
    const timer = setTimeout(() => onLayer(layer + 1), pace)
    return () => clearTimeout(timer)
  }, [playing, isOver, layer, onLayer])

  function toggle() {
    if (!playing && isOver) onLayer(first)
    setPlaying(!playing)
  }

  const step = (next: number) => {
    setPlaying(false)
    onLayer(next)
  }
  return (
    <div className="flex min-w-0 flex-[1_1_18rem] items-center gap-1" data-own-keys>
      <button
        type="button"
        className="tool"
        aria-label={playing ? messages.pause : messages.play}
        onClick={toggle}
      >
        {playing ? <Pause size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
      </button>
      <button
        type="button"
        className="tool @max-md:hidden"
        aria-label={messages.previousLayer}
        disabled={layer <= first}
        onClick={() => step(layer - 1)}
      >
        <ChevronLeft size={18} aria-hidden="true" />
      </button>
      <input
        type="range"
        className="range min-w-0 flex-1"
        min={first}
        max={last}
        step={1}
        value={layer}
        aria-label={messages.layer}
        aria-valuetext={messages.layerNumber(layer)}
        onChange={(event) => step(Number(event.target.value))}
      />
      <button
        type="button"
        className="tool @max-md:hidden"
        aria-label={messages.nextLayer}
        disabled={isOver}
        onClick={() => step(layer + 1)}
      >
        <ChevronRight size={18} aria-hidden="true" />
      </button>
      <output className="min-w-[4.5rem] text-15 font-[580] numbers">{messages.layerNumber(layer)}</output>
    </div>
  )
}
