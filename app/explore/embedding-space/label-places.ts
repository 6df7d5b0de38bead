/** A point that wants a label, in pixels. */
export interface Labelled {
  readonly x: number
  readonly y: number
  /** Of the label's text. */
  readonly width: number
  /** Larger ones choose first. */
  readonly priority: number
}

/** Left and top corner of a label. */
export interface LabelPlace {
  readonly left: number
  readonly top: number
}

interface Rectangle extends LabelPlace {
  readonly width: number
  readonly height: number
}

export interface LabelRoom {
  readonly width: number
  readonly height: number
  /** Of every label. */
  readonly labelHeight: number
  /** Half the side of a mark, which no label may cover. */
  readonly mark: number
}

/** Between a mark and its label. */
const GAP = 2

/**
 * Finds each label one of eight places around its point where it covers no mark and no other label and stays in the
 * room: greedily, the most important first. Where there is none, a point has no label rather than an unreadable one.
 * @returns a place or null for each point, in their order
 */
export function placeLabels(points: readonly Labelled[], room: LabelRoom): (LabelPlace | null)[] {
  const { mark, labelHeight: height } = room
  const marks = points.map(({ x, y }) => ({
    left: x - mark,
    top: y - mark,
    width: 2 * mark,
    height: 2 * mark,
  }))
  const labels: Rectangle[] = []
  const places: (LabelPlace | null)[] = points.map(() => null)
  const order = points.map((_, index) => index).sort((a, b) => points[b]!.priority - points[a]!.priority)
  for (const index of order) {
    const { x, y, width } = points[index]!
    const [right, left, middle] = [x + mark + GAP, x - mark - GAP - width, x - width / 2]
    const [above, below, level] = [y - mark - GAP - height, y + mark + GAP, y - height / 2]
    const corners = [
      [right, level],
      [left, level],
      [middle, above],
      [middle, below],
      [right, above],
      [left, above],
      [right, below],
      [left, below],
    ] as const
    for (const [cornerLeft, cornerTop] of corners) {
      const label = { left: cornerLeft, top: cornerTop, width, height }
      if (!isInside(label, room)) continue
      if (labels.some((other) => overlap(label, other))) continue
      if (marks.some((other) => overlap(label, other))) continue
      labels.push(label)
      places[index] = { left: cornerLeft, top: cornerTop }
      break
    }
  }
  return places
}

function isInside({ left, top, width, height }: Rectangle, room: LabelRoom): boolean {
  return left >= 0 && top >= 0 && left + width <= room.width && top + height <= room.height
}

export function overlap(one: Rectangle, other: Rectangle): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  )
}
