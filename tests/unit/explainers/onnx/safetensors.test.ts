import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { float16ToNumber, readStateDict } from '@/lib/explainers/onnx/safetensors'
import { float32Tensor, writeSafetensors } from './safetensors-file'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-weights-'))
})
afterEach(() => rm(folder, { recursive: true }))

const save = (name: string, content: Uint8Array | string) => writeFile(join(folder, name), content)
const bytesOf = (array: ArrayBufferView<ArrayBuffer>) => new Uint8Array(array.buffer)

test('numbers of every stored type', async () => {
  await save(
    'model.safetensors',
    writeSafetensors(
      {
        odd: { dtype: 'U8', shape: [1], bytes: Uint8Array.of(9) },
        single: float32Tensor([2, 1], [0.1, -2]),
        half: { dtype: 'F16', shape: [3], bytes: bytesOf(Uint16Array.of(0x3c00, 0xc500, 0x0001)) },
        brain: { dtype: 'BF16', shape: [2], bytes: bytesOf(Uint16Array.of(0x3f80, 0xc0a0)) },
        double: { dtype: 'F64', shape: [1], bytes: bytesOf(Float64Array.of(0.5)) },
        steps: { dtype: 'I64', shape: [], bytes: bytesOf(BigInt64Array.of(-7n)) },
      },
      { classes: 'a|b' },
    ),
  )
  const state = await readStateDict(folder)
  expect(state.names).toEqual(['odd', 'single', 'half', 'brain', 'double', 'steps'])
  expect(state.metadata).toEqual({ classes: 'a|b' })
  expect(state.float32('single', [null, 1])).toEqual({ shape: [2, 1], data: Float32Array.of(0.1, -2) })
  expect([...state.float32('half').data]).toEqual([1, -5, 2 ** -24])
  expect([...state.float32('brain').data]).toEqual([1, -5])
  expect([...state.float32('double').data]).toEqual([0.5])
  const half = { type: 'float16', shape: [3], data: Uint16Array.of(0x3c00, 0xc500, 0x0001) }
  expect(state.floats('half', [3])).toEqual(half)
  expect(state.floats('brain', [2])).toEqual({ type: 'float32', shape: [2], data: Float32Array.of(1, -5) })
  expect(state.tensor('steps').data).toEqual(BigInt64Array.of(-7n))
})

test('half precision at its edges', () => {
  const values = [0x0000, 0x03ff, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x3555].map(float16ToNumber)
  expect(values).toEqual([0, 1023 * 2 ** -24, 2 ** -14, 65504, Infinity, -Infinity, 0.333251953125])
  expect(float16ToNumber(0x7e00)).toBeNaN()
})

test('shards, with one hash over all of them', async () => {
  const [first, second] = [
    writeSafetensors({ a: float32Tensor([1], [1]) }),
    writeSafetensors({ b: float32Tensor([1], [2]) }),
  ]
  await save('model-2.safetensors', second)
  await save('model-1.safetensors', first)
  const index = { weight_map: { b: 'model-2.safetensors', a: 'model-1.safetensors' } }
  await save('model.safetensors.index.json', JSON.stringify(index))
  const state = await readStateDict(folder)
  expect(state.float32('b').data[0]).toBe(2)
  expect(state.sha256).toBe(createHash('sha256').update(first).update(second).digest('hex'))
  await rm(join(folder, 'model-2.safetensors'))
  await expect(readStateDict(folder)).rejects.toMatchObject({
    code: 'model-missing',
    message: expect.stringContaining('model-2.safetensors'),
  })
})

describe('errors', () => {
  const good = writeSafetensors({
    small: float32Tensor([2], [1, 2]),
    'big.weight': float32Tensor([3], [1, 2, 3]),
  })

  test('a folder or file that is not there', async () => {
    await expect(readStateDict(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'model-missing' })
    await expect(readStateDict(folder)).rejects.toMatchObject({ code: 'model-missing' })
  })

  test.each([
    ['cut off in the values', good.subarray(0, -5), /'big.weight' ends at byte 20 .* 15/],
    ['cut off in the header', good.subarray(0, 40), /header has \d+ bytes/],
    ['empty', new Uint8Array(), /0 bytes/],
    ['another kind of file', new Uint8Array(100).fill(7), /header/],
    [
      'a tensor whose bytes do not fit its shape',
      writeSafetensors({ t: float32Tensor([3], [1, 2]) }),
      /'t' 8 bytes/,
    ],
    [
      'a tensor of unknown type',
      writeSafetensors({ t: { dtype: 'F4', shape: [1], bytes: Uint8Array.of(1) } }),
      /'t' without a known dtype/,
    ],
  ])('%s', async (_, content, message) => {
    await save('model.safetensors', content)
    await expect(readStateDict(folder)).rejects.toMatchObject({
      code: 'model-damaged',
      message: expect.stringMatching(message),
    })
  })

  test('a tensor that is missing, of another shape or type, or not finite', async () => {
    const flags = { dtype: 'U8', shape: [1], bytes: Uint8Array.of(1) }
    const half = { dtype: 'F16', shape: [2], bytes: bytesOf(Uint16Array.of(0x3c00, 0xfc00)) }
    await save('model.safetensors', writeSafetensors({ a: float32Tensor([2], [1, Number.NaN]), half, flags }))
    const state = await readStateDict(folder)
    expect(() => state.float32('b')).toThrowError(/'b' is not in the file/)
    expect(() => state.float32('a', [3])).toThrowError(/'a' has the shape \[2\]; expected \[3\]/)
    expect(() => state.float32('a', [2])).toThrowError(/'a' holds NaN at place 1/)
    expect(() => state.floats('half', [3])).toThrowError(/'half' has the shape \[2\]; expected \[3\]/)
    expect(() => state.floats('half', [2])).toThrowError(/'half' holds -Infinity at place 1/)
    expect(() => state.float32('flags')).toThrowError(/'flags' is of type U8/)
  })
})
