/** sRGB primaries to CIE XYZ under D65, row by row X, Y, Z (ITU-R BT.709, as scikit-image rounds them). */
const XYZ_FROM_RGB = [
  0.412453, 0.35758, 0.180423, 0.212671, 0.71516, 0.072169, 0.019334, 0.119193, 0.950227,
] as const

/** Reference white D65 for the 2° observer. */
const WHITE = { x: 0.95047, y: 1, z: 1.08883 } as const

/**
 * Converts sRGB to CIE L*a*b* (D65, 2° observer), with the constants of scikit-image's `rgb2lab`.
 *
 * @param rgb pixels one after the other, red, green, blue, 0 to 1.
 * @returns L (0 to 100), a, b of each pixel in the same order.
 */
export function labFromRgb(rgb: Float64Array): Float64Array {
  const lab = new Float64Array(rgb.length)
  const [xr, xg, xb, yr, yg, yb, zr, zg, zb] = XYZ_FROM_RGB
  for (let i = 0; i < rgb.length; i += 3) {
    const red = linear(rgb[i]!)
    const green = linear(rgb[i + 1]!)
    const blue = linear(rgb[i + 2]!)
    const x = compressed((red * xr + green * xg + blue * xb) / WHITE.x)
    const y = compressed((red * yr + green * yg + blue * yb) / WHITE.y)
    const z = compressed((red * zr + green * zg + blue * zb) / WHITE.z)
    lab[i] = 116 * y - 16
    lab[i + 1] = 500 * (x - y)
    lab[i + 2] = 200 * (y - z)
  }
  return lab
}

/** Undoes the sRGB transfer curve. */
function linear(value: number): number {
  return value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92
}

/** The cube root of CIE 1976, with its straight line near black. */
function compressed(value: number): number {
  return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116
}
