import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ExplainerError } from '../errors'
import { elementCount, type FloatConstant } from './graph'

export type StoredType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'U8' | 'BOOL'

/** A named tensor of a weights file, row-major. Floating types of every width arrive as float32. */
export interface StoredTensor {
  readonly name: string
  /** As it is in the file. */
  readonly storedType: StoredType
  readonly shape: readonly number[]
  readonly data: Float32Array | BigInt64Array | Int32Array | Uint8Array
}

const BYTES: Record<StoredType, number> = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, U8: 1, BOOL: 1 }
const INDEX_FILE = 'model.safetensors.index.json'
const SINGLE_FILE = 'model.safetensors'
/** Longest header that is believed; the format's own limit. */
const MAXIMUM_HEADER = 100_000_000

interface HeaderEntry {
  dtype: StoredType
  shape: number[]
  data_offsets: [number, number]
}

/** Weights by name, from one file or several shards. Tensors are decoded when they are asked for. */
export class StateDict {
  readonly #entries = new Map<string, { file: Uint8Array; start: number; entry: HeaderEntry }>()

  constructor(
    /** Name of the model, used in messages. */
    readonly model: string,
    /** The files' own notes, strings by key. */
    readonly metadata: Readonly<Record<string, string>>,
    /** SHA-256 of the weights, lower-case hexadecimal: of the file, or of all shards one after another by name. */
    readonly sha256: string,
    files: readonly SafetensorsFile[],
  ) {
    for (const file of files) {
      for (const [name, entry] of Object.entries(file.entries)) {
        this.#entries.set(name, { file: file.bytes, start: file.dataStart, entry })
      }
    }
  }

  get names(): string[] {
    return [...this.#entries.keys()]
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /** @throws ExplainerError 'model-damaged' when there is no such tensor. */
  shapeOf(name: string): readonly number[] {
    return this.#entry(name).entry.shape
  }

  /**
   * @param shape what the tensor must have; null stands for any size.
   * @returns its values as float32, copied (F16, BF16 and F64 are converted).
   * @throws ExplainerError 'model-damaged' when it is missing, of another shape, not floating-point, or holds
   * a value that is not finite.
   */
  float32(
    name: string,
    shape?: readonly (number | null)[],
  ): { shape: readonly number[]; data: Float32Array } {
    const tensor = this.tensor(name, shape)
    if (!(tensor.data instanceof Float32Array)) {
      throw this.#damaged(name, `is of type ${tensor.storedType}; expected floating-point numbers`)
    }
    const bad = placeOfNotFinite(tensor.data)
    if (bad >= 0) throw this.#damaged(name, notFinite(tensor.data[bad]!, bad))
    return { shape: tensor.shape, data: tensor.data }
  }

  /**
   * @returns what a graph is given: float16 as it is stored, every other width as float32; copied.
   * @throws ExplainerError as `float32`
   */
  floats(name: string, shape: readonly number[]): FloatConstant {
    const { file, start, entry } = this.#entry(name, shape)
    if (entry.dtype !== 'F16') return { type: 'float32', ...this.float32(name, shape) }
    const [begin, end] = entry.data_offsets
    const data = new Uint16Array(new Uint8Array(file.subarray(start + begin, start + end)).buffer)
    const bad = placeOfNotFiniteFloat16(data)
    if (bad >= 0) throw this.#damaged(name, notFinite(float16ToNumber(data[bad]!), bad))
    return { type: 'float16', shape: entry.shape, data }
  }

  /** @throws ExplainerError 'model-damaged' when it is missing or of another shape (null stands for any size). */
  tensor(name: string, shape?: readonly (number | null)[]): StoredTensor {
    const { file, start, entry } = this.#entry(name, shape)
    const bytes = file.subarray(start + entry.data_offsets[0], start + entry.data_offsets[1])
    return { name, storedType: entry.dtype, shape: entry.shape, data: decodeValues(entry.dtype, bytes) }
  }

  #entry(name: string, shape?: readonly (number | null)[]) {
    const found = this.#entries.get(name)
    if (!found) throw this.#damaged(name, 'is not in the file')
    const { shape: stored } = found.entry
    if (shape && (shape.length !== stored.length || shape.some((n, i) => n !== null && n !== stored[i]))) {
      const expected = shape.map((size) => size ?? 'any').join(', ')
      throw this.#damaged(name, `has the shape [${stored.join(', ')}]; expected [${expected}]`)
    }
    return found
  }

  #damaged(name: string, what: string): ExplainerError {
    return new ExplainerError('model-damaged', this.model, `${this.model}: tensor '${name}' ${what}`)
  }
}

