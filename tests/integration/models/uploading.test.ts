import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { ExplainerError } from '@/lib/explainers/errors'
import { readClassifierWeights } from '@/lib/explainers/onnx/classifier-weights'
import { encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { readStateDict } from '@/lib/explainers/onnx/safetensors'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { findLanguageModelFolder, findModelFolder, removeUnusedCopies } from '@/lib/models/model-folder'
import { writeTinyBert } from '../../unit/explainers/language/tiny-bert'
import { randomTensors } from '../../unit/explainers/onnx/random-classifier'
import { tinyGraph } from '../../unit/explainers/onnx/tiny-classifier'
import { pickled, type SavedTensor, writeTorchFile } from '../../unit/models/torch-file'
import { writeZip } from '../../unit/models/zip-writing'
import { type Classroom, openClassroom } from '../server/classroom'
import { ModelDesk, storedObjects, work } from './uploaded'

const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-models-'))
const otherMachine = mkdtempSync(path.join(tmpdir(), 'vitrine-models-other-'))
let room: Classroom
let instructor: Viewer
let desk: ModelDesk

beforeAll(async () => {
  process.env.VITRINE_DATA = folder
  room = await openClassroom()
  instructor = await room.enrol('INSTRUCTOR')
  desk = new ModelDesk(room.courseSlug, instructor)
})
afterAll(() => {
  for (const each of [folder, otherMachine]) rmSync(each, { recursive: true, force: true })
})

const tiny = encodeGraph(tinyGraph())
const threeClasses = { classes: ['one', 'two', 'three'] }

/** Tensors as the homework's checkpoint has them. */
function homeworkTensors(widths: readonly number[]): Map<string, SavedTensor> {
  const tensors = randomTensors({ widths, hidden: 8, classes: 3 })
  return new Map(
    Object.entries(tensors).map(([name, { shape, bytes }]) => [
      name,
      { shape, values: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4) },
    ]),
  )
}

describe('an ONNX classifier', () => {
  it('is read, described, tried out, and then found by its name on any machine', async () => {
    expect((await desk.upload('tiny', tiny)).status).toBe(200)
    expect(await desk.read('tiny')).toMatchObject({ status: 'checking', card: null, uses: 0 })
    await expect(findModelFolder('tiny', 'models')).rejects.toMatchObject({ code: 'model-missing' })
    expect((await desk.describe('tiny', threeClasses)).status).toBe(409)

    await work('tiny')
    const read = await desk.read('tiny')
    expect(read).toMatchObject({
      status: 'details',
      fileName: 'tiny.bin',
      uploadedBy: instructor.name,
      card: {
        kind: 'graph',
        bytes: tiny.byteLength,
        input: { height: 16, width: 16 },
        outputs: 3,
        parameters: 8 * 27 + 8 + 3 * 8 + 3,
        obstacles: [],
        predictions: null,
      },
    })
    expect(read.card?.operators).toContainEqual({ operator: 'Conv', count: 1, differentiable: true })
    expect((await desk.describe('tiny', { classes: ['one', 'two'] })).status).toBe(400)

    expect((await desk.describe('tiny', threeClasses)).status).toBe(200)
    await work('tiny')
    const tried = await desk.read('tiny')
    expect(tried.status).toBe('ready')
    expect(tried.card?.predictions).toHaveLength(10)
    const [first] = tried.card!.predictions!
    expect(first?.top).toHaveLength(3)
    expect(first!.top.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1)

    const found = await findModelFolder('tiny', 'models')
    process.env.VITRINE_DATA = otherMachine
    const elsewhere = await findModelFolder('tiny', 'models')
    process.env.VITRINE_DATA = folder
    expect(elsewhere.startsWith(otherMachine)).toBe(true)
    expect(readFileSync(path.join(elsewhere, 'model.onnx'))).toEqual(Buffer.from(tiny))
    const classifier = await openClassifier(found, { provider: 'cpu' })
    expect(classifier.classes).toEqual(['one', 'two', 'three'])
    expect(classifier.sha256).toBe(tried.card?.sha256)
    await classifier.close()
  })

  it('says what stands in the way of gradients, and which names it brings', async () => {
    await desk.upload('hard', encodeGraph(tinyGraph({ activation: 'HardSwish', ending: 'Softmax' })))
    await work('hard')
    const { card } = await desk.read('hard')
    expect(card?.obstacles).toEqual([
      { operator: 'HardSwish', node: expect.stringContaining('HardSwish'), reason: 'no-rule' },
    ])
    // Behind it no shape is known, so that nobody can tell whether two pictures would come out as two.
    expect(card?.notes).toEqual(['probabilities-left-out', 'one-at-a-time'])
    expect(card?.operators).toContainEqual({ operator: 'HardSwish', count: 1, differentiable: false })
  })

  it('that cannot be run is refused with what the runtime says of it', async () => {
    await desk.upload('strange', encodeGraph(tinyGraph({ activation: 'Frobnicate' })))
    await work('strange')
    expect((await desk.read('strange')).card?.obstacles).toMatchObject([{ operator: 'Frobnicate' }])
    await desk.describe('strange', threeClasses)
    await work('strange')
    const { status, problem } = await desk.read('strange')
    expect([status, problem]).toMatchObject([
      'refused',
      { code: 'model-unsupported', message: expect.stringMatching(/cannot be run: .*Frobnicate/) },
    ])
  })

  it('keeps its name on the whole site, also from bundled models', async () => {
    const before = await storedObjects()
    for (const name of ['tiny', 'food-cnn']) {
      const refused = await desk.upload(name, tiny)
      expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'name-taken' }])
    }
    const elsewhere = await openClassroom()
    const stranger = new ModelDesk(elsewhere.courseSlug, await elsewhere.enrol('INSTRUCTOR'))
    expect((await stranger.upload('tiny', tiny)).status).toBe(409)
    expect(await stranger.read('tiny')).toMatchObject({ code: 'not-found' })
    expect((await stranger.remove('tiny')).status).toBe(404)
    expect(await storedObjects()).toEqual(before)
  })
})

