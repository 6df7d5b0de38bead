/** ONNX operators in float64, written as their definitions read: what the gradient rules are held against. */

export interface Numbers {
  readonly shape: readonly number[]
  readonly data: Float64Array
}
export type Operator = (...inputs: Numbers[]) => Numbers

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)

/** Calls `value` with every index of `shape`. */
export function generate(shape: readonly number[], value: (index: number[]) => number): Numbers {
  const data = Float64Array.from({ length: count(shape) }, (_, flat) => {
    const index: number[] = []
    let rest = flat
    for (const size of [...shape].reverse()) {
      index.unshift(rest % size)
      rest = Math.floor(rest / size)
    }
    return value(index)
  })
  return { shape, data }
}

/** Value at an index; missing leading axes and axes of size 1 broadcast. 0 outside. */
export function at({ shape, data }: Numbers, index: readonly number[]): number {
  const own = index.slice(index.length - shape.length)
  let flat = 0
  for (const [axis, size] of shape.entries()) {
    const place = size === 1 ? 0 : own[axis]!
    if (place < 0 || place >= size) return 0
    flat = flat * size + place
  }
  return data[flat]!
}

export const elementwise =
  (f: (a: number, b: number) => number): Operator =>
  (a, b) => {
    if (!b) return { shape: a.shape, data: a.data.map((value) => f(value, 0)) }
    const rank = Math.max(a.shape.length, b.shape.length)
    const size = (x: Numbers, axis: number) => x.shape[axis - rank + x.shape.length] ?? 1
    const shape = Array.from({ length: rank }, (_, axis) => Math.max(size(a, axis), size(b, axis)))
    return generate(shape, (index) => f(at(a, index), at(b, index)))
  }

/** Abramowitz and Stegun 7.1.6, a series that is exact to rounding for the small values used here. */
export function erf(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

export const reshaped =
  (shape: number[]): Operator =>
  (x) => ({ shape, data: x.data })

export const transposed =
  (perm: number[]): Operator =>
  (x) =>
    generate(
      perm.map((axis) => x.shape[axis]!),
      (index) => {
        const source: number[] = []
        for (const [place, axis] of perm.entries()) source[axis] = index[place]!
        return at(x, source)
      },
    )

export const matrixProduct: Operator = (a, b) => {
  const left = a.shape.length === 1 ? { shape: [1, ...a.shape], data: a.data } : a
  const right = b.shape.length === 1 ? { shape: [...b.shape, 1], data: b.data } : b
  const batch = (left.shape.length > right.shape.length ? left : right).shape.slice(0, -2)
  const full = batch.map((_, axis) => {
    const size = (x: Numbers) => x.shape[axis - batch.length - 2 + x.shape.length] ?? 1
    return Math.max(size(left), size(right))
  })
  const y = generate([...full, left.shape.at(-2)!, right.shape.at(-1)!], (index) => {
    const [row, column] = index.slice(-2) as [number, number]
    const outer = index.slice(0, -2)
    let sum = 0
    for (let k = 0; k < left.shape.at(-1)!; k++)
      sum += at(left, [...outer, row, k]) * at(right, [...outer, k, column])
    return sum
  })
  const shape = y.shape.filter(
    (_, axis) =>
      !(axis === y.shape.length - 2 && a.shape.length === 1) &&
      !(axis === y.shape.length - 1 && b.shape.length === 1),
  )
  return { shape, data: y.data }
}

export const gemm =
  ({ alpha = 1, beta = 1, transA = 0, transB = 0 }): Operator =>
  (a, b, c) => {
    const swap = transposed([1, 0])
    const product = matrixProduct(transA ? swap(a!) : a!, transB ? swap(b!) : b!)
    return generate(product.shape, (index) => alpha * at(product, index) + (c ? beta * at(c, index) : 0))
  }

export interface WindowSettings {
  readonly kernel?: readonly [number, number]
  readonly strides?: readonly [number, number]
  readonly dilations?: readonly [number, number]
  /** Top, left, bottom, right. */
  readonly pads?: readonly [number, number, number, number]
  readonly group?: number
  /** Output size, where it does not follow by rounding down. */
  readonly size?: readonly [number, number]
  readonly countPadding?: boolean
}

/** Every place of the window at output (row, column): where it lies in the picture and in the kernel. */
function* places(row: number, column: number, kernel: readonly number[], settings: WindowSettings) {
  const { strides = [1, 1], dilations = [1, 1], pads = [0, 0, 0, 0] } = settings
  for (let u = 0; u < kernel[0]!; u++) {
    for (let v = 0; v < kernel[1]!; v++) {
      const y = row * strides[0] - pads[0] + u * dilations[0]
      yield { u, v, y, x: column * strides[1] - pads[1] + v * dilations[1] }
    }
  }
}

function outputSize(
  x: Numbers,
  kernel: readonly number[],
  settings: WindowSettings,
): readonly [number, number] {
  const { strides = [1, 1], dilations = [1, 1], pads = [0, 0, 0, 0] } = settings
  const along = (axis: 0 | 1) =>
    Math.floor(
      (x.shape[2 + axis]! + pads[axis] + pads[axis + 2]! - (kernel[axis]! - 1) * dilations[axis] - 1) /
        strides[axis],
    ) + 1
  return settings.size ?? [along(0), along(1)]
}

export const convolution =
  (settings: WindowSettings = {}): Operator =>
  (x, weight, bias) => {
    const [out, perGroup, ...kernel] = weight!.shape as [number, number, number, number]
    const group = settings.group ?? 1
    return generate([x!.shape[0]!, out, ...outputSize(x!, kernel, settings)], ([n, o, row, column]) => {
      const first = Math.floor(o! / (out / group)) * perGroup
      let sum = bias ? bias.data[o!]! : 0
      for (const { u, v, y, x: left } of places(row!, column!, kernel, settings)) {
        for (let i = 0; i < perGroup; i++) {
          if (y < 0 || left < 0 || y >= x!.shape[2]! || left >= x!.shape[3]!) continue
          sum += at(x!, [n!, first + i, y, left]) * at(weight!, [o!, i, u, v])
        }
      }
      return sum
    })
  }

export const pooling =
  (settings: WindowSettings, reduce: 'largest' | 'mean'): Operator =>
  (x) => {
    const kernel = settings.kernel!
    const [height, width] = x!.shape.slice(2) as [number, number]
    const { pads = [0, 0, 0, 0] } = settings
    return generate([...x!.shape.slice(0, 2), ...outputSize(x!, kernel, settings)], ([n, c, row, column]) => {
      const values: number[] = []
      let padding = 0
      for (const { y, x: left } of places(row!, column!, kernel, settings)) {
        if (y >= 0 && left >= 0 && y < height && left < width) values.push(at(x!, [n!, c!, y, left]))
        else if (y < height + pads[2] && left < width + pads[3]) padding += 1
      }
      if (reduce === 'largest') return Math.max(...values)
      return values.reduce((a, b) => a + b, 0) / (values.length + (settings.countPadding ? padding : 0))
    })
  }

/** Applies `f` to the values along `axis`, and to each in turn. */
export const alongAxis =
  (axis: number, f: (values: number[], place: number) => number): Operator =>
  (x) =>
    generate(x!.shape, (index) => {
      const values = Array.from({ length: x!.shape[axis]! }, (_, k) => at(x!, index.with(axis, k)))
      return f(values, index[axis]!)
    })
