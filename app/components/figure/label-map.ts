/**
 * Reads a grey PNG whose pixels are numbers of superpixels. A canvas would cut 16-bit values to 8 and may apply
 * colour management, so the file is read here: chunks, inflate, the five filters of the PNG specification
 * (https://www.w3.org/TR/png-3/). Not interlaced, no palette, no alpha: what figures are stored as.
 */

export interface LabelMap {
  readonly width: number
  readonly height: number
  /** [height·width], row by row. */
  readonly labels: Uint16Array
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** @throws Error that names what is not as expected. */
export async function readLabelMap(png: ArrayBuffer): Promise<LabelMap> {
  const bytes = new Uint8Array(png)
  const view = new DataView(png)
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) throw new Error('label map: not a PNG file')
  const width = view.getUint32(16)
  const height = view.getUint32(20)
  const [depth, colourType, , , interlace] = bytes.subarray(24, 29)
  if ((depth !== 8 && depth !== 16) || colourType !== 0 || interlace !== 0)
    throw new Error(`label map: expected 8- or 16-bit grey, got depth ${depth}, colour type ${colourType}`)

  const packed: Uint8Array<ArrayBuffer>[] = []
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at)
    if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === 'IDAT')
      packed.push(bytes.slice(at + 8, at + 8 + length))
    at += 12 + length
  }
  const size = depth / 8
  const rows = new Uint8Array(await inflate(packed))
  const stride = width * size
  if (rows.length < height * (stride + 1)) throw new Error('label map: the file is cut short')

  const labels = new Uint16Array(width * height)
  let above = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1)
    const row = rows.subarray(start + 1, start + 1 + stride)
    undoFilter(rows[start]!, row, above, size)
    for (let x = 0; x < width; x++)
      labels[y * width + x] = size === 1 ? row[x]! : (row[2 * x]! << 8) | row[2 * x + 1]!
    above = row
  }
  return { width, height, labels }
}

async function inflate(parts: Uint8Array<ArrayBuffer>[]): Promise<ArrayBuffer> {
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Response(stream).arrayBuffer()
}

/** Adds each byte's prediction from its neighbours (left, above, above left) in place. */
function undoFilter(filter: number, row: Uint8Array, above: Uint8Array, size: number) {
  for (let i = 0; i < row.length; i++) {
    const left = i >= size ? row[i - size]! : 0
    const up = above[i]!
    const corner = i >= size ? above[i - size]! : 0
    const predicted =
      filter === 1
        ? left
        : filter === 2
          ? up
          : filter === 3
            ? (left + up) >> 1
            : filter === 4
              ? paeth(left, up, corner)
              : 0
    row[i] = (row[i]! + predicted) & 255
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const fromLeft = Math.abs(estimate - left)
  const fromUp = Math.abs(estimate - up)
  const fromCorner = Math.abs(estimate - corner)
  if (fromLeft <= fromUp && fromLeft <= fromCorner) return left
  return fromUp <= fromCorner ? up : corner
}

export interface Centre {
  readonly label: number
  readonly x: number
  readonly y: number
}

/** @returns the mean place of each label's pixels, by label. */
export function centresOf({ width, labels }: LabelMap): Centre[] {
  const sums = new Map<number, { x: number; y: number; count: number }>()
  labels.forEach((label, pixel) => {
    const sum = sums.get(label) ?? { x: 0, y: 0, count: 0 }
    sum.x += pixel % width
    sum.y += Math.floor(pixel / width)
    sum.count++
    sums.set(label, sum)
  })
  return [...sums].map(([label, { x, y, count }]) => ({ label, x: x / count, y: y / count }))
}

/**
 * The superpixel that an arrow key leads to: the nearest whose centre lies within 45° of the direction.
 * @param dx, dy a unit step, y downwards
 * @returns null at the picture's edge
 */
export function neighbourOf(centres: readonly Centre[], from: number, dx: number, dy: number): number | null {
  const start = centres.find((centre) => centre.label === from)
  if (!start) return null
  let best: { label: number; distance: number } | null = null
  for (const { label, x, y } of centres) {
    const along = (x - start.x) * dx + (y - start.y) * dy
    const across = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx)
    if (label === from || along <= 0 || across > along) continue
    const distance = Math.hypot(along, across)
    if (!best || distance < best.distance) best = { label, distance }
  }
  return best?.label ?? null
}

/** @returns SVG path data along the edges of one label's pixels, in pixels; enough to stroke, not closed. */
export function outlineOf({ width, height, labels }: LabelMap, label: number): string {
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && labels[y * width + x] === label
  let path = ''
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!inside(x, y)) continue
      if (!inside(x, y - 1)) path += `M${x} ${y}h1`
      if (!inside(x, y + 1)) path += `M${x} ${y + 1}h1`
      if (!inside(x - 1, y)) path += `M${x} ${y}v1`
      if (!inside(x + 1, y)) path += `M${x + 1} ${y}v1`
    }
  }
  return path
}
