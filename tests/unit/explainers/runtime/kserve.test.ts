import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Classifier } from '@/lib/explainers/classifier'
import type { Evidence, FloatTensor, Json } from '@/lib/explainers/evidence'
import { openBert } from '@/lib/explainers/language/bert'
import { listedMethods } from '@/lib/explainers/registry'
import { buildRequest, computeEvidence } from '@/lib/explainers/request'
import { requireServer } from '@/lib/explainers/runtime/kserve/readiness'
import { measureSpeed } from '@/lib/explainers/runtime/measured-speed'
import { openClassifier } from '@/lib/explainers/runtime/open-classifier'
import { chooseProvider, giveUpProvider, insteadOf, ProviderFailure } from '@/lib/explainers/runtime/provider'
import { exportGraph, generalGraphs, graphsOfModel } from '@/lib/models/triton-repository'
import { type KserveFixture, serveRepository } from '../../../fixtures/kserve-server'
import { relativeDistance } from '../onnx/gradient-check'
import { readReference } from '../reference-arrays'

const TOKEN = 'a-token'
const LAYER = 6
const picture = readReference(2, 'input')

let folder: string
let server: KserveFixture
let local: Classifier
let remote: Classifier

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-triton-'))
  for (const served of generalGraphs()) await exportGraph(folder, served)
  for (const model of ['models/food-cnn', 'models/bert-small-mlm'])
    for await (const served of graphsOfModel(model, [LAYER])) await exportGraph(folder, served)
  server = await serveRepository(folder, TOKEN)
  process.env.VITRINE_KSERVE_URL = server.url
  process.env.VITRINE_KSERVE_TOKEN = TOKEN
  process.env.VITRINE_KSERVE_TIMEOUT = '60'
  local = await openClassifier('models/food-cnn', { provider: 'cpu' })
  remote = await openClassifier('models/food-cnn', { provider: 'kserve' })
}, 120_000)
afterEach(() => {
  server.faults.length = 0
  vi.unstubAllEnvs()
})
afterAll(async () => {
  for (const name of ['URL', 'TOKEN', 'TIMEOUT']) delete process.env[`VITRINE_KSERVE_${name}`]
  await local.close()
  await remote.close()
  await server.close()
  await rm(folder, { recursive: true })
})

function evidenceOf(
  classifier: Classifier,
  method: string,
  parameters: { readonly [name: string]: Json },
): Promise<Evidence> {
  const named = { name: 'picture 2', sha256: '2'.repeat(64) }
  const request = buildRequest({
    method,
    model: classifier,
    picture: named,
    target: 1,
    // Baselines are the paper's.
    variant: 'baseline' in parameters ? 'paper' : 'homework',
    seed: 16,
    parameters,
  })
  return computeEvidence(request, { classifier, picture })
}

const onePicture = (): FloatTensor => ({ data: picture.data, shape: [1, ...picture.shape] })

describe('explainers on an inference server', () => {
  const cases: readonly (readonly [string, { readonly [name: string]: Json }, number])[] = [
    ['saliency', {}, 1],
    ['integrated-gradients', {}, 2],
    ['integrated-gradients', { baseline: 'white', steps: 8 }, 2],
    ['smooth-grad', { samples: 12 }, 3],
    ['filter-activation', { layer: LAYER, filter: 3 }, 2],
    ['filter-visualization', { layer: LAYER, filter: 3, steps: 3 }, 3],
    ['lime', { samples: 60 }, 2],
  ]

  test('are all tried', () => {
    expect(new Set(cases.map(([method]) => method))).toEqual(new Set(listedMethods))
  })

  test.each(cases)('%s %j gives what it gives here', async (method, parameters, graphs) => {
    const here = await evidenceOf(local, method, parameters)
    const there = await evidenceOf(remote, method, parameters)
    for (const [name, { data }] of Object.entries(here.arrays))
      expect(
        relativeDistance(there.arrays[name]!.data as Float32Array, data as Float32Array),
        name,
      ).toBeLessThan(1e-5)
    expect(there.manifest).toMatchObject({
      provider: 'kserve',
      precision: 'float32',
      server: { name: 'fixture', version: '1.2.3' },
    })
    expect(here.manifest.server).toBeUndefined()
    // Each evidence names the graphs that made it, and no other's.
    const used = there.manifest.server!.graphs
    expect(used.length).toBeLessThanOrEqual(graphs)
    for (const sha256 of used) expect(server.runs).toContain(`vitrine-${sha256}`)
  })

  test('models with random weights, which no server has, are computed here, and the manifest says so', async () => {
    const untrained = remote.randomized([remote.weighted.length - 1], 3, 'output')
    expect(untrained.provider).toBe('cpu')
    const { data } = await untrained.logits(onePicture())
    expect(relativeDistance(data, (await remote.logits(onePicture())).data)).toBeGreaterThan(0.1)
    await untrained.close()
    const { manifest } = await evidenceOf(remote, 'trust-saliency', {})
    expect(manifest.otherModels!.map(({ provider }) => provider)).toEqual(['cpu', 'cpu', 'cpu'])
    expect(manifest.provider).toBe('kserve')
  })

  test('hidden states, attentions and predictions of BERT are what they are here', async () => {
    const here = await openBert('models/bert-small-mlm', { provider: 'cpu' })
    const there = await openBert('models/bert-small-mlm', { provider: 'kserve' })
    const text = here.tokenizer.tokenize('The police officer is popular because she is kind.')
    const [ours, theirs] = [
      await here.encode(text, { predict: [3, 4] }),
      await there.encode(text, { predict: [3, 4] }),
    ]
    for (const name of ['hiddenStates', 'attentions', 'predictionLogits'] as const) {
      expect(theirs[name]!.shape).toEqual(ours[name]!.shape)
      expect(relativeDistance(theirs[name]!.data, ours[name]!.data), name).toBeLessThan(1e-5)
    }
    await here.close()
    await there.close()
  })
})

