import { ExplainerError } from '../../errors'
import type { Constant, GraphNode } from '../graph'
import type { GraphBuilder } from '../graph-builder'

export type Shape = readonly number[]

/** One operator: what shape it gives and how a cotangent goes back through it. */
export interface OperatorRule {
  /** @returns the shape of the first output. */
  shape(node: NodeReader): Shape
  /**
   * Adds the vector-Jacobian product to `step.builder`.
   * @returns the cotangent of each input, in order; null for an input that none was asked for (see `step.wants`).
   */
  gradient(step: GradientStep): (string | null)[]
}

/**
 * `indices`: by MaxPool's second output; about three times as fast, where the provider has MaxUnpool (only the CPU in
 * onnxruntime 1.29). `planes`: by comparisons, with operators that every provider has.
 */
export type MaxPoolStrategy = 'indices' | 'planes'

/** Reads what a rule needs to know of a node. Every shape is made of numbers. */
export class NodeReader {
  constructor(
    readonly node: GraphNode,
    readonly opset: number,
    private readonly shapes: ReadonlyMap<string, Shape>,
    private readonly constants: ReadonlyMap<string, Constant>,
  ) {}

  has(input: number): boolean {
    return (this.node.inputs[input] ?? '') !== ''
  }

  input(index: number): string {
    const name = this.node.inputs[index]
    if (!name) throw this.unsupported(`lacks its input ${index}`)
    return name
  }

  get output(): string {
    return this.node.outputs[0]!
  }

  inputShape(index: number): Shape {
    return this.#shapeOf(this.input(index))
  }

  get outputShape(): Shape {
    return this.#shapeOf(this.output)
  }

  /** The input's value when it is the same in every run, else undefined. */
  constant(index: number): Constant | undefined {
    return this.constants.get(this.node.inputs[index] ?? '')
  }

  /** @throws ExplainerError 'model-unsupported' when the input is not a constant list of whole numbers. */
  constantIntegers(index: number): number[] {
    const constant = this.constant(index)
    if (constant?.type !== 'int64')
      throw this.unsupported(`takes input ${index} from a computation; a constant is needed`)
    return Array.from(constant.data, Number)
  }

  integer(name: string, fallback: number): number {
    const value = this.node.attributes[name]
    return typeof value === 'number' ? value : fallback
  }

  integers(name: string, fallback: readonly number[]): readonly number[] {
    const value = this.node.attributes[name]
    return Array.isArray(value) ? value : fallback
  }

  float(name: string, fallback: number): number {
    const value = this.node.attributes[name]
    return typeof value === 'object' && 'float' in value ? value.float : fallback
  }

  text(name: string, fallback: string): string {
    const value = this.node.attributes[name]
    return typeof value === 'string' ? value : fallback
  }

  unsupported(what: string): ExplainerError {
    return new ExplainerError(
      'model-unsupported',
      this.node.operator,
      `${this.node.operator} '${this.node.name}' ${what}`,
    )
  }

  #shapeOf(name: string): Shape {
    const shape = this.shapes.get(name)
    if (!shape)
      throw this.unsupported(`needs the shape of '${name}', which is not known before the graph runs`)
    return shape
  }
}

/** A node together with the cotangent of its output and the graph to which its gradient is added. */
export class GradientStep extends NodeReader {
  constructor(
    node: GraphNode,
    opset: number,
    shapes: ReadonlyMap<string, Shape>,
    constants: ReadonlyMap<string, Constant>,
    readonly builder: GraphBuilder,
    /** Name of the cotangent of the first output; of that output's shape. */
    readonly cotangent: string,
    /** Values that depend on the input whose gradient is wanted. */
    private readonly dependent: ReadonlySet<string>,
    /** How to send a gradient back through MaxPool where both ways are possible. */
    readonly maxPool: MaxPoolStrategy,
  ) {
    super(node, opset, shapes, constants)
  }

  /** Whether the gradient by this input is asked for. */
  wants(index: number): boolean {
    return this.dependent.has(this.node.inputs[index] ?? '')
  }

  /** Adds a node. @returns its output's name. */
  add(...parameters: Parameters<GraphBuilder['node']>): string {
    return this.builder.node(...parameters)
  }

  /** Reshapes `value`, which has the shape `from`, unless it has the shape `to` already. */
  reshape(value: string, from: Shape, to: Shape): string {
    if (sameShape(from, to)) return value
    return this.add('Reshape', [value, this.builder.int64(to)])
  }

  /** Undoes broadcasting: sums `value` of the shape `from` over the axes along which `to` was repeated. */
  sumTo(value: string, from: Shape, to: Shape): string {
    if (sameShape(from, to)) return value
    const missing = from.length - to.length
    const axes = from
      .map((_, axis) => axis)
      .filter((axis) => axis < missing || (to[axis - missing] === 1 && from[axis] !== 1))
    const summed = axes.length
      ? this.add('ReduceSum', [value, this.builder.int64(axes)], { attributes: { keepdims: 1 } })
      : value
    return this.reshape(
      summed,
      from.map((size, axis) => (axes.includes(axis) ? 1 : size)),
      to,
    )
  }
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis])
}

/** @returns the shape of an element-wise operation on both, as NumPy broadcasts. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1)
      throw new RangeError(`shapes [${a}] and [${b}] do not broadcast`)
    return left === 1 ? right : left
  })
}

/** @returns the axis counted from the front. */
export function normalAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}
