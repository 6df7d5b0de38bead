import type { NodeReader, Shape } from './rule'

/** How a window slides: one number for each spatial axis. */
export interface Windows {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly padBegin: readonly number[]
  readonly padEnd: readonly number[]
  /** Spatial sizes before and after. */
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** Reads strides, dilations, pads, `auto_pad` and `ceil_mode` of a convolution or pooling, as ONNX defines them. */
export function readWindows(node: NodeReader, kernel: readonly number[]): Windows {
  const from = node.inputShape(0).slice(2)
  const ones = from.map(() => 1)
  const strides = node.integers('strides', ones)
  const dilations = node.integers('dilations', ones)
  const extents = kernel.map((size, axis) => (size - 1) * dilations[axis]! + 1)
  const [padBegin, padEnd] = readPads(node, from, strides, extents)
  const round = node.integer('ceil_mode', 0) ? Math.ceil : Math.floor
  const to = from.map((size, axis) => {
    const padded = size + padBegin[axis]!
    const count = round((padded + padEnd[axis]! - extents[axis]!) / strides[axis]!) + 1
    // With ceil_mode, a last window that would begin in the padding behind the picture is dropped.
    return round === Math.ceil && (count - 1) * strides[axis]! >= padded ? count - 1 : count
  })
  return { kernel, strides, dilations, padBegin, padEnd, from, to }
}

function readPads(
  node: NodeReader,
  from: Shape,
  strides: readonly number[],
  extents: readonly number[],
): [readonly number[], readonly number[]] {
  const auto = node.text('auto_pad', 'NOTSET')
  const zeros = from.map(() => 0)
  if (auto === 'VALID') return [zeros, zeros]
  if (auto === 'NOTSET' || auto === '') {
    const pads = node.integers('pads', [...zeros, ...zeros])
    return [pads.slice(0, from.length), pads.slice(from.length)]
  }
  const totals = from.map((size, axis) =>
    Math.max(0, (Math.ceil(size / strides[axis]!) - 1) * strides[axis]! + extents[axis]! - size),
  )
  const smaller = totals.map((total) => Math.floor(total / 2))
  const larger = totals.map((total, axis) => total - smaller[axis]!)
  return auto === 'SAME_UPPER' ? [smaller, larger] : [larger, smaller]
}

/**
 * @returns the attributes of a ConvTranspose that goes back from `to` to `from`. Input that no window reached comes
 * back as output padding; windows that reached beyond the padding (`ceil_mode`) as more padding behind.
 */
export function transposedWindows(windows: Windows) {
  const { kernel, strides, dilations, padBegin, padEnd, from, to } = windows
  const missing = from.map((size, axis) => {
    const extent = (kernel[axis]! - 1) * dilations[axis]! + 1
    return size - ((to[axis]! - 1) * strides[axis]! + extent - padBegin[axis]! - padEnd[axis]!)
  })
  return {
    kernel_shape: kernel,
    strides,
    dilations,
    pads: [...padBegin, ...padEnd.map((pad, axis) => pad + Math.max(0, -missing[axis]!))],
    output_padding: missing.map((size) => Math.max(0, size)),
  }
}
