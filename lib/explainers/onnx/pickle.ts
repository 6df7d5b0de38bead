import { ExplainerError } from '../errors'

/**
 * Reads pickles that hold tensors and plain values, and executes nothing: of the opcodes of Python's pickletools only
 * those below are known, and of the globals only those that `torch.save` needs for a dictionary of tensors. Anything else
 * is refused by its name.
 */

/** Where a tensor's numbers are; they are read when somebody asks for them. */
export interface PickledTensor {
  readonly kind: 'tensor'
  /** Name of its file below data/. */
  readonly storage: string
  readonly type: TensorType
  /** Numbers in the storage. */
  readonly length: number
  /** In numbers, as are the strides. */
  readonly offset: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

export type PickledValue =
  | null
  | boolean
  | number
  | string
  | PickledTensor
  | Global
  | Storage
  | PickledValue[]
  | Map<PickledValue, PickledValue>

export type TensorType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL'

const STORAGES: Readonly<Record<string, TensorType>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
}

/** More than a network of millions of layers needs; a pickle that goes on beyond is no list of weights. */
const MOST_STEPS = 2_000_000
const LONGEST_STRING = 100_000

type Global =
  | { readonly kind: 'ordered-dict' | 'rebuild-tensor' | 'rebuild-parameter' }
  | { readonly kind: 'storage-type'; readonly type: TensorType }
interface Storage {
  readonly kind: 'storage'
  readonly type: TensorType
  readonly key: string
  readonly length: number
}
const MARK = Symbol('mark')

/**
 * @param name of the file, for messages
 * @throws ExplainerError 'model-unsupported' that names what is not allowed, 'model-damaged' for what is no pickle
 */
export function readPickle(bytes: Uint8Array, name: string): PickledValue {
  return new PickleReader(bytes, name).read()
}

class PickleReader {
  readonly #view: DataView
  readonly #stack: (PickledValue | typeof MARK)[] = []
  readonly #memo = new Map<number, PickledValue>()
  #at = 0

