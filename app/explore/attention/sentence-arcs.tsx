'use client'

import { clsx } from 'clsx'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useExplorerMessages } from '../messages/use-explorer-messages'
import { type Arc, layArcs } from './arc-geometry'
import { useSentenceLine } from './sentence-line'
import { type ShownToken, TokenButton } from './token-button'
import type { Link } from './visible-weights'

/**
 * The sentence as big type with its arcs. With a token held (or pointed at), the arcs above are what it looks at and
 * those below who looks at it; otherwise above are looks ahead, below looks back. Where the line would be too small to
 * read it runs downwards, and above and below become left and right.
 */
export function SentenceArcs({
  tokens,
  links,
  held,
  chosen,
  onHold,
  onMask,
}: {
  tokens: readonly ShownToken[]
  links: readonly Link[]
  held: number | null
  /** Layer and heads in words. */
  chosen: string
  onHold: (position: number | null) => void
  onMask: (position: number) => void
}) {
  const messages = useExplorerMessages()
  const box = useRef<HTMLDivElement>(null)
  const row = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<number | null>(null)
  const [focusable, setFocusable] = useState(0)
  const line = useSentenceLine(box, row, tokens.map((token) => `${token.text} ${token.masked}`).join('\n'))
  const centre = held ?? hovered
  const vertical = line?.vertical ?? false
  const depth = !line ? 150 : vertical ? line.sideRoom : Math.max(80, Math.min(150, line.length * 0.14))

  const { above, below } = useMemo(() => splitLinks(links, centre), [links, centre])
  const arcs = useMemo(
    () =>
      line && {
        above: layArcs(above, line.places, depth, vertical),
        below: layArcs(below, line.places, depth, vertical),
      },
    [above, below, line, depth, vertical],
  )
  const weightOf = useMemo(() => weightsAround(links, centre), [links, centre])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const current = Math.min(focusable, tokens.length - 1)
    const next = moveFocus(event.key, current, tokens.length)
    if (next !== null) {
      setFocusable(next)
      ;(row.current?.children[next] as HTMLElement | undefined)?.focus()
    } else if (event.key === 'm' || event.key === 'M' || event.key === 'Delete') {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      onMask(current)
    } else if (event.key === 'Escape' && held !== null) onHold(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const words = centre === null ? messages.freeLegend : messages.heldLegend(tokens[centre]?.text ?? '')
  const sides = vertical ? messages.sidewards : messages.sides
  return (
    <figure className="min-w-0">
      <div ref={box} className="overflow-x-auto overflow-y-hidden py-1">
        <div className={clsx('mx-auto flex w-max items-center', vertical ? 'flex-row' : 'flex-col')}>
          <ArcLayer
            arcs={arcs?.above}
            line={line?.length ?? 0}
            depth={depth}
            place={vertical ? 'left' : 'top'}
          />
          <div
            ref={row}
            role="toolbar"
            aria-label={`${messages.tokens}. ${messages.tokenKeys}`}
            aria-orientation={vertical ? 'vertical' : 'horizontal'}
            data-own-keys
            className={clsx('relative flex items-center gap-[0.28em] leading-none', !line && 'opacity-0')}
            onKeyDown={onKeyDown}
          >
            {tokens.map((token, position) => (
              <TokenButton
                // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the sentence
                key={position}
                token={token}
                position={position}
                about={messages.token(position, token.masked ? token.text : null)}
                held={position === held}
                centre={position === centre}
                weights={weightOf?.get(position) ?? null}
                vertical={vertical}
                tabbable={position === Math.min(focusable, tokens.length - 1)}
                onFocus={() => setFocusable(position)}
                onHold={() => onHold(position === held ? null : position)}
                onMask={() => onMask(position)}
                onHover={(over) => setHovered(over ? position : null)}
              />
            ))}
          </div>
          <ArcLayer
            arcs={arcs?.below}
            line={line?.length ?? 0}
            depth={depth}
            place={vertical ? 'right' : 'bottom'}
          />
        </div>
      </div>
      <figcaption className="mt-2 flex flex-wrap justify-center gap-x-6 gap-y-0.5 text-13 text-quiet">
        <span>
          {sides.above}
          {': '}
          {words.above}
        </span>
        <span>
          {sides.below}
          {': '}
          {words.below}
        </span>
        <span className="sr-only">{messages.arcs(links.length, chosen)}</span>
      </figcaption>
    </figure>
  )
}

function ArcLayer({
  arcs,
  line,
  depth,
  place,
}: {
  arcs: readonly Arc[] | undefined
  line: number
  depth: number
  place: 'top' | 'bottom' | 'left' | 'right'
}) {
  const vertical = place === 'left' || place === 'right'
  const size = vertical ? { width: depth, height: line } : { width: line, height: depth }
  return (
    <svg
      {...size}
      viewBox={`0 0 ${size.width} ${size.height}`}
      aria-hidden="true"
      className={clsx(
        'block shrink-0 text-accent',
        place === 'right' && 'ml-6',
        place === 'bottom' && '-scale-y-100',
        place === 'left' && 'mr-6 -scale-x-100',
      )}
    >
      {arcs?.map(({ link, path }) => (
        <path
          key={`${link.from} ${link.to}`}
          d={path}
          fill="none"
          stroke="currentColor"
          strokeLinecap="round"
          // The eye judges ink, not width: the root keeps weak links visible beside strong ones.
          strokeWidth={0.75 + 4.25 * link.weight}
          strokeOpacity={0.08 + 0.87 * Math.sqrt(link.weight)}
        />
      ))}
    </svg>
  )
}

/** Around a token: what it looks at, and who looks at it. Without one: ahead and back. A look at itself counts as ahead. */
function splitLinks(links: readonly Link[], centre: number | null) {
  if (centre === null)
    return {
      above: links.filter((link) => link.to >= link.from),
      below: links.filter((link) => link.to < link.from),
    }
  return {
    above: links.filter((link) => link.from === centre),
    below: links.filter((link) => link.to === centre),
  }
}

function weightsAround(links: readonly Link[], centre: number | null) {
  if (centre === null) return null
  const around = new Map<number, { given: number; taken: number }>()
  const entry = (position: number) => {
    const known = around.get(position) ?? { given: 0, taken: 0 }
    around.set(position, known)
    return known
  }
  for (const { from, to, weight } of links) {
    if (from === centre) entry(to).given = weight
    if (to === centre) entry(from).taken = weight
  }
  return around
}

function moveFocus(key: string, current: number, count: number): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(count - 1, current + 1)
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, current - 1)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return null
}
