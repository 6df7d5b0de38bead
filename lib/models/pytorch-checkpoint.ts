import { ExplainerError } from '@/lib/explainers/errors'
import { elementCount } from '@/lib/explainers/onnx/graph'
import { readPickle } from '@/lib/explainers/onnx/pickle'
import { decodeFloats, type FloatType } from '@/lib/explainers/onnx/safetensors'
import type { WrittenTensor } from '@/lib/explainers/onnx/safetensors-writing'
import type { PickledTensor, PickledValue, TensorType } from '@/lib/explainers/onnx/torch-pickle'
import type { ZipContents } from '@/lib/models/zip-file'

/** A list of weights is small; the numbers stand beside it. */
const LARGEST_PICKLE = 16 * 1024 * 1024
/** Numbers of all tensors together, however often they share their storage: 256 MiB as float32. */
const MOST_NUMBERS = 64 * 1024 * 1024
const BYTES: Readonly<Record<FloatType, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 }

/** Under which keys training programs keep the weights beside the optimizer's state. */
const WEIGHTS_KEYS = ['model_state_dict', 'state_dict', 'model']

/**
 * Reads the floating-point tensors of a file of `torch.save` (PyTorch 1.6 and later: a zip with one pickle and a file for
 * each storage). Nothing in it is executed; what is not a tensor or a plain value is refused.
 * @param wanted which tensors, by their names without `module.`
 * @returns tensors by name, row-major
 * @throws ExplainerError 'model-damaged', 'model-unsupported'
 */
export async function readCheckpoint(
  zip: ZipContents,
  name: string,
  wanted: (tensor: string) => boolean,
): Promise<ReadonlyMap<string, WrittenTensor>> {
  const refuse = (what: string) => new ExplainerError('model-unsupported', name, `${name} ${what}`)
  const list = zip.names.find((file) => /^([^/]+\/)?data\.pkl$/.test(file))
  if (!list) throw refuse('is a zip without data.pkl, which torch.save would have written')
  const folder = list.slice(0, -'data.pkl'.length)
  if (zip.names.some((file) => file.startsWith(`${folder}code/`)))
    throw refuse('is a TorchScript program; save model.state_dict() with torch.save instead')
  if (zip.sizeOf(list) > LARGEST_PICKLE)
    throw refuse(`lists its tensors in more than ${LARGEST_PICKLE} bytes`)
  await checkByteOrder(zip, folder, name)
  const tensors = new Map<string, PickledTensor>()
  for (const [key, value] of weightsOf(readPickle(await zip.read(list), name), name)) {
    const tensor = typeof key === 'string' ? key.replace(/^module\./, '') : ''
    if (wanted(tensor) && isTensor(value) && isFloat(value.type)) tensors.set(tensor, value)
  }
  const numbers = [...tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0)
  if (numbers > MOST_NUMBERS) throw refuse(`holds ${numbers} numbers; at most ${MOST_NUMBERS} are read`)
  const read = new Map<string, WrittenTensor>()
  const storages = new Map<string, Promise<Float32Array>>()
  for (const [tensor, description] of tensors) {
    const { storage } = description
    const values = storages.get(storage) ?? readStorage(zip, folder, description, name)
    storages.set(storage, values)
    read.set(tensor, {
      shape: description.shape,
      data: inRowMajor(description, await values, `${name}: ${tensor}`),
    })
  }
  return read
}

async function checkByteOrder(zip: ZipContents, folder: string, name: string): Promise<void> {
  const file = `${folder}byteorder`
  if (!zip.names.includes(file)) return
  const order = zip.sizeOf(file) < 100 ? (await zip.read(file)).toString('utf8') : ''
  if (order === 'little') return
  throw new ExplainerError(
    'model-unsupported',
    name,
    `${name} has numbers in another byte order than little-endian`,
  )
}

function weightsOf(saved: PickledValue, name: string): Map<PickledValue, PickledValue> {
  if (saved instanceof Map) {
    for (const key of WEIGHTS_KEYS) {
      const inner = saved.get(key)
      if (inner instanceof Map) return inner
    }
    if ([...saved.values()].some(isTensor)) return saved
  }
  const message = `${name} holds no weights: expected a state_dict, or one under ${WEIGHTS_KEYS.join(', ')}`
  throw new ExplainerError('model-unsupported', name, message)
}

async function readStorage(
  zip: ZipContents,
  folder: string,
  { storage, type, length }: PickledTensor,
  name: string,
): Promise<Float32Array> {
  const file = `${folder}data/${storage}`
  const bytes = length * BYTES[type as FloatType]
  if (!zip.names.includes(file) || zip.sizeOf(file) !== bytes)
    throw new ExplainerError(
      'model-damaged',
      name,
      `${name}: ${file} is missing or has not the ${bytes} bytes that its tensors need`,
    )
  return decodeFloats(type as FloatType, await zip.read(file))
}

function inRowMajor(
  { offset, shape, strides }: PickledTensor,
  values: Float32Array,
  what: string,
): Float32Array {
  const count = elementCount(shape)
  const last = shape.reduce((place, size, axis) => place + (size - 1) * strides[axis]!, offset)
  if (count > 0 && last >= values.length)
    throw new ExplainerError('model-damaged', what, `${what} reaches beyond its storage`)
  const data = new Float32Array(count)
  const at = shape.map(() => 0)
  for (let place = 0, from = offset; place < count; place++) {
    data[place] = values[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++at[axis]! < shape[axis]!) break
      from -= at[axis]! * strides[axis]!
      at[axis] = 0
    }
  }
  return data
}

function isTensor(value: PickledValue): value is PickledTensor {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tensor'
}

function isFloat(type: TensorType): type is FloatType {
  return type in BYTES
}
