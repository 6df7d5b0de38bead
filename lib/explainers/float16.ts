let floats = new Float32Array(1)
let bits = new Uint32Array(floats.buffer)

/**
 * @returns the bits of the nearest IEEE 754 binary16 number, ties to even; too large becomes infinity.
 */
export function toFloat16(value: number): number {
  floats[0] = value
  return narrow(bits[0]!)
}

/**
 * Writes the float16 nearest to each value times `scale`, from `into[offset]` on. Products are rounded to float32 first,
 * as by a call of `toFloat16` for each; all at once they are several times faster.
 */
export function writeFloat16(values: Float32Array, scale: number, into: Uint16Array, offset: number): void {
  const count = values.length
  if (floats.length < count) {
    floats = new Float32Array(count)
    bits = new Uint32Array(floats.buffer)
  }
  for (let i = 0; i < count; i++) floats[i] = values[i]! * scale
  for (let i = 0; i < count; i++) into[offset + i] = narrow(bits[i]!)
}

const half = new Float32Array(1)
const halfBits = new Uint32Array(half.buffer)

/** @param float32 its bits */
function narrow(float32: number): number {
  const sign = (float32 >>> 16) & 0x8000
  const magnitude = float32 & 0x7fff_ffff
  if (magnitude > 0x7f80_0000) return sign | 0x7e00
  // From halfway between the largest float16, 65504, and 65536.
  if (magnitude >= 0x477f_f000) return sign | 0x7c00
  if (magnitude < 0x3880_0000) {
    // Below 2⁻¹⁴ the spacing is 2⁻²⁴, which is a float32's between ½ and 1: adding ½ rounds to it.
    halfBits[0] = magnitude
    half[0] = half[0]! + 0.5
    return sign | (halfBits[0]! - 0x3f00_0000)
  }
  // 13 fraction bits go, half of their unit (less one where the last kept bit is even) rounds; bias 127 becomes 15.
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1)
  return sign | ((rounded - 0x3800_0000) >>> 13)
}
