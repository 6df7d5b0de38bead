import type { PlotLabel } from '../document'
import { LABEL_SIZE, type PlotArea } from './plot-scene'
import { textWidth } from './text-width'

/** A point that wants a label, in the scene's units. */
export interface LabelWish {
  readonly text: string
  readonly x: number
  readonly y: number
  /** Place of its series. */
  readonly series: number
  /** Written at a distance, with a line to its point, where there is no room beside it. */
  readonly isNeeded?: boolean
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const HALF = LABEL_SIZE * 0.58
/** Free distance between a mark's middle and its label. */
const REACH = 6.5

/**
 * Writes as many labels as there is room for: none overlaps another, runs out of the plot or covers a mark.
 * @param wishes most important first; each is tried right, left, above, below and at the four corners
 * @param marks middles of all marks
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  marks: readonly (readonly [x: number, y: number])[],
  { left, top, width, height }: Pick<PlotArea, 'left' | 'top' | 'width' | 'height'>,
): PlotLabel[] {
  const taken: Box[] = marks.map(([x, y]) => ({
    left: x - 2.5,
    top: y - 2.5,
    right: x + 2.5,
    bottom: y + 2.5,
  }))
  const placed: PlotLabel[] = []
  for (const wish of wishes) {
    const isFree = ({ box }: Candidate) =>
      box.left >= left + 1 &&
      box.right <= left + width - 1 &&
      box.top >= top + 1 &&
      box.bottom <= top + height - 1 &&
      !taken.some((other) => overlap(box, other))
    const beside = besides(wish).find(isFree)
    const found = beside ?? (wish.isNeeded ? around(wish).find(isFree) : undefined)
    if (!found) continue
    taken.push(found.box)
    placed.push({
      text: wish.text,
      at: found.at,
      anchor: found.anchor,
      series: wish.series,
      ...(!beside && { leader: [round(wish.x), round(wish.y)] as const }),
    })
  }
  return placed
}

interface Candidate {
  readonly at: readonly [x: number, y: number]
  readonly anchor: PlotLabel['anchor']
  readonly box: Box
}

function besides(wish: LabelWish): Candidate[] {
  const { x, y } = wish
  const down = REACH + HALF - 2
  const places = [
    [x + REACH, y, 'start'],
    [x - REACH, y, 'end'],
    [x, y - down, 'middle'],
    [x, y + down, 'middle'],
    [x + REACH - 2, y - HALF - 1, 'start'],
    [x + REACH - 2, y + HALF + 1, 'start'],
    [x - REACH + 2, y - HALF - 1, 'end'],
    [x - REACH + 2, y + HALF + 1, 'end'],
  ] as const
  return places.map(([atX, atY, anchor]) => candidate(wish, atX, atY, anchor))
}

/** Places on circles around the point, the nearest circle first. */
function around(wish: LabelWish): Candidate[] {
  const found: Candidate[] = []
  for (let radius = 16; radius <= 120; radius += 8) {
    for (let step = 0; step < 16; step++) {
      const angle = (step * Math.PI) / 8
      const [dx, dy] = [Math.cos(angle) * radius, Math.sin(angle) * radius]
      found.push(candidate(wish, wish.x + dx, wish.y + dy, dx >= 0 ? 'start' : 'end'))
    }
  }
  return found
}

function candidate({ text }: LabelWish, x: number, y: number, anchor: PlotLabel['anchor']): Candidate {
  const length = textWidth(text, LABEL_SIZE)
  const start = anchor === 'start' ? x : anchor === 'end' ? x - length : x - length / 2
  return {
    at: [round(x), round(y)],
    anchor,
    box: { left: start, top: y - HALF, right: start + length, bottom: y + HALF },
  }
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}

const round = (value: number) => Math.round(value * 10) / 10
