import { writeZip, type ZippedFile } from './zip-writing'

/** Opcodes of protocol 2, as `torch.save` writes them. */
export const pickled = {
  proto: Buffer.from([0x80, 2]),
  stop: Buffer.from('.'),
  mark: Buffer.from('('),
  emptyDict: Buffer.from('}'),
  emptyTuple: Buffer.from(')'),
  emptyList: Buffer.from(']'),
  tuple: Buffer.from('t'),
  reduce: Buffer.from('R'),
  build: Buffer.from('b'),
  setItems: Buffer.from('u'),
  no: Buffer.from([0x89]),
  persistentId: Buffer.from('Q'),
  text(value: string): Buffer {
    const bytes = Buffer.from(value)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(bytes.byteLength)
    return Buffer.concat([Buffer.from('X'), length, bytes])
  },
  integer(value: number): Buffer {
    const bytes = Buffer.alloc(5)
    bytes.write('J')
    bytes.writeInt32LE(value, 1)
    return bytes
  },
  global: (module: string, name: string) => Buffer.from(`c${module}\n${name}\n`),
  put(place: number): Buffer {
    const bytes = Buffer.alloc(5)
    bytes.write('r')
    bytes.writeUInt32LE(place, 1)
    return bytes
  },
  get(place: number): Buffer {
    const bytes = Buffer.alloc(5)
    bytes.write('j')
    bytes.writeUInt32LE(place, 1)
    return bytes
  },
}

const { global, text, integer, mark, tuple, reduce, emptyTuple, persistentId, no } = pickled
const orderedDict = Buffer.concat([global('collections', 'OrderedDict'), emptyTuple, reduce])
const sizes = (values: readonly number[]) => Buffer.concat([mark, ...values.map(integer), tuple])

export interface SavedTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
  /** Default: row-major. */
  readonly strides?: readonly number[]
  readonly offset?: number
}

/** _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, OrderedDict()) */
export function pickleTensor(key: string, { shape, values, strides, offset = 0 }: SavedTensor): Buffer {
  const rowMajor = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  const storage = [text('storage'), global('torch', 'FloatStorage'), text(key), text('cpu')]
  return Buffer.concat([
    global('torch._utils', '_rebuild_tensor_v2'),
    mark,
    mark,
    ...storage,
    integer(values.length),
    tuple,
    persistentId,
    integer(offset),
    sizes(shape),
    sizes(strides ?? rowMajor),
    no,
    orderedDict,
    tuple,
    reduce,
  ])
}

/** The pickle of `{'epoch': 3, 'model_state_dict': OrderedDict(tensors), 'best': 0.5}`, with `_metadata` as PyTorch keeps it. */
export function pickleCheckpoint(tensors: ReadonlyMap<string, SavedTensor>): Buffer {
  const items = [...tensors].flatMap(([name, tensor], index) => [
    text(name),
    pickleTensor(String(index), tensor),
  ])
  const metadata = [pickled.emptyDict, mark, text('_metadata'), orderedDict, pickled.setItems, pickled.build]
  const best = Buffer.alloc(9)
  best.write('G')
  best.writeDoubleBE(0.5, 1)
  return Buffer.concat([
    pickled.proto,
    pickled.emptyDict,
    pickled.put(0),
    mark,
    text('epoch'),
    integer(3),
    text('model_state_dict'),
    orderedDict,
    pickled.put(1),
    mark,
    ...items,
    pickled.setItems,
    ...metadata,
    text('best'),
    best,
    pickled.setItems,
    pickled.stop,
  ])
}

/** @returns the bytes of a file of `torch.save`; `pickle` takes the place of the list of tensors. */
export function writeTorchFile(tensors: ReadonlyMap<string, SavedTensor>, pickle?: Buffer): Buffer {
  const storages = [...tensors.values()].map(
    ({ values }, index): ZippedFile => ({
      name: `archive/data/${index}`,
      bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    }),
  )
  return writeZip([
    { name: 'archive/data.pkl', bytes: pickle ?? pickleCheckpoint(tensors) },
    { name: 'archive/byteorder', bytes: Buffer.from('little') },
    ...storages,
    { name: 'archive/version', bytes: Buffer.from('3\n') },
  ])
}
