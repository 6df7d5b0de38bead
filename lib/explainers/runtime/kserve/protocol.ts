import { z } from 'zod'
import type { FloatTensor } from '../../evidence'
import { type Constant, type ElementType, elementCount, type GraphValue } from '../../onnx/graph'

/**
 * The messages of the KServe inference protocol, version 2, with Triton's binary tensor extension: a JSON header whose
 * length an HTTP header tells, then the bytes of the tensors in its order, little-endian.
 * https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
 */

export const HEADER_LENGTH = 'inference-header-content-length'

/** Name of the binary tensor extension in a server's list. */
export const BINARY_EXTENSION = 'binary_tensor_data'

export const DATATYPES: Readonly<Record<ElementType, string>> = {
  float16: 'FP16',
  float32: 'FP32',
  float64: 'FP64',
  int32: 'INT32',
  int64: 'INT64',
  bool: 'BOOL',
}

export const serverSchema = z.object({
  name: z.string(),
  version: z.string(),
  extensions: z.array(z.string()).default([]),
})
export type KserveServer = z.infer<typeof serverSchema>

/** −1 is a free size. */
const tensorSchema = z.object({
  name: z.string(),
  datatype: z.string(),
  shape: z.array(z.coerce.number().int()),
})
export const modelSchema = z.object({ inputs: z.array(tensorSchema), outputs: z.array(tensorSchema) })
export type KserveModel = z.infer<typeof modelSchema>

export const errorSchema = z.object({ error: z.string() })

const answerSchema = z.object({
  outputs: z.array(
    z.object({
      name: z.string(),
      datatype: z.string(),
      shape: z.array(z.int().nonnegative()),
      parameters: z.object({ binary_data_size: z.int().nonnegative() }),
    }),
  ),
})

/** What a server says is not what the protocol, or the graph, says it should be. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer'
}

/** @returns the body of an inference request, and the length of its JSON header. */
export function encodeRequest(
  inputs: Readonly<Record<string, Constant>>,
  outputs: readonly string[],
): { readonly body: Uint8Array<ArrayBuffer>; readonly headerLength: number } {
  const tensors = Object.entries(inputs)
  const header = new TextEncoder().encode(
    JSON.stringify({
      inputs: tensors.map(([name, { type, shape, data }]) => ({
        name,
        datatype: DATATYPES[type],
        shape,
        parameters: { binary_data_size: data.byteLength },
      })),
      outputs: outputs.map((name) => ({ name, parameters: { binary_data: true } })),
    }),
  )
  const size = tensors.reduce((sum, [, { data }]) => sum + data.byteLength, header.byteLength)
  const body = new Uint8Array(size)
  body.set(header)
  let offset = header.byteLength
  for (const [, { data }] of tensors) {
    body.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset)
    offset += data.byteLength
  }
  return { body, headerLength: header.byteLength }
}

/**
 * @param headerLength as the HTTP header tells it
 * @param wanted outputs of the graph, float32
 * @throws MalformedAnswer that says what is wrong
 */
export function decodeAnswer(
  body: Uint8Array<ArrayBuffer>,
  headerLength: string | null,
  wanted: readonly GraphValue[],
): Readonly<Record<string, FloatTensor>> {
  const length = Number(headerLength ?? Number.NaN)
  if (!Number.isInteger(length) || length < 2 || length > body.byteLength)
    throw new MalformedAnswer(
      `${HEADER_LENGTH} is ${headerLength ?? 'missing'}, the answer has ${body.byteLength} bytes`,
    )
  const described = parseHeader(body.subarray(0, length))
  const results: Record<string, FloatTensor> = {}
  let offset = length
  for (const { name, datatype, shape, parameters } of described) {
    const size = parameters.binary_data_size
    if (offset + size > body.byteLength)
      throw new MalformedAnswer(`'${name}' should have ${size} bytes, ${body.byteLength - offset} are left`)
    const expected = wanted.find((output) => output.name === name)
    if (expected) {
      checkTensor({ name, datatype, shape, size }, expected)
      // A copy: a Float32Array must begin at a multiple of four.
      results[name] = { data: new Float32Array(body.slice(offset, offset + size).buffer), shape }
    }
    offset += size
  }
  const missing = wanted.filter(({ name }) => !results[name]).map(({ name }) => name)
  if (missing.length > 0) throw new MalformedAnswer(`${missing.join(', ')} is not among the outputs`)
  if (offset !== body.byteLength)
    throw new MalformedAnswer(`${body.byteLength - offset} bytes follow the last output`)
  return results
}

function parseHeader(bytes: Uint8Array): z.infer<typeof answerSchema>['outputs'] {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new MalformedAnswer('the header is not JSON')
  }
  const parsed = answerSchema.safeParse(header)
  if (parsed.success) return parsed.data.outputs
  const { path, message } = parsed.error.issues[0]!
  throw new MalformedAnswer(`the header's ${path.join('.')}: ${message}`)
}

function checkTensor(
  given: {
    readonly name: string
    readonly datatype: string
    readonly shape: readonly number[]
    readonly size: number
  },
  expected: GraphValue,
): void {
  const { name, datatype, shape, size } = given
  if (datatype !== DATATYPES.float32) throw new MalformedAnswer(`'${name}' is ${datatype}, not FP32`)
  if (!fits(shape, expected.shape))
    throw new MalformedAnswer(`'${name}' has the shape [${shape}]; expected [${expected.shape}]`)
  if (size !== 4 * elementCount(shape))
    throw new MalformedAnswer(
      `'${name}' has ${size} bytes, its shape [${shape}] wants ${4 * elementCount(shape)}`,
    )
}

/** @returns what differs between a graph and what a server says of its model, or undefined. */
export function findDifference(
  { inputs, outputs }: { readonly inputs: readonly GraphValue[]; readonly outputs: readonly GraphValue[] },
  model: KserveModel,
): string | undefined {
  for (const [ours, theirs] of [
    [inputs, model.inputs],
    [outputs, model.outputs],
  ] as const) {
    for (const { name, type, shape } of ours) {
      const found = theirs.find((tensor) => tensor.name === name)
      const wanted = shape.map((size) => (typeof size === 'number' ? size : -1))
      if (!found) return `has no '${name}'`
      if (found.datatype !== DATATYPES[type])
        return `says that '${name}' is ${found.datatype}, not ${DATATYPES[type]}`
      if (found.shape.join() !== wanted.join())
        return `says that '${name}' has the shape [${found.shape}], not [${wanted}]`
    }
    const extra = theirs.find(({ name }) => !ours.some((value) => value.name === name))
    if (extra) return `has an unknown '${extra.name}'`
  }
  return undefined
}

function fits(shape: readonly number[], expected: GraphValue['shape']): boolean {
  return (
    shape.length === expected.length &&
    expected.every((size, axis) => typeof size === 'string' || size === shape[axis])
  )
}