describe("the homework's checkpoint", () => {
  it.each([
    ['the widths of the bundled one', [32, 32, 64, 128, 128]],
    ['other widths', [4, 4, 8, 8, 16]],
  ])('of %s is read without running anything', async (_, widths) => {
    const name = `homework-${widths[0]}`
    const tensors = homeworkTensors(widths)
    expect((await desk.upload(name, writeTorchFile(tensors))).status).toBe(200)
    await work(name)
    expect(await desk.read(name)).toMatchObject({
      status: 'details',
      card: { kind: 'homework', outputs: 3, input: { height: 128, width: 128 }, layers: 38 },
    })
    await desk.describe(name, threeClasses)
    await work(name)
    expect((await desk.read(name)).status).toBe('ready')
    const state = await readStateDict(await findModelFolder(name, 'models'))
    const weights = readClassifierWeights(state)
    expect(weights.head.weight).toEqual(tensors.get('fc.3.weight')?.values)
    expect(state.names).not.toContain('epoch')
  })

  it('is read as its tensors lie in their storages: transposed, or from the middle', async () => {
    const tensors = homeworkTensors([4, 4, 8, 8, 16])
    const { values } = tensors.get('fc.3.weight')!
    const stored = new Float32Array(2 + values.length)
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 8; column++) stored[2 + column * 3 + row] = values[row * 8 + column]!
    tensors.set('fc.3.weight', { shape: [3, 8], values: stored, strides: [1, 3], offset: 2 })
    await desk.upload('transposed', writeTorchFile(tensors))
    await work('transposed')
    await desk.describe('transposed', threeClasses)
    await work('transposed')
    const weights = readClassifierWeights(await readStateDict(await findModelFolder('transposed', 'models')))
    expect(weights.head.weight).toEqual(values)
  })
})

describe('a copy on this machine', () => {
  it('goes a day after its model, and stays as long as that', async () => {
    await desk.upload('leaving', encodeGraph(tinyGraph({ activation: 'Tanh' })))
    await work('leaving')
    await desk.describe('leaving', threeClasses)
    await work('leaving')
    const copy = await findModelFolder('leaving', 'models')
    const tomorrow = new Date(Date.now() + 25 * 3_600_000)
    await removeUnusedCopies(tomorrow)
    expect(existsSync(copy)).toBe(true)
    await desk.remove('leaving')
    await removeUnusedCopies()
    expect(existsSync(copy)).toBe(true)
    await removeUnusedCopies(tomorrow)
    expect(existsSync(path.dirname(copy))).toBe(false)
  })
})

describe('a language model as a zip of its folder', () => {
  it('is read, and needs no further word', async () => {
    const source = path.join(folder, 'source')
    await writeTinyBert(source)
    const files = readdirSync(source).map((name) => ({
      name: `my-bert/${name}`,
      bytes: readFileSync(path.join(source, name)),
      deflate: true,
    }))
    await desk.upload('tiny-bert', writeZip([...files, { name: 'my-bert/code.py', bytes: Buffer.from('1') }]))
    await work('tiny-bert')
    expect(await desk.read('tiny-bert')).toMatchObject({
      status: 'ready',
      card: { kind: 'language', input: null, outputs: null, layers: 2 },
    })
    const found = await findLanguageModelFolder('tiny-bert')
    expect(readdirSync(found).sort()).toEqual(readdirSync(source).sort())
  })
})

