import type { FloatTensor } from '../evidence'
import { luminanceOf } from '../luminance'

/**
 * An edge detector, which knows nothing of any model: the length of the gradient of luminance by Sobel's 3×3 operator.
 * At the border the picture goes on as it ends.
 *
 * @param picture [3, height, width], 0 to 1.
 * @returns [height, width], from 0; 4√2 at most.
 */
export function edgesOf({ data, shape }: FloatTensor): FloatTensor {
  const [, height = 0, width = 0] = shape
  const light = luminanceOf(data)
  const at = (row: number, column: number) =>
    light[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))]!
  const edges = new Float32Array(height * width)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let [across, down] = [0, 0]
      for (const [side, weight] of [
        [-1, 1],
        [0, 2],
        [1, 1],
      ] as const) {
        across += weight * (at(row + side, column + 1) - at(row + side, column - 1))
        down += weight * (at(row + 1, column + side) - at(row - 1, column + side))
      }
      edges[row * width + column] = Math.hypot(across, down)
    }
  }
  return { data: edges, shape: [height, width] }
}
