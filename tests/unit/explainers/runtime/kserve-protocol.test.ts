import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Constant } from '@/lib/explainers/onnx/graph'
import {
  DATATYPES,
  decodeAnswer,
  encodeRequest,
  findDifference,
  MalformedAnswer,
} from '@/lib/explainers/runtime/kserve/protocol'
import { readKserveSettings } from '@/lib/explainers/runtime/kserve/settings'

const floats: fc.Arbitrary<Constant & { type: 'float32' }> = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1)
    return fc
      .float32Array({ minLength: length, maxLength: length, noNaN: true })
      .map((data) => ({ type: 'float32', shape, data }))
  })
const tensors = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), floats, {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
})

/** An answer has the form of a request, but for the name of its list. */
function answerOf(values: Readonly<Record<string, Constant>>) {
  const { body, headerLength } = encodeRequest(values, [])
  const { inputs } = JSON.parse(new TextDecoder().decode(body.subarray(0, headerLength)))
  const header = new TextEncoder().encode(JSON.stringify({ outputs: inputs }))
  const answer = new Uint8Array(header.length + body.length - headerLength)
  answer.set(header)
  answer.set(body.subarray(headerLength), header.length)
  return { answer, length: String(header.length) }
}

const outputsOf = (values: Readonly<Record<string, Constant>>) =>
  Object.entries(values).map(([name, { type, shape }]) => ({ name, type, shape }))

describe('tensors on the wire', () => {
  test('come out as they went in', () => {
    fc.assert(
      fc.property(tensors, (values) => {
        const { answer, length } = answerOf(values)
        const decoded = decodeAnswer(answer, length, outputsOf(values))
        for (const [name, { shape, data }] of Object.entries(values))
          expect(decoded[name]).toEqual({ shape, data })
      }),
    )
  })

  test('are refused when a byte is missing or too many, wherever it is cut', () => {
    fc.assert(
      fc.property(tensors, fc.nat(), (values, cut) => {
        const { answer, length } = answerOf(values)
        const shorter = answer.slice(0, cut % answer.length)
        expect(() => decodeAnswer(shorter, length, outputsOf(values))).toThrow(MalformedAnswer)
        const longer = new Uint8Array(answer.length + 1)
        longer.set(answer)
        expect(() => decodeAnswer(longer, length, outputsOf(values))).toThrow(MalformedAnswer)
      }),
    )
  })
})

describe('what a server says of a model', () => {
  const graph = {
    inputs: [{ name: 'ids', type: 'int64' as const, shape: ['batch', 4] }],
    outputs: [{ name: 'logits', type: 'float32' as const, shape: ['batch', 2] }],
  }
  const model = {
    inputs: [{ name: 'ids', datatype: DATATYPES.int64, shape: [-1, 4] }],
    outputs: [{ name: 'logits', datatype: DATATYPES.float32, shape: [-1, 2] }],
  }

  test('is compared name by name', () => {
    expect(findDifference(graph, model)).toBeUndefined()
    const [input] = model.inputs
    expect(findDifference(graph, { ...model, inputs: [] })).toBe("has no 'ids'")
    expect(findDifference(graph, { ...model, inputs: [{ ...input!, datatype: 'INT32' }] })).toContain(
      'INT32, not INT64',
    )
    expect(findDifference(graph, { ...model, inputs: [{ ...input!, shape: [-1, 5] }] })).toContain(
      '[-1,5], not [-1,4]',
    )
    expect(findDifference(graph, { ...model, inputs: [input!, { ...input!, name: 'mask' }] })).toContain(
      "unknown 'mask'",
    )
  })
})

describe('settings', () => {
  test('are read from the environment; empty ones count as not given', () => {
    expect(readKserveSettings({ VITRINE_KSERVE_URL: '' })).toBeNull()
    expect(
      readKserveSettings({
        VITRINE_KSERVE_URL: 'http://triton:8000/',
        VITRINE_KSERVE_TOKEN: 'abc',
        VITRINE_KSERVE_TIMEOUT: '5',
      }),
    ).toEqual({ url: 'http://triton:8000', token: 'abc', timeoutSeconds: 5 })
  })

  test('that are wrong are named', () => {
    expect(() => readKserveSettings({ VITRINE_KSERVE_URL: 'triton', VITRINE_KSERVE_TIMEOUT: '0' })).toThrow(
      /VITRINE_KSERVE_URL must be.*VITRINE_KSERVE_TIMEOUT must be/,
    )
  })
})
