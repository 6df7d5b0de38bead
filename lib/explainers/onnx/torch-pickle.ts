import type { PickleBytes } from './pickle-bytes'

/** What the globals and objects of `torch.save` stand for: tensors by where their numbers are, and plain dictionaries. */

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

export type Global =
  | { readonly kind: 'ordered-dict' | 'rebuild-tensor' | 'rebuild-parameter' }
  | { readonly kind: 'storage-type'; readonly type: TensorType }
interface Storage {
  readonly kind: 'storage'
  readonly type: TensorType
  readonly key: string
  readonly length: number
}

/** What is said of a pickle that holds something else. */
type Complaints = Pick<PickleBytes, 'damaged' | 'unsupported'>

/** @throws ExplainerError 'model-unsupported' that names a global that lists of weights do not need */
export function findGlobal(module: string, member: string, file: Complaints): Global {
  const full = `${module}.${member}`
  const storage = module === 'torch' || module === 'torch.storage' ? STORAGES[member] : undefined
  if (storage && Object.hasOwn(STORAGES, member)) return { kind: 'storage-type', type: storage }
  if (full === 'collections.OrderedDict') return { kind: 'ordered-dict' }
  if (full === 'torch._utils._rebuild_tensor_v2') return { kind: 'rebuild-tensor' }
  if (full === 'torch._utils._rebuild_parameter') return { kind: 'rebuild-parameter' }
  throw file.unsupported(
    `asks for ${full.slice(0, 200)}, which may run code; only tensors and plain values are read`,
  )
}

/** @returns what calling a global with these arguments makes. @throws ExplainerError */
export function rebuild(callable: PickledValue, parameters: PickledValue, file: Complaints): PickledValue {
  if (!isKind(callable) || !Array.isArray(parameters)) throw file.damaged()
  switch (callable.kind) {
    case 'ordered-dict':
      return orderedDict(parameters, file)
    case 'rebuild-tensor':
      return tensorOf(parameters, file)
    case 'rebuild-parameter': {
      const [tensor] = parameters
      if (isKind(tensor) && tensor.kind === 'tensor') return tensor
      throw file.damaged()
    }
    default:
      throw file.unsupported(`calls ${callable.kind}`)
  }
}

function orderedDict(parameters: readonly PickledValue[], file: Complaints): Map<PickledValue, PickledValue> {
  const [pairs = []] = parameters
  if (!Array.isArray(pairs)) throw file.damaged()
  const dictionary = new Map<PickledValue, PickledValue>()
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) throw file.damaged()
    setEntry(dictionary, pair[0]!, pair[1]!, file)
  }
  return dictionary
}

/** _rebuild_tensor_v2(storage, storage_offset, size, stride, requires_grad, backward_hooks) */
function tensorOf(
  [storage, offset, shape, strides]: readonly PickledValue[],
  file: Complaints,
): PickledTensor {
  const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
  const areSizes = (values: unknown): values is number[] =>
    Array.isArray(values) && values.length <= 8 && values.every(isSize)
  if (!isKind(storage) || storage.kind !== 'storage') throw file.damaged()
  if (!isSize(offset) || !areSizes(shape) || !areSizes(strides) || shape.length !== strides.length)
    throw file.damaged()
  const { key, type, length } = storage
  return { kind: 'tensor', storage: key, type, length, offset, shape: [...shape], strides: [...strides] }
}

/** ('storage', type, key, location, number of elements) */
export function storageOf(id: PickledValue, file: Complaints): Storage {
  if (!Array.isArray(id)) throw file.damaged()
  const [word, type, key, , length] = id
  const isWhole = word === 'storage' && isKind(type) && type.kind === 'storage-type'
  if (!isWhole || typeof key !== 'string' || !/^\d{1,9}$/.test(key)) throw file.damaged()
  if (!Number.isSafeInteger(length) || (length as number) < 0) throw file.damaged()
  return { kind: 'storage', type: type.type, key, length: length as number }
}

export function setEntry(
  dictionary: Map<PickledValue, PickledValue>,
  key: PickledValue,
  value: PickledValue,
  file: Complaints,
): void {
  if (typeof key !== 'string' && typeof key !== 'number') throw file.damaged()
  dictionary.set(key, value)
}

function isKind(item: PickledValue | undefined): item is Global | Storage | PickledTensor {
  return typeof item === 'object' && item !== null && 'kind' in item
}
