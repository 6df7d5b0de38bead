/**
 * ONNX graphs as plain data. `GraphBuilder` makes them, `encodeGraph` and `decodeGraph` turn them into the bytes of
 * an ONNX model and back, and `withInputGradient` turns one into another.
 */

export type ElementType = 'float16' | 'float32' | 'float64' | 'int32' | 'int64' | 'bool'

/**
 * Row-major constant. int64 values are BigInt64Array; bool values are 0 or 1 in a Uint8Array; float16 values are their
 * bits in a Uint16Array.
 */
export type Constant =
  | { readonly type: 'float16'; readonly shape: readonly number[]; readonly data: Uint16Array }
  | { readonly type: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'float64'; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly type: 'int32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly type: 'int64'; readonly shape: readonly number[]; readonly data: BigInt64Array }
  | { readonly type: 'bool'; readonly shape: readonly number[]; readonly data: Uint8Array }

/** Numbers of a model, as a file of weights has them. */
export type FloatConstant = Extract<Constant, { readonly type: 'float16' | 'float32' }>

/** A number given as `{ float }` is stored as ONNX FLOAT; plain numbers are INT, plain arrays INTS. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly constant: Constant }

export interface GraphNode {
  readonly name: string
  /** ONNX `op_type`, for example 'Conv'. */
  readonly operator: string
  /** '' for an optional input that is left out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: { readonly [name: string]: Attribute }
  /** '' for the standard operators. */
  readonly domain: string
}

/** A named graph input or output. A dimension is a size, or a name when it is free. */
export interface GraphValue {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
}

export interface Graph {
  readonly name: string
  /** Version of the standard operator set, at most 21. */
  readonly opset: number
  readonly inputs: readonly GraphValue[]
  readonly outputs: readonly GraphValue[]
  readonly constants: ReadonlyMap<string, Constant>
  /** In topological order: a node stands after all nodes whose outputs it takes. */
  readonly nodes: readonly GraphNode[]
}

/** ConvTranspose 22 has no CUDA kernel in onnxruntime 1.29, and nothing here needs a later operator. */
export const MAXIMUM_OPSET = 21

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
