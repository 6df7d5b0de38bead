const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/**
 * @returns the bits of the nearest IEEE 754 binary16 number, ties to even; too large becomes infinity.
 */
export function toFloat16(value: number): number {
  float[0] = value
  const sign = (bits[0]! >>> 16) & 0x8000
  const magnitude = bits[0]! & 0x7fff_ffff
  if (magnitude > 0x7f80_0000) return sign | 0x7e00
  // From halfway between the largest float16, 65504, and 65536.
  if (magnitude >= 0x477f_f000) return sign | 0x7c00
  if (magnitude < 0x3880_0000) {
    // Below 2⁻¹⁴ the spacing is 2⁻²⁴, which is a float32's between ½ and 1: adding ½ rounds to it.
    bits[0] = magnitude
    float[0] = float[0]! + 0.5
    return sign | (bits[0]! - 0x3f00_0000)
  }
  // 13 fraction bits go, half of their unit (less one where the last kept bit is even) rounds; bias 127 becomes 15.
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1)
  return sign | ((rounded - 0x3800_0000) >>> 13)
}
