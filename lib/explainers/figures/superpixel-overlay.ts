import sharp from 'sharp'
import type { Tensor } from '../evidence'
import type { ShownSuperpixel } from '../methods/superpixel-weights'
import { markColours } from './colour-maps'
import { COMPRESSION } from './png'

const WIDTH = 1024

/**
 * Outlines of one label as closed loops along pixel edges, the inside on the right-hand side.
 *
 * @param labels [height, width].
 * @returns SVG path data in units of pixels.
 */
export function outlinePath(labels: Tensor, label: number): string {
  const [height, width] = labels.shape as [number, number]
  const inside = (y: number, x: number) =>
    y >= 0 && y < height && x >= 0 && x < width && labels.data[y * width + x] === label
  const corner = (y: number, x: number) => y * (width + 1) + x
  const next = new Map<number, number[]>()
  const add = (from: number, to: number) => {
    const known = next.get(from)
    if (known) known.push(to)
    else next.set(from, [to])
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!inside(y, x)) continue
      if (!inside(y - 1, x)) add(corner(y, x), corner(y, x + 1))
      if (!inside(y, x + 1)) add(corner(y, x + 1), corner(y + 1, x + 1))
      if (!inside(y + 1, x)) add(corner(y + 1, x + 1), corner(y + 1, x))
      if (!inside(y, x - 1)) add(corner(y + 1, x), corner(y, x))
    }
  }
  let path = ''
  for (const start of next.keys()) {
    while (next.get(start)?.length) {
      const loop = [start]
      let at = start
      do {
        at = next.get(at)!.pop()!
        loop.push(at)
      } while (at !== start)
      const points = withoutStraightCorners(loop, width + 1)
      path += `M${points.map((point) => `${point % (width + 1)} ${Math.floor(point / (width + 1))}`).join('L')}Z`
    }
  }
  return path
}

function withoutStraightCorners(loop: readonly number[], stride: number): number[] {
  return loop.slice(0, -1).filter((point, i) => {
    const before = loop[i === 0 ? loop.length - 2 : i - 1]!
    const after = loop[i + 1]!
    const straight =
      point - before === after - point &&
      (Math.abs(point - before) === 1 || Math.abs(point - before) === stride)
    return !straight
  })
}

async function draw(shapes: string, height: number, width: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${Math.round((WIDTH * height) / width)}" viewBox="0 0 ${width} ${height}">${shapes}</svg>`
  return sharp(Buffer.from(svg)).png({ compressionLevel: COMPRESSION }).toBuffer()
}

/**
 * The homework's LIME picture as a transparent layer: positive superpixels green with a solid outline, negative ones
 * red with a dashed outline, all others left clear.
 *
 * @param labels superpixels [height, width].
 * @returns PNG with alpha, 1,024 pixels across.
 */
export function drawWeightOverlay(labels: Tensor, shown: readonly ShownSuperpixel[]): Promise<Buffer> {
  const [height, width] = labels.shape as [number, number]
  const shapes = shown.map(({ label, weight }) => {
    const path = outlinePath(labels, label)
    const colour = weight > 0 ? markColours.positive : markColours.negative
    const dash = weight > 0 ? '' : ' stroke-dasharray="1.6 1.1"'
    return {
      fill: `<path d="${path}" fill="${colour}" fill-opacity="0.5" fill-rule="evenodd"/>`,
      // A white line under the coloured one keeps the outline visible on a picture of the same colour.
      line: `<path d="${path}" fill="none" stroke="#fff" stroke-opacity="0.85" stroke-width="0.95" stroke-linejoin="round"/><path d="${path}" fill="none" stroke="${colour}" stroke-width="0.62" stroke-linejoin="round"${dash}/>`,
    }
  })
  return draw(shapes.map((s) => s.fill).join('') + shapes.map((s) => s.line).join(''), height, width)
}

/** @returns PNG with alpha, 1,024 pixels across: every superpixel's border as a thin light line on a dark one. */
export function drawBorders(labels: Tensor): Promise<Buffer> {
  const [height, width] = labels.shape as [number, number]
  const paths = [...new Set(labels.data)].map((label) => outlinePath(labels, label)).join('')
  return draw(
    `<path d="${paths}" fill="none" stroke="#000" stroke-opacity="0.45" stroke-width="0.7"/><path d="${paths}" fill="none" stroke="#ffe14d" stroke-width="0.34"/>`,
    height,
    width,
  )
}

/** @returns PNG with alpha: one thin line around the named superpixels together, to show where a picture was changed. */
export function drawChangedArea(labels: Tensor, changed: readonly ShownSuperpixel[]): Promise<Buffer> {
  const [height, width] = labels.shape as [number, number]
  const members = new Set(changed.map(({ label }) => label))
  const area = {
    shape: labels.shape,
    data: Int32Array.from(labels.data, (label) => (members.has(label) ? 1 : 0)),
  }
  const path = outlinePath(area, 1)
  return draw(
    `<path d="${path}" fill="none" stroke="#000" stroke-opacity="0.5" stroke-width="0.9"/><path d="${path}" fill="none" stroke="#fff" stroke-width="0.4"/>`,
    height,
    width,
  )
}