describe('a bad upload', () => {
  const nan = homeworkTensors([4, 4, 8, 8, 16])
  nan.get('fc.0.bias')!.values[3] = Number.NaN
  const { proto, global, mark, text, tuple, reduce, stop } = pickled
  const code = Buffer.concat([
    proto,
    global('os', 'system'),
    mark,
    text(`touch ${path.join(folder, 'owned')}`),
    tuple,
    reduce,
    stop,
  ])
  const bomb = { name: 'archive/data.pkl', bytes: Buffer.alloc(40_000_000), deflate: true }
  const torch = writeTorchFile(homeworkTensors([4, 4, 8, 8, 16]))
  const shared = homeworkTensors([4, 4, 8, 8, 16])
  shared.set('fc.0.weight', { shape: [60_000, 60_000], values: new Float32Array(1), strides: [0, 0] })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a picture', readFileSync('public/pictures/0.png')],
    ['a bare pickle', Buffer.concat([code])],
  ])('of %s is refused at once, and nothing is kept', async (_, bytes) => {
    const before = await storedObjects()
    const refused = await desk.upload('bad', bytes)
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'model-unreadable' }])
    expect(await storedObjects()).toEqual(before)
    expect(readdirSync(path.join(folder, 'cache/incoming'))).toEqual([])
    expect(await staffDatabase.uploadedModel.findUnique({ where: { name: 'bad' } })).toBeNull()
  })

  it('of more bytes than allowed is refused before it is sent', async () => {
    const refused = await desk.upload('bad', tiny, { 'content-length': String(600 * 1024 * 1024) })
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { code: 'model-too-large', limit: 512 * 1024 * 1024 },
    ])
  })

  it.each([
    ['a truncated ONNX file', tiny.subarray(0, 500), /not a readable ONNX model/],
    [
      'an ONNX file of 20,000 classes',
      encodeGraph(tinyGraph({ classes: 20_000 })),
      /20000 outputs; 2 to 1000/,
    ],
    [
      'an ONNX file of grey pictures',
      encodeGraph(tinyGraph({ channels: 1 })),
      /expected float32 \[1 or N, 3/,
    ],
    ['a pickle with code', writeTorchFile(new Map(), code), /asks for os\.system, which may run code/],
    ['a truncated checkpoint', torch.subarray(0, torch.length - 300), /not a readable zip file/],
    ['a zip bomb', writeZip([bomb]), /unpacks archive\/data\.pkl to 40000000 bytes/],
    ['an empty zip', writeZip([]), /without data\.pkl/],
    ['a zip of anything', writeZip([{ name: 'a.txt', bytes: Buffer.from('a') }]), /without data\.pkl/],
    [
      'a zip that claims another length',
      writeZip([{ name: 'archive/data.pkl', bytes: code, deflate: true, claimed: 10 }]),
      /damaged/,
    ],
    [
      'a TorchScript program',
      writeZip([
        { name: 'archive/data.pkl', bytes: code },
        { name: 'archive/code/model.py', bytes: Buffer.from('1') },
      ]),
      /TorchScript/,
    ],
    ['weights that are no numbers', writeTorchFile(nan), /fc\.0\.bias' holds NaN at place 3/],
    ['a tensor that is larger than its storage', writeTorchFile(shared), /at most 67108864 are read/],
    [
      'another network',
      writeTorchFile(new Map([['head.weight', { shape: [2], values: new Float32Array(2) }]])),
      /no tensor 'cnn\.N\.weight'/,
    ],
    [
      'a language model without safetensors',
      writeZip([{ name: 'config.json', bytes: Buffer.from('{"model_type":"bert"}') }]),
      /no model\.safetensors/,
    ],
  ])('of %s gets a clear error, and nothing is kept', async (_, bytes, message) => {
    const before = await storedObjects()
    expect((await desk.upload('bad', bytes)).status).toBe(200)
    await work('bad')
    const state = await desk.read('bad')
    expect(state).toMatchObject({ status: 'refused', card: null })
    expect(state.problem?.message).toMatch(message)
    expect(await storedObjects()).toEqual(before)
    expect(existsSync(path.join(folder, 'owned'))).toBe(false)
    await expect(findModelFolder('bad', 'models')).rejects.toThrow(ExplainerError)
    expect((await desk.describe('bad', threeClasses)).status).toBe(409)
    expect((await desk.remove('bad')).status).toBe(200)
  })
})
