/**
 * Turns clusters into superpixels: every superpixel is connected (4 neighbours), and one that is smaller than
 * `minimumSize` joins a neighbour found before it. Components are found by breadth-first search in reading order
 * and cut at `maximumSize` pixels, which is why a large cluster can become several superpixels.
 *
 * The order of the search decides the numbers, so it follows scikit-image's connectivity step.
 *
 * @param clusters number of the cluster of each pixel, row by row.
 * @returns labels of the superpixels, consecutive from 1.
 */
export function connectSuperpixels(
  clusters: Int32Array,
  size: { readonly width: number; readonly height: number },
  limits: { readonly minimumSize: number; readonly maximumSize: number },
): Int32Array {
  const labels = new Int32Array(clusters.length)
  const component = new Int32Array(Math.max(limits.maximumSize, 1))
  let label = 1
  for (let start = 0; start < clusters.length; start++) {
    if (labels[start] !== 0) continue
    const { count, neighbour } = floodComponent(
      start,
      label,
      clusters,
      labels,
      component,
      size,
      limits.maximumSize,
    )
    if (count >= limits.minimumSize) label++
    else for (let i = 0; i < count; i++) labels[component[i]!] = neighbour
  }
  return labels
}

/**
 * Labels the component of `start`, and lists its pixels in `component`.
 *
 * @returns its size, and the label of the last other superpixel that it touches (its own label where it touches none).
 */
function floodComponent(
  start: number,
  label: number,
  clusters: Int32Array,
  labels: Int32Array,
  component: Int32Array,
  { width, height }: { readonly width: number; readonly height: number },
  maximumSize: number,
): { readonly count: number; readonly neighbour: number } {
  const cluster = clusters[start]
  let neighbour = label
  let count = 1
  labels[start] = label
  component[0] = start
  for (let visited = 0; visited < count && count < maximumSize; visited++) {
    const pixel = component[visited]!
    const x = pixel % width
    const y = (pixel - x) / width
    for (let side = 0; side < 4 && count < maximumSize; side++) {
      const nextX = side === 0 ? x + 1 : side === 1 ? x - 1 : x
      const nextY = side === 2 ? y + 1 : side === 3 ? y - 1 : y
      if (nextX < 0 || nextX >= width || nextY < 0 || nextY >= height) continue
      const next = nextY * width + nextX
      const known = labels[next]!
      if (known === 0 && clusters[next] === cluster) {
        labels[next] = label
        component[count++] = next
      } else if (known !== 0 && known !== label) {
        neighbour = known
      }
    }
  }
  return { count, neighbour }
}
