import { writeFloat16 } from '../float16'

/** Writes a vector divided by its length as float16; a vector of length 0 stays 0. */
export function writeNormalized(vector: Float32Array, into: Uint16Array, offset: number): void {
  let squares = 0
  for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares)
  writeFloat16(vector, scale, into, offset)
}
