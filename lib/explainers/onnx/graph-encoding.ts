import onnxProto from 'onnx-proto'
import { ExplainerError } from '../errors'
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

const { onnx } = onnxProto
type Proto = typeof onnx
type TensorProto = InstanceType<Proto['TensorProto']>
type NodeProto = InstanceType<Proto['NodeProto']>
type AttributeProto = InstanceType<Proto['AttributeProto']>
type ValueInfoProto = InstanceType<Proto['ValueInfoProto']>
type Long = { toNumber(): number } | number

/** ONNX intermediate representation 10 goes with operator set 21. */
const IR_VERSION = 10

const DataType = onnx.TensorProto.DataType
const DATA_TYPES: Record<ElementType, number> = {
  float16: DataType.FLOAT16,
  float32: DataType.FLOAT,
  float64: DataType.DOUBLE,
  int32: DataType.INT32,
  int64: DataType.INT64,
  bool: DataType.BOOL,
}
const ELEMENT_TYPES = new Map(Object.entries(DATA_TYPES).map(([type, code]) => [code, type as ElementType]))

/** @returns the bytes of an ONNX model, as `InferenceSession.create` takes them. */
export function encodeGraph(graph: Graph): Uint8Array {
  return onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    producerName: 'vitrine',
    opsetImport: [{ domain: '', version: graph.opset }],
    graph: {
      name: graph.name,
      input: graph.inputs.map(encodeValue),
      output: graph.outputs.map(encodeValue),
      initializer: [...graph.constants].map(([name, constant]) => encodeConstant(constant, name)),
      node: graph.nodes.map((node) => ({
        name: node.name,
        opType: node.operator,
        domain: node.domain,
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: Object.entries(node.attributes).map(([name, value]) => encodeAttribute(name, value)),
      })),
    },
  }).finish()
}

function encodeValue(value: GraphValue) {
  const dim = value.shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }))
  return { name: value.name, type: { tensorType: { elemType: DATA_TYPES[value.type], shape: { dim } } } }
}

function encodeConstant({ type, shape, data }: Constant, name: string) {
  // ONNX raw data is little-endian, as is every machine that onnxruntime runs on.
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { name, dataType: DATA_TYPES[type], dims: [...shape], rawData }
}

function encodeAttribute(name: string, value: Attribute) {
  const { AttributeType } = onnx.AttributeProto
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value }
  if (typeof value === 'string')
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) }
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float }
  if ('floats' in value) return { name, type: AttributeType.FLOATS, floats: [...value.floats] }
  if ('constant' in value) return { name, type: AttributeType.TENSOR, t: encodeConstant(value.constant, '') }
  return { name, type: AttributeType.INTS, ints: [...value] }
}

/**
 * Reads an ONNX model into a graph.
 * @throws ExplainerError 'model-damaged' when the bytes are no ONNX model, 'model-unsupported' when it uses
 * something that graphs here cannot express (it is named).
 */
export function decodeGraph(bytes: Uint8Array, name = 'ONNX model'): Graph {
  return decodeModel(bytes, name).graph
}

/** As `decodeGraph`, with the notes that the model's maker left in it, by key. */
export function decodeModel(
  bytes: Uint8Array,
  name: string,
): { readonly graph: Graph; readonly metadata: ReadonlyMap<string, string> } {
  let model: InstanceType<Proto['ModelProto']>
  try {
    model = onnx.ModelProto.decode(bytes)
  } catch (cause) {
    throw new ExplainerError('model-damaged', name, `${name} is not a readable ONNX model`, { cause })
  }
  if (!model.graph)
    throw new ExplainerError('model-damaged', name, `${name} is an ONNX model without a graph`)
  const opset = toNumber(model.opsetImport.find((entry) => !entry.domain)?.version ?? 0)
  if (opset < 13 || opset > MAXIMUM_OPSET) {
    throw unsupported(name, `uses operator set ${opset}; sets 13 to ${MAXIMUM_OPSET} can be read`)
  }
  const proto = onnx.GraphProto.create(model.graph)
  const constants = new Map<string, Constant>()
  for (const tensor of (proto.initializer ?? []) as TensorProto[]) {
    constants.set(tensor.name, decodeConstant(tensor, name))
  }
  const nodes: GraphNode[] = []
  for (const node of (proto.node ?? []) as NodeProto[]) {
    const decoded = decodeNode(node, name)
    const constant = decoded.operator === 'Constant' ? decoded.attributes.value : undefined
    if (typeof constant === 'object' && 'constant' in constant)
      constants.set(decoded.outputs[0]!, constant.constant)
    else nodes.push(decoded)
  }
  const inputs = ((proto.input ?? []) as ValueInfoProto[]).filter((input) => !constants.has(input.name))
  const metadata = new Map(model.metadataProps.map(({ key, value }) => [key ?? '', value ?? '']))
  const graph = {
    name: proto.name || name,
    opset,
    inputs: inputs.map((input) => decodeValue(input, name)),
    outputs: ((proto.output ?? []) as ValueInfoProto[]).map((output) => decodeValue(output, name)),
    constants,
    nodes,
  }
  return { graph, metadata }
}

