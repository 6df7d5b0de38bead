import type { AttentionPanel } from '../document'
import { line, rectangle, type Scene, type Shape, type Words } from './scene'

const WIDTH = 272
const ROW = 16
const TOP = 10
const SIZE = 12
/** Where the tokens end on the left and begin on the right; the right ones leave room for a weight each. */
const LEFT = 76
const RIGHT = WIDTH - 76
const WEIGHTS = 30

const rightEdge = (from: number | undefined) => (from === undefined ? RIGHT : RIGHT - WEIGHTS)

/** @returns a frame around a token on the right, and its weight where that is written. */
export function tokenBox({ from }: Pick<AttentionPanel, 'from'>, position: number): string {
  const left = rightEdge(from) - 3
  return rectangle(left, TOP + position * ROW, WIDTH - left - 1, ROW)
}

/**
 * A head as exBERT draws it: what each token (left) attends to (right). The stronger the weight, the thicker and the
 * darker the line. Where one token is singled out, its lines are coloured and its weights written.
 */
export function attentionScene({ tokens, links, from }: AttentionPanel): Scene {
  const y = (position: number) => TOP + (position + 0.5) * ROW
  const right = rightEdge(from)
  const others: Shape[] = []
  const own: Shape[] = []
  for (const [query, key, weight] of links) {
    const isOwn = query === from
    const isQuiet = from !== undefined && !isOwn
    const shape: Shape = {
      d: line(LEFT + 5, y(query), right - 5, y(key)),
      stroke: isQuiet ? 'quiet' : 'data',
      strokeWidth: 0.5 + 2.7 * weight,
      opacity: isQuiet ? 0.1 + 0.35 * weight : 0.12 + 0.88 * weight,
    }
    ;(isOwn ? own : others).push(shape)
  }
  const words: Words[] = tokens.flatMap((text, position) => {
    const style = { text, y: y(position), size: SIZE } as const
    const isFrom = position === from
    return [
      {
        ...style,
        x: LEFT,
        anchor: 'end' as const,
        paint: isFrom ? ('data' as const) : from === undefined ? ('ink' as const) : ('quiet' as const),
        ...(isFrom && { weight: 600 as const }),
      },
      { ...style, x: right, anchor: 'start' as const, paint: 'ink' as const },
    ]
  })
  const written: Words[] = links.flatMap(([query, key, weight]) =>
    query === from
      ? [
          {
            text: weight.toFixed(3),
            x: WIDTH,
            y: y(key),
            size: SIZE,
            anchor: 'end' as const,
            paint: 'data' as const,
          },
        ]
      : [],
  )
  return {
    width: WIDTH,
    height: TOP * 2 + tokens.length * ROW,
    shapes: [...others, ...own],
    words: [...words, ...written],
  }
}
