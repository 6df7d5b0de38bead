import { createCipheriv, createHash } from 'node:crypto'
import { xoroshiro128plus } from 'pure-rand/generator/XoroShiro'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** What a stream is for, in words, or the bytes of what it belongs to. */
export type StreamName = string | ArrayBufferView

/**
 * A seeded stream of random numbers that depends on nothing else: the same seed and names give the same numbers on
 * every machine, and different names give unrelated streams.
 *
 * Generator: xoroshiro128+ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), its
 * 128-bit state taken from the SHA-256 of the seed and the names. Only the high bits of its 32-bit outputs are
 * used: the low ones are known to be weak.
 */
export class RandomStream {
  readonly #generator: RandomGenerator
  #spareNormal: number | undefined

  /**
   * @param seed any safe integer.
   * @param names what the stream is for, for example the method and the bytes of the picture. A stream of one
   * picture is not moved by what is computed for another.
   */
  constructor(seed: number, ...names: readonly StreamName[]) {
    const digest = digestOf(seed, names)
    this.#generator = xoroshiro128plus.fromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)))
  }

  /** @returns a number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.#generator.unsafeNext() >>> 5
    const low = this.#generator.unsafeNext() >>> 6
    return (high * 2 ** 26 + low) * 2 ** -53
  }

  /** @returns true or false with equal probability. */
  bit(): boolean {
    return this.#generator.unsafeNext() < 0
  }

  /** @returns a whole number in [0, bound), all equally likely. */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1)
      throw new RangeError(`integer(${bound}): expected a positive integer`)
    return Math.floor(this.uniform() * bound)
  }

  /** @returns a number from the standard normal distribution (Box and Muller, 1958). */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal
      this.#spareNormal = undefined
      return spare
    }
    // 1 − u lies in (0, 1], so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.#spareNormal = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Zeros that are encrypted at once: outputs of this size come from memory that is already there. */
const zeros = new Uint8Array(65_536)

/**
 * A seeded stream of random bits by the million: AES-128 in counter mode (as by Salmon et al., "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011), its key taken from the SHA-256 of the seed and the names.
 */
export class RandomBits {
  readonly #cipher

  /** @param names as for `RandomStream`. */
  constructor(seed: number, ...names: readonly StreamName[]) {
    this.#cipher = createCipheriv('aes-128-ctr', digestOf(seed, names).subarray(0, 16), Buffer.alloc(16))
  }

  /**
   * Overwrites all of `numbers` with the next of the stream, each of the 2³² equally likely. An array that is filled
   * again and again costs several times less than new ones.
   * @returns the same array
   */
  fill(numbers: Int32Array): Int32Array {
    const bytes = viewOf(numbers)
    for (let start = 0; start < bytes.length; start += zeros.length) {
      bytes.set(this.#cipher.update(zeros.subarray(0, bytes.length - start)), start)
    }
    return numbers
  }
}

function digestOf(seed: number, names: readonly StreamName[]): Buffer {
  const hash = createHash('sha256').update(`vitrine random stream ${seed}`)
  for (const name of names) {
    const bytes = typeof name === 'string' ? Buffer.from(name, 'utf8') : viewOf(name)
    // The length goes first, so that no two lists of names run into the same bytes.
    hash.update(`\n${bytes.byteLength}:`).update(bytes)
  }
  return hash.digest()
}

function viewOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
