import type { Plane } from './plane'

const ORIENTATIONS = 9
/** Pixels a side of a cell, and cells a side of a block. */
const [CELL, BLOCK] = [16, 3]
/** Of a normalized block, nothing counts for more than this. */
const LARGEST = 0.2
const EPSILON = 1e-5

/**
 * Histograms of oriented gradients: of each block of 3×3 cells, how much the picture changes in each of nine directions
 * within 180°, by cells of 16×16 pixels.
 * N. Dalal, B. Triggs, "Histograms of Oriented Gradients for Human Detection", CVPR 2005. The numbers are those of
 * scikit-image's `hog` with `pixels_per_cell=(16, 16)`: blocks normalized by L2-Hys, no gamma, no smoothing in cells.
 *
 * @returns [blocks down, blocks across, 3, 3, 9] in row-major order; null of a picture smaller than a block.
 */
export function hog(picture: Plane): Float64Array | null {
  const [down, across] = [Math.floor(picture.height / CELL), Math.floor(picture.width / CELL)]
  if (Math.min(down, across) < BLOCK) return null
  const cells = histograms(picture, down, across)
  const blocks: number[] = []
  for (let row = 0; row + BLOCK <= down; row++)
    for (let column = 0; column + BLOCK <= across; column++)
      blocks.push(...blockAt(cells, across, row, column))
  return Float64Array.from(blocks)
}

/** @returns [down, across, 9]: mean length of the gradients of each direction in each cell. */
function histograms({ values, height, width }: Plane, down: number, across: number): Float64Array {
  const cells = new Float64Array(down * across * ORIENTATIONS)
  const at = (row: number, column: number) => values[row * width + column]!
  for (let row = 0; row < down * CELL; row++) {
    for (let column = 0; column < across * CELL; column++) {
      // A picture does not change beyond its border.
      const isInner = { down: row > 0 && row < height - 1, across: column > 0 && column < width - 1 }
      const dy = isInner.down ? at(row + 1, column) - at(row - 1, column) : 0
      const dx = isInner.across ? at(row, column + 1) - at(row, column - 1) : 0
      const degrees = ((Math.atan2(dy, dx) * 180) / Math.PI + 180) % 180
      const bin = Math.min(ORIENTATIONS - 1, Math.floor((degrees * ORIENTATIONS) / 180))
      const cell = Math.floor(row / CELL) * across + Math.floor(column / CELL)
      cells[cell * ORIENTATIONS + bin]! += Math.hypot(dy, dx) / CELL ** 2
    }
  }
  return cells
}

/** @returns the histograms of a block's cells, normalized together: by their length, cut off, and by their length again. */
function blockAt(cells: Float64Array, across: number, row: number, column: number): readonly number[] {
  const block: number[] = []
  for (let r = row; r < row + BLOCK; r++) {
    const start = (r * across + column) * ORIENTATIONS
    block.push(...cells.subarray(start, start + BLOCK * ORIENTATIONS))
  }
  return normalized(normalized(block).map((value) => Math.min(value, LARGEST)))
}

function normalized(values: readonly number[]): readonly number[] {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, EPSILON ** 2))
  return values.map((value) => value / length)
}