/** A parsed safetensors file. Source of the format: huggingface.co/docs/safetensors. */
export interface SafetensorsFile {
  readonly bytes: Uint8Array
  readonly dataStart: number
  readonly entries: Readonly<Record<string, HeaderEntry>>
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Parses a file's header and checks it against the file's length; values are not read yet.
 * @throws ExplainerError 'model-damaged' that names the tensor and says what was expected.
 */
export function parseSafetensors(bytes: Uint8Array, fileName: string): SafetensorsFile {
  const damaged = (what: string, cause?: unknown) =>
    new ExplainerError('model-damaged', fileName, `${fileName} ${what}`, { cause })
  if (bytes.byteLength < 8)
    throw damaged(`has ${bytes.byteLength} bytes; a safetensors file begins with 8 of length`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerLength = Number(view.getBigUint64(0, true))
  const dataStart = 8 + headerLength
  if (headerLength > MAXIMUM_HEADER || dataStart > bytes.byteLength) {
    throw damaged(`says its header has ${headerLength} bytes, but the whole file has ${bytes.byteLength}`)
  }
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart)))
  } catch (cause) {
    throw damaged('has a header that is not JSON', cause)
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw damaged('has a header that is not a JSON object')
  }
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, unknown>
  const available = bytes.byteLength - dataStart
  for (const [name, entry] of Object.entries(entries)) {
    if (!isHeaderEntry(entry))
      throw damaged(`describes tensor '${name}' without a known dtype, shape and data_offsets`)
    const [begin, end] = entry.data_offsets
    const expected = elementCount(entry.shape) * BYTES[entry.dtype]
    if (end - begin !== expected) {
      throw damaged(
        `gives tensor '${name}' ${end - begin} bytes; ${entry.dtype} [${entry.shape}] needs ${expected}`,
      )
    }
    if (end > available) {
      throw damaged(
        `is cut off: tensor '${name}' ends at byte ${end} of the data, of which there are ${available}`,
      )
    }
  }
  return {
    bytes,
    dataStart,
    entries: entries as Record<string, HeaderEntry>,
    metadata: metadata as Record<string, string>,
  }
}

/**
 * Reads a model's weights: `model.safetensors`, or the shards that `model.safetensors.index.json` names.
 * @throws ExplainerError 'model-missing' when the folder or a file is not there, 'model-damaged' otherwise.
 */
export async function readStateDict(folder: string): Promise<StateDict> {
  const model = basename(folder)
  const index = await readIfPresent(join(folder, INDEX_FILE))
  const fileNames = index ? shardNames(index, model) : [SINGLE_FILE]
  const files: SafetensorsFile[] = []
  const hash = createHash('sha256')
  for (const fileName of fileNames) {
    const bytes = await readIfPresent(join(folder, fileName))
    if (!bytes) {
      throw new ExplainerError(
        'model-missing',
        model,
        `model '${model}': ${fileName} is not there (expected ${SINGLE_FILE}, or ${INDEX_FILE} with its shards)`,
      )
    }
    hash.update(bytes)
    files.push(parseSafetensors(bytes, `${model}/${fileName}`))
  }
  const metadata = Object.assign({}, ...files.map((file) => file.metadata)) as Record<string, string>
  return new StateDict(model, metadata, hash.digest('hex'), files)
}

