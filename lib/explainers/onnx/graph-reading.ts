import { ExplainerError } from '../errors'
import { decodeModel } from './graph-encoding'

/** What a graph from outside may hold, so that reading it takes little more memory than its file. */
export const GRAPH_LIMITS = {
  nodes: 5_000,
  tensors: 5_000,
  /** Of every message on the way to nodes, attributes and tensors. */
  fields: 500_000,
  /** Bytes of numbers that are not raw data: each takes several times its room in memory. */
  listed: 64 * 1024 * 1024,
} as const

/** Message types of onnx.proto by the numbers of the fields in which they hold each other. */
type Message = 'model' | 'graph' | 'node' | 'attribute' | 'tensor'
const PARTS: Readonly<Record<Message, Readonly<Record<number, Message>>>> = {
  model: { 7: 'graph' },
  graph: { 1: 'node', 5: 'tensor' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph' },
  tensor: {},
}
/** Subgraphs of subgraphs are read no deeper; graphs here have none at all, which is found out later. */
const DEEPEST = 12
/** Fields of a tensor that hold numbers one by one: float_data, int32_data, int64_data, double_data, uint64_data. */
const LISTED = [4, 5, 7, 10, 11]

/**
 * Reads an ONNX model that somebody else made: its extent first, without making anything of it, then the graph.
 * @throws ExplainerError 'model-damaged', 'model-unsupported' that names the limit, or as `decodeModel`
 */
export function readGraph(bytes: Uint8Array, name: string): ReturnType<typeof decodeModel> {
  checkExtent(bytes, name)
  const { graph, metadata } = decodeModel(bytes, name)
  for (const [tensor, { type, data }] of graph.constants) {
    // Single numbers may be infinite: they are bounds of a Clip.
    if ((type !== 'float32' && type !== 'float64') || data.length === 1) continue
    const place = (data as Float32Array).findIndex((value) => !Number.isFinite(value))
    if (place >= 0)
      throw new ExplainerError(
        'model-damaged',
        name,
        `${name}: tensor '${tensor}' holds ${data[place]} at place ${place}; expected finite numbers`,
      )
  }
  return { graph: { ...graph, name }, metadata }
}

function checkExtent(bytes: Uint8Array, name: string): void {
  const damaged = () => new ExplainerError('model-damaged', name, `${name} is not a readable ONNX model`)
  const counts = { nodes: 0, tensors: 0, fields: 0, listed: 0 }
  const count = (what: keyof typeof counts, more: number) => {
    counts[what] += more
    if (counts[what] <= GRAPH_LIMITS[what]) return
    const message = `${name} has more than ${GRAPH_LIMITS[what]} ${what === 'listed' ? 'bytes of listed numbers' : what}`
    throw new ExplainerError('model-unsupported', name, message)
  }
  /** @returns the value and where it ends. */
  const varint = (at: number, end: number): [number, number] => {
    let value = 0
    for (let place = 0; place < 10 && at + place < end; place++) {
      const byte = bytes[at + place]!
      value += (byte & 0x7f) * 2 ** (7 * place)
      if (byte < 0x80) return [value, at + place + 1]
    }
    throw damaged()
  }
  const walk = (message: Message, from: number, end: number, depth: number): void => {
    if (depth > DEEPEST) throw damaged()
    for (let at = from; at < end; ) {
      count('fields', 1)
      const [key, afterKey] = varint(at, end)
      const field = Math.floor(key / 8)
      const wire = key % 8
      if (wire === 0) at = varint(afterKey, end)[1]
      else if (wire === 1) at = afterKey + 8
      else if (wire === 5) at = afterKey + 4
      else if (wire === 2) {
        const [length, start] = varint(afterKey, end)
        at = start + length
        if (at > end) throw damaged()
        const part = PARTS[message][field]
        if (part === 'node') count('nodes', 1)
        if (part === 'tensor') count('tensors', 1)
        if (part) walk(part, start, at, depth + 1)
        else if (message === 'tensor' && LISTED.includes(field)) count('listed', length)
      } else throw damaged()
      if (at > end) throw damaged()
    }
  }
  walk('model', 0, bytes.byteLength, 0)
}