  constructor(
    private readonly bytes: Uint8Array,
    private readonly name: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  read(): PickledValue {
    for (let step = 0; step < MOST_STEPS; step++) {
      const opcode = this.#unsigned(1)
      // '.' STOP
      if (opcode === 0x2e) return this.#pop()
      this.#perform(opcode)
    }
    throw this.#unsupported(`takes more than ${MOST_STEPS} steps`)
  }

  #perform(opcode: number): void {
    switch (opcode) {
      case 0x80: // PROTO
        if (this.#unsigned(1) > 5) throw this.#unsupported('is of a protocol after 5')
        return
      case 0x95: // FRAME
        this.#skip(8)
        return
      case 0x28: // '(' MARK
        this.#push(MARK)
        return
      case 0x30: // '0' POP
        this.#pop()
        return
      case 0x4e: // 'N' NONE
        this.#push(null)
        return
      case 0x88: // NEWTRUE
        this.#push(true)
        return
      case 0x89: // NEWFALSE
        this.#push(false)
        return
      case 0x4a: // 'J' BININT
        this.#push(this.#view.getInt32(this.#skip(4), true))
        return
      case 0x4b: // 'K' BININT1
        this.#push(this.#unsigned(1))
        return
      case 0x4d: // 'M' BININT2
        this.#push(this.#unsigned(2))
        return
      case 0x8a: // LONG1
        this.#push(this.#long(this.#unsigned(1)))
        return
      case 0x47: // 'G' BINFLOAT
        this.#push(this.#view.getFloat64(this.#skip(8), false))
        return
      case 0x58: // 'X' BINUNICODE
        this.#push(this.#text(this.#unsigned(4)))
        return
      case 0x8c: // SHORT_BINUNICODE
        this.#push(this.#text(this.#unsigned(1)))
        return
      case 0x7d: // '}' EMPTY_DICT
        this.#push(new Map())
        return
      case 0x5d: // ']' EMPTY_LIST
      case 0x29: // ')' EMPTY_TUPLE
        this.#push([])
        return
      case 0x74: // 't' TUPLE
        this.#push(this.#toMark())
        return
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        this.#push(this.#take(opcode - 0x84))
        return
      case 0x61: // 'a' APPEND
        this.#append(this.#take(1))
        return
      case 0x65: // 'e' APPENDS
        this.#append(this.#toMark())
        return
      case 0x73: // 's' SETITEM
        this.#setItems(this.#take(2))
        return
      case 0x75: // 'u' SETITEMS
        this.#setItems(this.#toMark())
        return
      case 0x71: // 'q' BINPUT
        this.#remember(this.#unsigned(1))
        return
      case 0x72: // 'r' LONG_BINPUT
        this.#remember(this.#unsigned(4))
        return
      case 0x94: // MEMOIZE
        this.#remember(this.#memo.size)
        return
      case 0x68: // 'h' BINGET
        this.#recall(this.#unsigned(1))
        return
      case 0x6a: // 'j' LONG_BINGET
        this.#recall(this.#unsigned(4))
        return
      case 0x63: // 'c' GLOBAL
        this.#push(this.#global(this.#line(), this.#line()))
        return
      case 0x93: {
        // STACK_GLOBAL
        const [module, member] = this.#pair()
        if (typeof module !== 'string' || typeof member !== 'string') throw this.#damaged()
        this.#push(this.#global(module, member))
        return
      }
      case 0x52: {
        // 'R' REDUCE
        const [callable, parameters] = this.#pair()
        this.#push(this.#rebuild(callable, parameters))
        return
      }
      case 0x62: {
        // 'b' BUILD: attributes of a dictionary, such as _metadata, are left out.
        const [target, state] = this.#pair()
        if (!(target instanceof Map && state instanceof Map))
          throw this.#unsupported('gives an object a state of its own')
        this.#push(target)
        return
      }
      case 0x51: // 'Q' BINPERSID
        this.#push(this.#storage(this.#pop()))
        return
      default: {
        const written = opcode.toString(16).padStart(2, '0')
        throw this.#unsupported(`holds the opcode 0x${written}, which lists of weights do not need`)
      }
    }
  }

  #global(module: string, member: string): Global {
    const full = `${module}.${member}`
    const storage = module === 'torch' || module === 'torch.storage' ? STORAGES[member] : undefined
    if (storage && Object.hasOwn(STORAGES, member)) return { kind: 'storage-type', type: storage }
    if (full === 'collections.OrderedDict') return { kind: 'ordered-dict' }
    if (full === 'torch._utils._rebuild_tensor_v2') return { kind: 'rebuild-tensor' }
    if (full === 'torch._utils._rebuild_parameter') return { kind: 'rebuild-parameter' }
    throw this.#unsupported(
      `asks for ${full.slice(0, 200)}, which may run code; only tensors and plain values are read`,
    )
  }

  #rebuild(callable: PickledValue, parameters: PickledValue): PickledValue {
    if (!isKind(callable) || !Array.isArray(parameters)) throw this.#damaged()
    switch (callable.kind) {
      case 'ordered-dict':
        return this.#orderedDict(parameters)
      case 'rebuild-tensor':
        return this.#tensor(parameters)
      case 'rebuild-parameter': {
        const [tensor] = parameters
        if (isKind(tensor) && tensor.kind === 'tensor') return tensor
        throw this.#damaged()
      }
      default:
        throw this.#unsupported(`calls ${callable.kind}`)
    }
  }

  #orderedDict(parameters: readonly PickledValue[]): Map<PickledValue, PickledValue> {
    const [pairs = []] = parameters
    if (!Array.isArray(pairs)) throw this.#damaged()
    const dictionary = new Map<PickledValue, PickledValue>()
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2) throw this.#damaged()
      this.#set(dictionary, pair[0]!, pair[1]!)
    }
    return dictionary
  }

  /** _rebuild_tensor_v2(storage, storage_offset, size, stride, requires_grad, backward_hooks) */
  #tensor([storage, offset, shape, strides]: readonly PickledValue[]): PickledTensor {
    const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
    const areSizes = (values: unknown): values is number[] =>
      Array.isArray(values) && values.length <= 8 && values.every(isSize)
    if (!isKind(storage) || storage.kind !== 'storage') throw this.#damaged()
    if (!isSize(offset) || !areSizes(shape) || !areSizes(strides) || shape.length !== strides.length)
      throw this.#damaged()
    const { key, type, length } = storage
    return { kind: 'tensor', storage: key, type, length, offset, shape: [...shape], strides: [...strides] }
  }

  /** ('storage', type, key, location, number of elements) */
  #storage(id: PickledValue): Storage {
    if (!Array.isArray(id)) throw this.#damaged()
    const [word, type, key, , length] = id
    const isWhole = word === 'storage' && isKind(type) && type.kind === 'storage-type'
    if (!isWhole || typeof key !== 'string' || !/^\d{1,9}$/.test(key)) throw this.#damaged()
    if (!Number.isSafeInteger(length) || (length as number) < 0) throw this.#damaged()
    return { kind: 'storage', type: type.type, key, length: length as number }
  }

  #append(values: PickledValue[]): void {
    const list = this.#stack.at(-1)
    if (!Array.isArray(list)) throw this.#damaged()
    for (const value of values) list.push(value)
  }

  #setItems(values: PickledValue[]): void {
    const dictionary = this.#stack.at(-1)
    if (!(dictionary instanceof Map) || values.length % 2 !== 0) throw this.#damaged()
    for (let place = 0; place < values.length; place += 2)
      this.#set(dictionary, values[place]!, values[place + 1]!)
  }

  #set(dictionary: Map<PickledValue, PickledValue>, key: PickledValue, value: PickledValue): void {
    if (typeof key !== 'string' && typeof key !== 'number') throw this.#damaged()
    dictionary.set(key, value)
  }

  #remember(place: number): void {
    const top = this.#stack.at(-1)
    if (top === undefined || top === MARK) throw this.#damaged()
    this.#memo.set(place, top)
  }

  #recall(place: number): void {
    const value = this.#memo.get(place)
    if (value === undefined) throw this.#damaged()
    this.#push(value)
  }

  /** Little-endian two's complement. */
  #long(length: number): number {
    if (length > 8) throw this.#unsupported('holds a number of more than 64 bits')
    const start = this.#skip(length)
    let value = 0n
    for (let place = length - 1; place >= 0; place--)
      value = (value << 8n) | BigInt(this.bytes[start + place]!)
    return Number(BigInt.asIntN(8 * length, value))
  }

  #text(length: number): string {
    if (length > LONGEST_STRING) throw this.#unsupported(`holds a text of ${length} bytes`)
    const start = this.#skip(length)
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.subarray(start, start + length))
    } catch {
      throw this.#damaged()
    }
  }

  #line(): string {
    const end = this.bytes.indexOf(0x0a, this.#at)
    if (end < 0 || end - this.#at > 500) throw this.#damaged()
    const line = this.#text(end - this.#at)
    this.#skip(1)
    return line
  }

  #unsigned(length: 1 | 2 | 4): number {
    const at = this.#skip(length)
    if (length === 1) return this.bytes[at]!
    return length === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true)
  }

  /** @returns where the skipped bytes begin. */
  #skip(length: number): number {
    const at = this.#at
    if (at + length > this.bytes.byteLength) throw this.#damaged()
    this.#at += length
    return at
  }

  #push(item: PickledValue | typeof MARK): void {
    this.#stack.push(item)
  }

  #pop(): PickledValue {
    return this.#take(1)[0]!
  }

  #take(count: number): PickledValue[] {
    if (this.#stack.length < count) throw this.#damaged()
    const taken = this.#stack.splice(this.#stack.length - count)
    if (taken.includes(MARK)) throw this.#damaged()
    return taken as PickledValue[]
  }

  #pair(): [PickledValue, PickledValue] {
    return this.#take(2) as [PickledValue, PickledValue]
  }

  #toMark(): PickledValue[] {
    const mark = this.#stack.lastIndexOf(MARK)
    if (mark < 0) throw this.#damaged()
    const [, ...items] = this.#stack.splice(mark)
    return items as PickledValue[]
  }

  #damaged(): ExplainerError {
    const message = `${this.name} is not a readable pickle (at byte ${this.#at})`
    return new ExplainerError('model-damaged', this.name, message)
  }

  #unsupported(what: string): ExplainerError {
    return new ExplainerError('model-unsupported', this.name, `${this.name} ${what}`)
  }
}

function isKind(item: PickledValue | undefined): item is Global | Storage | PickledTensor {
  return typeof item === 'object' && item !== null && 'kind' in item
}
