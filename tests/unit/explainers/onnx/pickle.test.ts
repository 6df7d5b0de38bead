import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ExplainerError } from '@/lib/explainers/errors'
import { readPickle } from '@/lib/explainers/onnx/pickle'
import type { PickledTensor } from '@/lib/explainers/onnx/torch-pickle'
import { pickleCheckpoint, pickled, pickleTensor } from '../../models/torch-file'

const { proto, stop, mark, text, global, emptyTuple, tuple, reduce, build, emptyDict } = pickled
const program = (...parts: readonly Buffer[]) => Buffer.concat([proto, ...parts, stop])
const refusal = (bytes: Uint8Array): ExplainerError => {
  try {
    readPickle(bytes, 'weights')
  } catch (error) {
    if (error instanceof ExplainerError) return error
    throw error
  }
  throw new Error('it was read')
}

const weight = { shape: [2, 3], values: new Float32Array(6) }

describe('a pickle of torch.save', () => {
  it('gives tensors by name, with where their numbers are', () => {
    const saved = readPickle(pickleCheckpoint(new Map([['cnn.0.weight', weight]])), 'weights')
    const weights = (saved as Map<string, unknown>).get('model_state_dict') as Map<string, PickledTensor>
    expect(weights.get('cnn.0.weight')).toEqual({
      kind: 'tensor',
      storage: '0',
      type: 'F32',
      length: 6,
      offset: 0,
      shape: [2, 3],
      strides: [3, 1],
    })
    expect((saved as Map<string, unknown>).get('epoch')).toBe(3)
    expect((saved as Map<string, unknown>).get('best')).toBe(0.5)
  })

  it('knows nested plain values', () => {
    const list = Buffer.concat([pickled.emptyList, mark, text('a'), pickled.integer(-7), Buffer.from('Ne')])
    expect(readPickle(program(list), 'weights')).toEqual(['a', -7, null])
    expect(readPickle(program(Buffer.from([0x8a, 2, 0xff, 0xff])), 'weights')).toBe(-1)
  })
})

describe('a pickle with code', () => {
  const command = Buffer.concat([mark, text('touch /tmp/owned'), tuple])
  const stackGlobal = (module: string, name: string) =>
    Buffer.concat([text(module), text(name), Buffer.from([0x93])])
  it.each([
    ['os.system by GLOBAL', [global('os', 'system'), command, reduce], 'os.system'],
    ['posix.system by STACK_GLOBAL', [stackGlobal('posix', 'system'), command, reduce], 'posix.system'],
    ['builtins.eval', [global('builtins', 'eval'), command, reduce], 'builtins.eval'],
    ['a member of an allowed module', [global('torch', 'load'), command, reduce], 'torch.load'],
    ['a name of every object', [global('torch', 'constructor'), command, reduce], 'torch.constructor'],
    ['INST', [mark, Buffer.from('ios\nsystem\n')], 'opcode 0x69'],
    ['OBJ', [mark, Buffer.from('o')], 'opcode 0x6f'],
    ['NEWOBJ', [Buffer.from([0x81])], 'opcode 0x81'],
    ['an extension', [Buffer.from([0x82, 1])], 'opcode 0x82'],
    ['a text id', [Buffer.from('Pos\n')], 'opcode 0x50'],
  ])('is refused by name: %s', (_, parts, named) => {
    const error = refusal(program(...parts))
    expect(error.code).toBe('model-unsupported')
    expect(error.message).toContain(named)
  })

  it('is refused where it gives an object a state', () => {
    const state = Buffer.concat([emptyDict, mark, text('__class__'), text('x'), pickled.setItems])
    expect(refusal(program(global('torch', 'FloatStorage'), state, build)).message).toContain('state')
  })

  it('calls nothing but what makes tensors and dictionaries', () => {
    expect(refusal(program(text('os.system'), emptyTuple, reduce)).code).toBe('model-damaged')
    expect(refusal(program(global('torch', 'FloatStorage'), emptyTuple, reduce)).code).toBe(
      'model-unsupported',
    )
  })
})

describe('a pickle that is meant to be too much', () => {
  it('may nest as deep as it likes', () => {
    const depth = 200_000
    const nested = [Buffer.alloc(depth, ']'), Buffer.alloc(depth - 1, 'a')]
    expect(Array.isArray(readPickle(program(...nested), 'weights'))).toBe(true)
  })

  it('is broken off after many steps', () => {
    const steps = Buffer.alloc(2_100_000, 'N')
    expect(refusal(program(steps)).message).toContain('steps')
  })

  it('does not grow by its memo: what refers twice to the same is the same', () => {
    const doubling = Array.from({ length: 60 }, (_, place) =>
      Buffer.concat([mark, pickled.get(place), pickled.get(place), tuple, pickled.put(place + 1)]),
    )
    const bomb = readPickle(program(text('x'), pickled.put(0), ...doubling), 'weights') as unknown[]
    expect(bomb[0]).toBe(bomb[1])
  })

  it('may not claim texts and numbers that are not there', () => {
    expect(refusal(Buffer.from([0x80, 2, 0x58, 0xff, 0xff, 0xff, 0x7f])).code).toMatch(/^model-/)
    expect(refusal(program(pickled.get(0xffffffff))).code).toBe('model-damaged')
    expect(refusal(Buffer.from([0x80, 2, 0x8a, 0xff])).code).toBe('model-unsupported')
  })

  it('may not name storages by paths, nor give negative sizes', () => {
    expect(refusal(program(pickleTensor('../../etc/passwd', weight))).code).toBe('model-damaged')
    expect(refusal(program(pickleTensor('0', { ...weight, shape: [-1, 3], strides: [3, 1] }))).code).toBe(
      'model-damaged',
    )
  })
})

describe('bytes of any kind', () => {
  it('are read or refused, and nothing else happens', () => {
    const reads = (bytes: Uint8Array) => {
      try {
        readPickle(bytes, 'weights')
      } catch (error) {
        expect(error).toBeInstanceOf(ExplainerError)
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), reads))
    const whole = pickleCheckpoint(new Map([['cnn.0.weight', weight]]))
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (place, byte) => {
        const changed = Buffer.from(whole)
        changed[place] = byte
        reads(changed)
        expect(refusal(whole.subarray(0, place)).code).toBe('model-damaged')
      }),
    )
  })
})