function shardNames(index: Uint8Array, model: string): string[] {
  const damaged = (what: string) =>
    new ExplainerError('model-damaged', model, `${model}/${INDEX_FILE} ${what}`)
  let parsed: { weight_map?: Record<string, unknown> }
  try {
    parsed = JSON.parse(new TextDecoder().decode(index))
  } catch {
    throw damaged('is not JSON')
  }
  const names = [...new Set(Object.values(parsed?.weight_map ?? {}))].sort()
  if (names.length === 0) throw damaged('names no shards; expected an object weight_map')
  for (const name of names) {
    if (typeof name !== 'string' || basename(name) !== name || !name.endsWith('.safetensors')) {
      throw damaged(`names the shard '${name}'; expected a .safetensors file in the same folder`)
    }
  }
  return names as string[]
}

/** @returns undefined when there is no such file. @throws ExplainerError 'model-damaged' when it cannot be read. */
export async function readIfPresent(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new ExplainerError('model-damaged', basename(path), `${basename(path)} cannot be read (${code})`, {
      cause: error,
    })
  }
}

function isHeaderEntry(entry: unknown): entry is HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<HeaderEntry>
  const isSize = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0
  return (
    typeof dtype === 'string' &&
    dtype in BYTES &&
    Array.isArray(shape) &&
    shape.every(isSize) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(isSize)
  )
}

function decodeValues(type: StoredType, bytes: Uint8Array): StoredTensor['data'] {
  switch (type) {
    case 'I64':
      return new BigInt64Array(new Uint8Array(bytes).buffer)
    case 'I32':
      return new Int32Array(new Uint8Array(bytes).buffer)
    case 'U8':
    case 'BOOL':
      return new Uint8Array(bytes)
    default:
      return decodeFloats(type, bytes)
  }
}

export type FloatType = 'F64' | 'F32' | 'F16' | 'BF16'

/** @returns little-endian numbers of any width as float32, copied. */
export function decodeFloats(type: FloatType, bytes: Uint8Array): Float32Array {
  const copy = new Uint8Array(bytes).buffer
  switch (type) {
    case 'F32':
      return new Float32Array(copy)
    case 'F64':
      return Float32Array.from(new Float64Array(copy))
    case 'F16':
      return float16ToFloat32(new Uint16Array(copy))
    case 'BF16':
      return bfloat16ToFloat32(new Uint16Array(copy))
  }
}

/** All of these bits are set in infinities and in what is no number, and in no other float16. */
const FLOAT16_EXPONENT = 0x7c00

/** As `findIndex`, which takes several times as long: a BERT has tens of millions of numbers. */
function placeOfNotFinite(values: Float32Array): number {
  for (let place = 0; place < values.length; place++) if (!Number.isFinite(values[place]!)) return place
  return -1
}

function placeOfNotFiniteFloat16(values: Uint16Array): number {
  for (let place = 0; place < values.length; place++)
    if ((values[place]! & FLOAT16_EXPONENT) === FLOAT16_EXPONENT) return place
  return -1
}

function notFinite(value: number, place: number): string {
  return `holds ${value} at place ${place}; expected finite numbers`
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits with bias 15, 10 fraction bits. */
export function float16ToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

let float16Table: Float32Array | undefined

/** Looks each value up in a table of all 65,536: a BERT has tens of millions of them. */
function float16ToFloat32(values: Uint16Array): Float32Array {
  float16Table ??= Float32Array.from({ length: 65_536 }, (_, bits) => float16ToNumber(bits))
  const floats = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) floats[i] = float16Table[values[i]!]!
  return floats
}

/** bfloat16 is the upper half of a float32. */
function bfloat16ToFloat32(values: Uint16Array): Float32Array {
  const bits = Uint32Array.from(values, (value) => value << 16)
  return new Float32Array(bits.buffer)
}
