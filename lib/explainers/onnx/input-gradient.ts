import { ExplainerError } from '../errors'
import { findRule, operatorWithoutGradient } from './gradient-rules/registry'
import { GradientStep, type MaxPoolStrategy, NodeReader, type Shape } from './gradient-rules/rule'
import type { Graph } from './graph'
import { GraphBuilder } from './graph-builder'

export interface InputGradientOptions {
  /** The graph input by which to differentiate; or any value of the graph, with its shape. */
  readonly input: string | { readonly name: string; readonly shape: Shape }
  /** The value whose product with the cotangent is differentiated; need not be a graph output. */
  readonly output: string
  /** Sizes of the free dimensions by name, for example `{ N: 8 }`: the gradient graph has fixed shapes. */
  readonly sizes?: Readonly<Record<string, number>>
  /** For windows that cover a picture once; others always go by indices. Default `indices`. */
  readonly maxPool?: MaxPoolStrategy
  /**
   * Adds the cotangent, of the output's shape, to the graph and returns its name. Left out, the cotangent is a
   * graph input named 'cotangent'.
   */
  readonly cotangent?: (builder: GraphBuilder, outputShape: Shape) => string
}

/**
 * Reverse-mode differentiation as a graph transformation (see Baydin et al., "Automatic Differentiation in Machine
 * Learning: a Survey", 2018): behind the forward graph stands, node for node in reverse order, the vector-Jacobian
 * product of each node between `input` and `output`.
 *
 * @returns a graph with all inputs and outputs of `graph`, and the output 'gradient', of the input's shape: the
 * gradient of Σ output ⊙ cotangent by the input.
 * @throws ExplainerError 'operator-without-gradient' that names the operator and the rules there are;
 * 'model-unsupported' when the input or output does not exist or a shape cannot be known in advance.
 */
export function withInputGradient(graph: Graph, options: InputGradientOptions): Graph {
  const { output, sizes = {}, maxPool = 'indices' } = options
  const input = typeof options.input === 'string' ? options.input : options.input.name
  const fixed = fixSizes(graph, sizes)
  const dependent = dependentValues(fixed, input)
  if (!dependent.has(output)) {
    throw new ExplainerError(
      'model-unsupported',
      graph.name,
      `'${output}' does not depend on the input '${input}'`,
    )
  }
  requireRules(fixed, dependent, output)
  const shapes = inferShapes(fixed, typeof options.input === 'string' ? [] : [options.input])
  const builder = GraphBuilder.from(fixed)
  const outputShape = shapes.get(output)
  if (!outputShape)
    throw new ExplainerError('model-unsupported', graph.name, `the shape of '${output}' is not known`)
  const seed = options.cotangent?.(builder, outputShape) ?? builder.input('cotangent', 'float32', outputShape)
  const cotangents = new Map([[output, seed]])
  for (const node of fixed.nodes.toReversed()) {
    const cotangent = cotangents.get(node.outputs[0] ?? '')
    if (cotangent === undefined || !node.inputs.some((name) => dependent.has(name))) continue
    const rule = findRule(node.operator, node.domain)
    if (!rule) throw operatorWithoutGradient(node.operator, node.domain)
    const step = new GradientStep(
      node,
      fixed.opset,
      shapes,
      fixed.constants,
      builder,
      cotangent,
      dependent,
      maxPool,
    )
    for (const [place, contribution] of rule.gradient(step).entries()) {
      const name = node.inputs[place] ?? ''
      if (contribution === null || !dependent.has(name)) continue
      const known = cotangents.get(name)
      // A value used more than once collects the cotangents of all its uses.
      cotangents.set(name, known === undefined ? contribution : builder.node('Add', [known, contribution]))
    }
  }
  const gradient = builder.node('Identity', [cotangents.get(input)!], { output: 'gradient' })
  builder.output(gradient, 'float32', shapes.get(input)!)
  return builder.build()
}

/** @returns the graph with the named free dimensions of its inputs and outputs replaced by numbers. */
export function fixSizes(graph: Graph, sizes: Readonly<Record<string, number>>): Graph {
  const fix = <V extends Graph['inputs'][number]>(value: V): V => ({
    ...value,
    shape: value.shape.map((size) => (typeof size === 'string' ? (sizes[size] ?? size) : size)),
  })
  return { ...graph, inputs: graph.inputs.map(fix), outputs: graph.outputs.map(fix) }
}

/** @returns the names of all values that are computed from `input`, and itself. */
function dependentValues(graph: Graph, input: string): Set<string> {
  const isInput = graph.inputs.some(({ name }) => name === input)
  if (!isInput && !graph.nodes.some(({ outputs }) => outputs.includes(input))) {
    throw new ExplainerError('model-unsupported', graph.name, `the graph has no input or value '${input}'`)
  }
  const dependent = new Set([input])
  for (const node of graph.nodes) {
    if (node.inputs.some((name) => dependent.has(name))) for (const name of node.outputs) dependent.add(name)
  }
  return dependent
}

/** Before anything else, so that the message names the operator and not a shape that could not be known for lack of it. */
function requireRules(graph: Graph, dependent: ReadonlySet<string>, output: string): void {
  const reaching = new Set([output])
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => reaching.has(name)) || !node.inputs.some((name) => dependent.has(name)))
      continue
    if (!findRule(node.operator, node.domain)) throw operatorWithoutGradient(node.operator, node.domain)
    for (const name of node.inputs) if (dependent.has(name)) reaching.add(name)
  }
}

/**
 * @returns the shapes of inputs, constants and of every value whose operator has a rule and known input shapes.
 * @param known shapes of other values.
 * @param unknown is told why a rule cannot tell a shape, which is left out then; by default it throws.
 */
export function inferShapes(
  graph: Graph,
  known: readonly { readonly name: string; readonly shape: Shape }[] = [],
  unknown: (error: unknown) => undefined = (error) => {
    throw error
  },
): Map<string, Shape> {
  const shapes = new Map<string, Shape>(known.map(({ name, shape }) => [name, shape]))
  for (const [name, constant] of graph.constants) shapes.set(name, constant.shape)
  for (const { name, shape } of graph.inputs) {
    const free = shape.find((size) => typeof size === 'string')
    if (free === undefined) shapes.set(name, shape as Shape)
  }
  for (const node of graph.nodes) {
    const rule = findRule(node.operator, node.domain)
    if (!rule || !node.inputs.every((name) => name === '' || shapes.has(name))) continue
    const shape = shapeOf(
      () => rule.shape(new NodeReader(node, graph.opset, shapes, graph.constants)),
      unknown,
    )
    if (shape) shapes.set(node.outputs[0]!, shape)
  }
  return shapes
}

function shapeOf(infer: () => Shape, unknown: (error: unknown) => undefined): Shape | undefined {
  try {
    return infer()
  } catch (error) {
    return unknown(error)
  }
}
