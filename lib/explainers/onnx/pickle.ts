import { PickleBytes } from './pickle-bytes'
import { findGlobal, type PickledValue, rebuild, setEntry, storageOf } from './torch-pickle'

/**
 * Reads pickles that hold tensors and plain values, and executes nothing: of the opcodes of Python's pickletools only
 * those below are known, and of the globals only those that `torch.save` needs for a dictionary of tensors. Anything else
 * is refused by its name.
 */

/** More than a network of millions of layers needs; a pickle that goes on beyond is no list of weights. */
const MOST_STEPS = 2_000_000

const MARK = Symbol('mark')

/**
 * @param name of the file, for messages
 * @throws ExplainerError 'model-unsupported' that names what is not allowed, 'model-damaged' for what is no pickle
 */
export function readPickle(bytes: Uint8Array, name: string): PickledValue {
  return new PickleReader(bytes, name).read()
}

class PickleReader {
  readonly #file: PickleBytes
  readonly #stack: (PickledValue | typeof MARK)[] = []
  readonly #memo = new Map<number, PickledValue>()

  constructor(bytes: Uint8Array, name: string) {
    this.#file = new PickleBytes(bytes, name)
  }

  read(): PickledValue {
    for (let step = 0; step < MOST_STEPS; step++) {
      const opcode = this.#file.unsigned(1)
      // '.' STOP
      if (opcode === 0x2e) return this.#pop()
      this.#perform(opcode)
    }
    throw this.#file.unsupported(`takes more than ${MOST_STEPS} steps`)
  }

  #perform(opcode: number): void {
    switch (opcode) {
      case 0x80: // PROTO
        if (this.#file.unsigned(1) > 5) throw this.#file.unsupported('is of a protocol after 5')
        return
      case 0x95: // FRAME
        this.#file.skip(8)
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
        this.#push(this.#file.int32())
        return
      case 0x4b: // 'K' BININT1
        this.#push(this.#file.unsigned(1))
        return
      case 0x4d: // 'M' BININT2
        this.#push(this.#file.unsigned(2))
        return
      case 0x8a: // LONG1
        this.#push(this.#file.long(this.#file.unsigned(1)))
        return
      case 0x47: // 'G' BINFLOAT
        this.#push(this.#file.float64())
        return
      case 0x58: // 'X' BINUNICODE
        this.#push(this.#file.text(this.#file.unsigned(4)))
        return
      case 0x8c: // SHORT_BINUNICODE
        this.#push(this.#file.text(this.#file.unsigned(1)))
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
        this.#remember(this.#file.unsigned(1))
        return
      case 0x72: // 'r' LONG_BINPUT
        this.#remember(this.#file.unsigned(4))
        return
      case 0x94: // MEMOIZE
        this.#remember(this.#memo.size)
        return
      case 0x68: // 'h' BINGET
        this.#recall(this.#file.unsigned(1))
        return
      case 0x6a: // 'j' LONG_BINGET
        this.#recall(this.#file.unsigned(4))
        return
      case 0x63: // 'c' GLOBAL
        this.#push(findGlobal(this.#file.line(), this.#file.line(), this.#file))
        return
      case 0x93: {
        // STACK_GLOBAL
        const [module, member] = this.#pair()
        if (typeof module !== 'string' || typeof member !== 'string') throw this.#file.damaged()
        this.#push(findGlobal(module, member, this.#file))
        return
      }
      case 0x52: {
        // 'R' REDUCE
        const [callable, parameters] = this.#pair()
        this.#push(rebuild(callable, parameters, this.#file))
        return
      }
      case 0x62: {
        // 'b' BUILD: attributes of a dictionary, such as _metadata, are left out.
        const [target, state] = this.#pair()
        if (!(target instanceof Map && state instanceof Map))
          throw this.#file.unsupported('gives an object a state of its own')
        this.#push(target)
        return
      }
      case 0x51: // 'Q' BINPERSID
        this.#push(storageOf(this.#pop(), this.#file))
        return
      default: {
        const written = opcode.toString(16).padStart(2, '0')
        throw this.#file.unsupported(`holds the opcode 0x${written}, which lists of weights do not need`)
      }
    }
  }

  #append(values: PickledValue[]): void {
    const list = this.#stack.at(-1)
    if (!Array.isArray(list)) throw this.#file.damaged()
    for (const value of values) list.push(value)
  }

  #setItems(values: PickledValue[]): void {
    const dictionary = this.#stack.at(-1)
    if (!(dictionary instanceof Map) || values.length % 2 !== 0) throw this.#file.damaged()
    for (let place = 0; place < values.length; place += 2)
      setEntry(dictionary, values[place]!, values[place + 1]!, this.#file)
  }

  #remember(place: number): void {
    const top = this.#stack.at(-1)
    if (top === undefined || top === MARK) throw this.#file.damaged()
    this.#memo.set(place, top)
  }

  #recall(place: number): void {
    const value = this.#memo.get(place)
    if (value === undefined) throw this.#file.damaged()
    this.#push(value)
  }

  #push(item: PickledValue | typeof MARK): void {
    this.#stack.push(item)
  }

  #pop(): PickledValue {
    return this.#take(1)[0]!
  }

  #take(count: number): PickledValue[] {
    if (this.#stack.length < count) throw this.#file.damaged()
    const taken = this.#stack.splice(this.#stack.length - count)
    if (taken.includes(MARK)) throw this.#file.damaged()
    return taken as PickledValue[]
  }

  #pair(): [PickledValue, PickledValue] {
    return this.#take(2) as [PickledValue, PickledValue]
  }

  #toMark(): PickledValue[] {
    const mark = this.#stack.lastIndexOf(MARK)
    if (mark < 0) throw this.#file.damaged()
    const [, ...items] = this.#stack.splice(mark)
    return items as PickledValue[]
  }
}
