import { ExplainerError } from '../errors'

const LONGEST_STRING = 100_000

/** The bytes of a pickle, read from the front, and what is said where they are not what they should be. */
export class PickleBytes {
  readonly #view: DataView
  #at = 0

  constructor(
    private readonly bytes: Uint8Array,
    /** Of the file, for messages. */
    private readonly name: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  int32(): number {
    return this.#view.getInt32(this.skip(4), true)
  }

  float64(): number {
    return this.#view.getFloat64(this.skip(8), false)
  }

  /** Little-endian two's complement. */
  long(length: number): number {
    if (length > 8) throw this.unsupported('holds a number of more than 64 bits')
    const start = this.skip(length)
    let value = 0n
    for (let place = length - 1; place >= 0; place--)
      value = (value << 8n) | BigInt(this.bytes[start + place]!)
    return Number(BigInt.asIntN(8 * length, value))
  }

  text(length: number): string {
    if (length > LONGEST_STRING) throw this.unsupported(`holds a text of ${length} bytes`)
    const start = this.skip(length)
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.subarray(start, start + length))
    } catch {
      throw this.damaged()
    }
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.#at)
    if (end < 0 || end - this.#at > 500) throw this.damaged()
    const line = this.text(end - this.#at)
    this.skip(1)
    return line
  }

  unsigned(length: 1 | 2 | 4): number {
    const at = this.skip(length)
    if (length === 1) return this.bytes[at]!
    return length === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true)
  }

  /** @returns where the skipped bytes begin. */
  skip(length: number): number {
    const at = this.#at
    if (at + length > this.bytes.byteLength) throw this.damaged()
    this.#at += length
    return at
  }

  damaged(): ExplainerError {
    const message = `${this.name} is not a readable pickle (at byte ${this.#at})`
    return new ExplainerError('model-damaged', this.name, message)
  }

  unsupported(what: string): ExplainerError {
    return new ExplainerError('model-unsupported', this.name, `${this.name} ${what}`)
  }
}
