import {
  type Attribute,
  type Constant,
  type ElementType,
  elementCount,
  type Graph,
  type GraphNode,
  type GraphValue,
  MAXIMUM_OPSET,
} from './graph'

export interface NodeOptions {
  readonly attributes?: { readonly [name: string]: Attribute }
  /** Name of the first output; made up from the operator when left out. */
  readonly output?: string
  readonly domain?: string
}

/**
 * Builds an ONNX graph one node at a time. Every method that adds something returns the value's name, so that calls
 * nest: `builder.node('Relu', [builder.node('Conv', [x, weight, bias])])`.
 */
export class GraphBuilder {
  readonly #name: string
  readonly #opset: number
  readonly #inputs: GraphValue[] = []
  readonly #outputs: GraphValue[] = []
  readonly #constants = new Map<string, Constant>()
  readonly #shared = new Map<string, string>()
  readonly #nodes: GraphNode[] = []
  readonly #names = new Set<string>()

  constructor(name: string, opset = MAXIMUM_OPSET) {
    if (opset > MAXIMUM_OPSET) throw new RangeError(`opset ${opset}: at most ${MAXIMUM_OPSET} is supported`)
    this.#name = name
    this.#opset = opset
  }

  /** @returns a builder that holds everything of `graph`, to which more can be added. */
  static from(graph: Graph): GraphBuilder {
    const builder = new GraphBuilder(graph.name, graph.opset)
    builder.#inputs.push(...graph.inputs)
    builder.#outputs.push(...graph.outputs)
    builder.#nodes.push(...graph.nodes)
    for (const input of graph.inputs) builder.#names.add(input.name)
    for (const [name, constant] of graph.constants) {
      builder.#constants.set(name, constant)
      builder.#names.add(name)
    }
    for (const node of graph.nodes) for (const output of node.outputs) builder.#names.add(output)
    return builder
  }

  /** Declares a graph input. A dimension given by name is free. */
  input(name: string, type: ElementType, shape: readonly (number | string)[]): string {
    this.#inputs.push({ name: this.#claim(name), type, shape })
    return name
  }

  /** Marks a value as a graph output. ONNX wants its type and shape; free dimensions are names. */
  output(name: string, type: ElementType, shape: readonly (number | string)[]): string {
    if (!this.#names.has(name))
      throw new RangeError(`output '${name}': no such value in graph '${this.#name}'`)
    this.#outputs.push({ name, type, shape })
    return name
  }

  /** Adds a constant (an initializer) under `name`, or under a made-up name. */
  constant(constant: Constant, name?: string): string {
    if (constant.data.length !== elementCount(constant.shape)) {
      throw new RangeError(
        `constant '${name ?? ''}': ${constant.data.length} values cannot have the shape [${constant.shape}]`,
      )
    }
    const claimed = this.#claim(name ?? this.#freeName('constant'))
    this.#constants.set(claimed, constant)
    return claimed
  }

  float32(data: Float32Array | readonly number[], shape: readonly number[], name?: string): string {
    return this.constant(
      { type: 'float32', shape, data: data instanceof Float32Array ? data : Float32Array.from(data) },
      name,
    )
  }

  /** A float32 scalar; equal scalars share one constant. */
  scalar(value: number): string {
    return this.#share(`scalar ${Object.is(value, -0) ? '-0' : value}`, () => this.float32([value], []))
  }

  /** An int64 vector, as shapes, axes, pads and index lists are given; equal vectors share one constant. */
  int64(values: readonly number[]): string {
    return this.#share(`int64 ${values.join()}`, () =>
      this.constant({ type: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) }),
    )
  }

  /** Adds a node with one output. @returns the output's name. */
  node(operator: string, inputs: readonly string[], options: NodeOptions = {}): string {
    return this.#add(operator, inputs, [options.output ?? this.#freeName(operator)], options)[0]!
  }

  /** Adds a node with `count` outputs. @returns their names. */
  nodes(
    operator: string,
    inputs: readonly string[],
    count: number,
    options: Omit<NodeOptions, 'output'> = {},
  ): string[] {
    const outputs = Array.from({ length: count }, () => this.#freeName(operator))
    return this.#add(operator, inputs, outputs, options)
  }

  /**
   * Adds the constants and nodes of another graph of the same operator set.
   * @param rename gives each of its values the name that it has here; its inputs are values of this graph already
   */
  include({ constants, nodes }: Pick<Graph, 'constants' | 'nodes'>, rename: (name: string) => string): void {
    const renamed = (names: readonly string[]) => names.map((name) => name && rename(name))
    for (const [name, constant] of constants) this.constant(constant, rename(name))
    for (const { operator, inputs, outputs, attributes, domain } of nodes)
      this.#add(operator, renamed(inputs), renamed(outputs), { attributes, domain })
  }

  /** Asks the node whose last output is `value` for one more. @returns the further output's name. */
  furtherOutput(value: string): string {
    const place = this.#nodes.findIndex((node) => node.outputs.at(-1) === value)
    const node = this.#nodes[place]
    if (!node) throw new RangeError(`'${value}' is not the last output of a node in graph '${this.#name}'`)
    const further = this.#claim(this.#freeName(node.operator))
    this.#nodes[place] = { ...node, outputs: [...node.outputs, further] }
    return further
  }

  /** @throws RangeError when there is no output. */
  build(): Graph {
    if (this.#outputs.length === 0) throw new RangeError(`graph '${this.#name}' has no output`)
    return {
      name: this.#name,
      opset: this.#opset,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      constants: new Map(this.#constants),
      nodes: [...this.#nodes],
    }
  }

  #add(operator: string, inputs: readonly string[], outputs: string[], options: NodeOptions): string[] {
    for (const input of inputs) {
      if (input !== '' && !this.#names.has(input)) {
        throw new RangeError(`${operator}: its input '${input}' is not a value of graph '${this.#name}' yet`)
      }
    }
    for (const output of outputs) if (output !== '') this.#claim(output)
    this.#nodes.push({
      name: `${operator}:${outputs[0]}`,
      operator,
      inputs: [...inputs],
      outputs,
      attributes: options.attributes ?? {},
      domain: options.domain ?? '',
    })
    return outputs
  }

  #share(key: string, make: () => string): string {
    const known = this.#shared.get(key)
    if (known !== undefined) return known
    const made = make()
    this.#shared.set(key, made)
    return made
  }

  #claim(name: string): string {
    if (name === '' || this.#names.has(name)) {
      throw new RangeError(`value name '${name}' is empty or used twice in graph '${this.#name}'`)
    }
    this.#names.add(name)
    return name
  }

  #nextNumber = 0

  #freeName(stem: string): string {
    let name: string
    do name = `${stem}_${this.#nextNumber++}`
    while (this.#names.has(name))
    return name
  }
}
