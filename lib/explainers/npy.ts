import type { Tensor } from './evidence'
import { elementCount } from './onnx/graph'

/** NumPy's .npy format 1.0: magic, version, length of the header, header, values. numpy.lib.format describes it. */
const MAGIC = Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59])
/** The values begin at a multiple of this, so that they can be mapped into memory. */
const ALIGNMENT = 64

/** @returns the bytes of a .npy file, little-endian, C order, `<f4` or `<i4`. */
export function encodeNpy({ data, shape }: Tensor): Uint8Array {
  const type = data instanceof Float32Array ? '<f4' : '<i4'
  // Python writes a tuple of one as (3,).
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`
  const prefix = MAGIC.length + 4
  const padding = ALIGNMENT - ((prefix + description.length + 1) % ALIGNMENT)
  const header = new TextEncoder().encode(`${description}${' '.repeat(padding % ALIGNMENT)}\n`)
  const bytes = new Uint8Array(prefix + header.length + data.byteLength)
  bytes.set(MAGIC)
  bytes.set([1, 0, header.length & 0xff, header.length >> 8], MAGIC.length)
  bytes.set(header, prefix)
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), prefix + header.length)
  return bytes
}

/**
 * @returns the array in a .npy file. `<f8` arrives as float32, `<i8` as int32.
 * @throws RangeError when the bytes are no .npy file, in Fortran order, of another type, or cut off.
 */
export function decodeNpy(bytes: Uint8Array): Tensor {
  if (bytes.length < 12 || MAGIC.some((byte, place) => bytes[place] !== byte))
    throw new RangeError('not a .npy file')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = bytes[6] !== 1
  const start = wide ? 12 : 10
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true))
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, end))
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1] ?? 'unknown'
  if (/'fortran_order':\s*True/.test(header)) throw new RangeError('.npy in Fortran order; expected C order')
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number)
  const width = { '<f4': 4, '<f8': 8, '<i4': 4, '<i8': 8 }[type]
  if (!width) throw new RangeError(`.npy of type ${type}; expected <f4, <f8, <i4 or <i8`)
  const expected = elementCount(shape) * width
  if (bytes.length - end < expected) {
    throw new RangeError(
      `.npy is cut off: [${shape}] of ${type} needs ${expected} bytes, ${bytes.length - end} are there`,
    )
  }
  const { buffer } = new Uint8Array(bytes.subarray(end, end + expected)) // a copy, aligned
  switch (type) {
    case '<f4':
      return { shape, data: new Float32Array(buffer) }
    case '<f8':
      return { shape, data: Float32Array.from(new Float64Array(buffer)) }
    case '<i4':
      return { shape, data: new Int32Array(buffer) }
    default:
      return { shape, data: Int32Array.from(new BigInt64Array(buffer), Number) }
  }
}