function decodeNode(node: NodeProto, model: string): GraphNode {
  const attributes: Record<string, Attribute> = {}
  for (const attribute of node.attribute as AttributeProto[]) {
    attributes[attribute.name] = decodeAttribute(attribute, `${node.opType} '${node.name}'`, model)
  }
  return {
    name: node.name || `${node.opType}:${node.output[0]}`,
    operator: node.opType,
    inputs: [...node.input],
    outputs: [...node.output],
    attributes,
    domain: node.domain === 'ai.onnx' ? '' : node.domain,
  }
}

function decodeAttribute(attribute: AttributeProto, owner: string, model: string): Attribute {
  const { AttributeType } = onnx.AttributeProto
  switch (attribute.type) {
    case AttributeType.INT:
      return toNumber(attribute.i)
    case AttributeType.INTS:
      return attribute.ints.map(toNumber)
    case AttributeType.FLOAT:
      return { float: attribute.f }
    case AttributeType.FLOATS:
      return { floats: [...attribute.floats] }
    case AttributeType.STRING:
      return new TextDecoder().decode(attribute.s)
    case AttributeType.TENSOR:
      return { constant: decodeConstant(attribute.t as TensorProto, model) }
    default:
      throw unsupported(
        model,
        `gives ${owner} an attribute '${attribute.name}' of a kind that cannot be read`,
      )
  }
}

function decodeValue(value: ValueInfoProto, model: string): GraphValue {
  const tensor = value.type?.tensorType
  const type = ELEMENT_TYPES.get(tensor?.elemType ?? 0)
  if (!tensor || !type)
    throw unsupported(model, `has a value '${value.name}' that is not a tensor of a known type`)
  const shape = (tensor.shape?.dim ?? []).map((dimension, axis) =>
    dimension.dimParam
      ? dimension.dimParam
      : dimension.dimValue
        ? toNumber(dimension.dimValue)
        : `axis${axis}`,
  )
  return { name: value.name, type, shape }
}

function decodeConstant(tensor: TensorProto, model: string): Constant {
  const shape = (tensor.dims ?? []).map(toNumber)
  const count = elementCount(shape)
  const type = ELEMENT_TYPES.get(tensor.dataType)
  if (!type) throw unsupported(model, `holds '${tensor.name}' in element type ${tensor.dataType}`)
  if (tensor.externalData?.length) throw unsupported(model, `keeps '${tensor.name}' in an external file`)
  const raw = tensor.rawData?.length ? tensor.rawData : undefined
  // A copy, because typed arrays need their offset to be a multiple of the element's size (and a Buffer's own
  // `slice` does not copy).
  const buffer = raw ? new Uint8Array(raw).buffer : undefined
  const constant = ((): Constant => {
    switch (type) {
      case 'float16':
        return { type, shape, data: buffer ? new Uint16Array(buffer) : Uint16Array.from(tensor.int32Data) }
      case 'float32':
        return { type, shape, data: buffer ? new Float32Array(buffer) : Float32Array.from(tensor.floatData) }
      case 'float64':
        return { type, shape, data: buffer ? new Float64Array(buffer) : Float64Array.from(tensor.doubleData) }
      case 'int32':
        return { type, shape, data: buffer ? new Int32Array(buffer) : Int32Array.from(tensor.int32Data) }
      case 'bool':
        return { type, shape, data: buffer ? new Uint8Array(buffer) : Uint8Array.from(tensor.int32Data) }
      case 'int64':
        return {
          type,
          shape,
          data: buffer
            ? new BigInt64Array(buffer)
            : BigInt64Array.from(tensor.int64Data.map((value) => BigInt(value.toString()))),
        }
    }
  })()
  if (constant.data.length !== count) {
    throw new ExplainerError(
      'model-damaged',
      model,
      `${model}: '${tensor.name}' holds ${constant.data.length} values, its shape [${shape}] wants ${count}`,
    )
  }
  return constant
}

function toNumber(value: Long): number {
  return typeof value === 'number' ? value : value.toNumber()
}

function unsupported(model: string, what: string): ExplainerError {
  return new ExplainerError('model-unsupported', model, `${model} ${what}`)
}
