/** ITU-R BT.709. */
const weights = [0.2126, 0.7152, 0.0722] as const

/** @param rgb [3, places] @returns the luminance of each place. */
export function luminanceOf(rgb: ArrayLike<number>): Float64Array {
  const plane = rgb.length / 3
  return Float64Array.from({ length: plane }, (_, place) =>
    weights.reduce((sum, weight, channel) => sum + weight * rgb[channel * plane + place]!, 0),
  )
}