describe('a server that fails', () => {
  const wanted = () => remote.logits(onePicture())

  test.each(['drop', 'busy'] as const)('once (%s) is asked again', async (fault) => {
    const before = server.runs.length
    server.faults.push(fault)
    expect((await wanted()).shape).toEqual([1, 11])
    expect(server.runs.length - before).toBe(2)
  })

  test.each([
    ['drop', /no connection to http/],
    ['busy', /answers 503: no place in the queue/],
  ] as const)('again and again (%s) fails the run', async (fault, message) => {
    server.faults.push(fault, fault, fault)
    const failure = await wanted().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProviderFailure)
    expect((failure as Error).message).toMatch(message)
  })

  test.each([
    ['no-length', /inference-header-content-length is missing/],
    ['cut', /should have 44 bytes, 39 are left/],
    ['not-json', /not JSON/],
    ['wrong-shape', /shape \[1,1,11\]; expected \[1,11\]/],
    ['wrong-type', /is FP64, not FP32/],
    ['extra-bytes', /3 bytes follow/],
    ['no-output', /logits is not among the outputs/],
  ] as const)('with a malformed answer (%s) is told apart, and not asked again', async (fault, message) => {
    const before = server.runs.length
    server.faults.push(fault)
    await expect(wanted()).rejects.toThrow(message)
    expect(server.runs.length - before).toBe(1)
  })

  test('that is silent is not waited for longer than is set', async () => {
    vi.stubEnv('VITRINE_KSERVE_TIMEOUT', '1')
    const hasty = await openClassifier('models/food-cnn', { provider: 'kserve' })
    server.faults.push('silence')
    const before = server.runs.length
    await expect(hasty.logits(onePicture())).rejects.toThrow(/no answer within 1 s/)
    expect(server.runs.length - before).toBe(1)
    await hasty.close()
  })

  test('to have a model: the message names the model, what it is for, and the command that exports it', async () => {
    const missing = remote.activation(onePicture(), LAYER + 1)
    const message =
      /lacks vitrine-[0-9a-f]{64} \(food-cnn: activation, layer 7, 1 a run\), which '.*triton export FOLDER' writes/
    await expect(missing).rejects.toThrow(message)
    await expect(missing).rejects.toBeInstanceOf(ProviderFailure)
    vi.stubEnv('VITRINE_PROVIDER', 'kserve')
    await expect(remote.activation(onePicture(), LAYER + 1)).rejects.toMatchObject({
      code: 'provider-unavailable',
      message,
    })
  })
})

describe('choosing the server', () => {
  test('it is measured, and taken before any device where its address is set', async () => {
    expect(await measureSpeed('kserve')).toBeGreaterThan(1e6)
    expect(await requireServer()).toMatchObject({ name: 'fixture', version: '1.2.3' })
    expect((await chooseProvider('')).provider).toBe('kserve')
  })

  test.each([
    ['without an address', () => vi.stubEnv('VITRINE_KSERVE_URL', ''), /VITRINE_KSERVE_URL is not set/],
    ['with a wrong address', () => vi.stubEnv('VITRINE_KSERVE_URL', 'triton'), /VITRINE_KSERVE_URL must be/],
    [
      'where nobody answers',
      () => vi.stubEnv('VITRINE_KSERVE_URL', 'http://127.0.0.1:9'),
      /no connection to/,
    ],
    ['without the token', () => vi.stubEnv('VITRINE_KSERVE_TOKEN', ''), /answers 401: who are you/],
    ['while it is not ready', () => set({ ready: false }), /answers 400/],
    ['without binary tensors', () => set({ extensions: [] }), /has no extension binary_tensor_data/],
    [
      'where it rounds to TF32',
      () => set({ factor: 1.0003 }),
      /differ from float32 by 3.0e-4.*NVIDIA_TF32_OVERRIDE=0/,
    ],
  ])('%s it is refused with the reason', async (_, prepare, message) => {
    const restore = prepare()
    try {
      await expect(requireServer()).rejects.toThrow(message)
    } finally {
      if (typeof restore === 'function') restore()
    }
  })

  /** @returns what puts it back */
  function set(changes: Partial<KserveFixture>): () => void {
    const before = { ready: server.ready, extensions: server.extensions, factor: server.factor }
    Object.assign(server, changes)
    return () => Object.assign(server, before)
  }

  test('when it fails in the middle, the next takes over and evidence says so', async () => {
    server.faults.push('drop', 'drop', 'drop')
    const failure = await remote.logits(onePicture()).catch((error: unknown) => error)
    giveUpProvider(failure as ProviderFailure)
    const { provider, reason } = await chooseProvider('')
    expect(provider).not.toBe('kserve')
    expect(reason).toContain('kserve failed in the middle: no connection')
    expect(insteadOf(provider)).toEqual({ insteadOf: 'kserve' })
    expect((await evidenceOf(local, 'saliency', {})).manifest).toMatchObject({
      provider: 'cpu',
      insteadOf: 'kserve',
    })
  })
})
