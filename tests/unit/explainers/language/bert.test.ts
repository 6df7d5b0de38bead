import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExplainerError } from '@/lib/explainers/errors'
import { openBert } from '@/lib/explainers/language/bert'
import { parseBertConfig, readBertCheckpoint } from '@/lib/explainers/language/checkpoint'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { softmax } from '@/lib/explainers/language/vectors'
import { decodeNpy } from '@/lib/explainers/npy'
import { plainBert, plainPrediction } from './plain-bert'
import { TINY, type TinyOptions, writeTinyBert } from './tiny-bert'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-bert-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

let number = 0
async function tiny(options: TinyOptions = {}): Promise<string> {
  const path = join(folder, `tiny-${number++}`)
  await writeTinyBert(path, options)
  return path
}

const cpu = { provider: 'cpu' } as const
const failure = (path: string): Promise<ExplainerError> =>
  openBert(path, cpu).then(
    () => Promise.reject(new Error('it opened')),
    (error: ExplainerError) => error,
  )

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length)
  let largest = 0
  for (let i = 0; i < one.length; i++) largest = Math.max(largest, Math.abs(one[i]! - other[i]!))
  return largest
}

describe('the bundled masked-language model against the Python reference', () => {
  let model: LanguageModel
  let police: { sentence: string; tokens: string[]; ids: number[]; masked_she: Record<string, number> }
  beforeAll(async () => {
    model = await openBert('models/bert-small-mlm', cpu)
    police = JSON.parse(await readFile('tests/fixtures/reference/police.json', 'utf8'))
  }, 120_000)
  afterAll(() => model.close())

  it('splits the sentence into the same tokens', () => {
    const { tokens } = model.tokenizer.tokenize(police.sentence)
    expect(tokens.map(({ text }) => text)).toEqual(police.tokens)
    expect(tokens.map(({ id }) => id)).toEqual(police.ids)
  })

  it('gives its hidden states and attentions within 1e-3', async () => {
    const { hiddenStates, attentions } = await model.encode(model.tokenizer.tokenize(police.sentence))
    for (const [name, tensor] of [
      ['hidden_states', hiddenStates],
      ['attentions', attentions],
    ] as const) {
      const reference = decodeNpy(await readFile(`tests/fixtures/reference/police_${name}.npy`))
      expect(tensor.shape).toEqual(reference.shape)
      expect(largestDifference(tensor.data, reference.data)).toBeLessThan(1e-3)
    }
  })

  it('predicts what the reference predicts, and less of "he" when officer is masked too', async () => {
    const text = model.tokenizer.tokenize(police.sentence)
    const [she, officer] = [10, 3]
    const probabilities = async (masks: number[]) =>
      softmax((await model.encode(text, { masks, predict: [she] })).predictionLogits!.data)
    const one = await probabilities([she])
    for (const [word, probability] of Object.entries(police.masked_she)) {
      expect(one[model.tokenizer.idOf(word)!]).toBeCloseTo(probability, 3)
    }
    const he = model.tokenizer.idOf('he')!
    const both = await probabilities([she, officer])
    expect(one[he]! - both[he]!).toBeCloseTo(0.741, 3)
  })

  it('says that a text is too long, and how long it may be', async () => {
    const text = model.tokenizer.tokenize('word '.repeat(600))
    await expect(model.encode(text)).rejects.toMatchObject({
      code: 'invalid-parameter',
      message: expect.stringContaining('at most 512'),
    })
  })

  it('refuses to mask a special token or a position that is not there', async () => {
    const text = model.tokenizer.tokenize('Hello.')
    for (const position of [0, 99]) {
      await expect(model.encode(text, { masks: [position] })).rejects.toMatchObject({
        code: 'invalid-parameter',
      })
    }
  })
})

describe('any BERT', () => {
  it.each<TinyOptions>([
    {},
    { activation: 'gelu_new' },
    { activation: 'relu' },
    { bare: true, legacy: true },
    { ownDecoder: true },
  ])('equals plain arithmetic: %j', async (options) => {
    const path = await tiny(options)
    const { weights } = await readBertCheckpoint(path)
    const model = await openBert(path, cpu)
    const text = model.tokenizer.tokenize('The cats sat.', '貓 cafés')
    const rows = [1, 4]
    const found = await model.encode(text, { predict: rows })
    const plain = plainBert(
      weights,
      text.tokens.map(({ id }) => id),
      text.tokens.map(({ sequence }) => sequence),
    )
    expect(found.hiddenStates.shape).toEqual([TINY.layers + 1, text.tokens.length, TINY.width])
    expect(largestDifference(found.hiddenStates.data, plain.states.flat(2))).toBeLessThan(1e-5)
    expect(largestDifference(found.attentions.data, plain.attentions.flat(3))).toBeLessThan(1e-6)
    const logits = rows.flatMap((row) => plainPrediction(weights, plain.states.at(-1)![row]!))
    expect(largestDifference(found.predictionLogits!.data, logits)).toBeLessThan(1e-5)
    await model.close()
  })

  it('runs several texts at once as it runs each alone, and hides special keys', async () => {
    const model = await openBert(await tiny(), cpu)
    const texts = ['the cat', 'the cats sat.'].map((text) => model.tokenizer.tokenize(text))
    for (const hideSpecialKeys of [false, true]) {
      const batch = await model.encodeBatch(texts, { hideSpecialKeys })
      const [states = 0, count = 0, padded = 0, width = 0] = batch.hiddenStates.shape
      for (const [place, text] of texts.entries()) {
        const alone = await model.encode(text, { hideSpecialKeys })
        for (let state = 0; state < states; state++) {
          const start = (state * count + place) * padded * width
          const length = text.tokens.length * width
          const together = batch.hiddenStates.data.subarray(start, start + length)
          expect(
            largestDifference(
              together,
              alone.hiddenStates.data.subarray(state * length, (state + 1) * length),
            ),
          ).toBeLessThan(1e-5)
        }
        const n = text.tokens.length
        const special = alone.attentions.data.filter((_, i) => i % n === 0 || i % n === n - 1)
        expect(special.every((weight) => weight === 0)).toBe(hideSpecialKeys)
      }
    }
    await model.close()
  })

  it('has span logits with a question-answering head, and no prediction without the other', async () => {
    const model = await openBert(await tiny({ heads: ['qa'] }), cpu)
    expect(model.heads).toEqual({ maskedLanguage: false, questionAnswering: true })
    const text = model.tokenizer.tokenize('the cat', 'sat.')
    const found = await model.encode(text, { predict: [1] })
    expect(found.spanLogits!.shape).toEqual([text.tokens.length, 2])
    expect(found.predictionLogits).toBeUndefined()
    await model.close()
  })
})

describe('a checkpoint that is not as it should be', () => {
  const layer = 'bert.encoder.layer.1.attention.self.key.weight'

  it('names a missing tensor', async () => {
    const error = await failure(await tiny({ edit: (name, shape) => (name === layer ? undefined : shape) }))
    expect(error).toMatchObject({ code: 'model-damaged', message: expect.stringContaining(layer) })
  })

  it('names a tensor of another shape and the shape expected', async () => {
    const error = await failure(await tiny({ edit: (name, shape) => (name === layer ? [8, 7] : shape) }))
    expect(error.code).toBe('model-damaged')
    expect(error.message).toContain(layer)
    expect(error.message).toContain('[8, 7]')
    expect(error.message).toContain('expected [8, 8]')
  })

  it('notices weights that were cut off', async () => {
    const path = await tiny()
    const weights = join(path, 'model.safetensors')
    await writeFile(weights, (await readFile(weights)).subarray(0, -100))
    expect((await failure(path)).code).toBe('model-damaged')
  })

  it('says which file is not there', async () => {
    for (const file of ['config.json', 'model.safetensors', 'vocab.txt']) {
      const path = await tiny()
      await rm(join(path, file))
      expect(await failure(path)).toMatchObject({
        code: 'model-missing',
        message: expect.stringContaining(file),
      })
    }
  })

  it.each([
    { model_type: 'roberta' },
    { architectures: ['DistilBertForMaskedLM'] },
    { position_embedding_type: 'relative_key' },
    { hidden_act: 'swish' },
    { is_decoder: true },
  ])('refuses another architecture: %j', async (config) => {
    expect((await failure(await tiny({ config }))).code).toBe('model-unsupported')
  })

  it('refuses sizes that cannot be', () => {
    const sizes = {
      hidden_size: 10,
      num_hidden_layers: 2,
      num_attention_heads: 3,
      intermediate_size: 16,
      vocab_size: 10,
      max_position_embeddings: 16,
    }
    expect(() => parseBertConfig(sizes, 'x')).toThrow(/not a multiple/)
    expect(() => parseBertConfig({ ...sizes, hidden_size: -1 }, 'x')).toThrow(/hidden_size/)
    expect(() => parseBertConfig({ hidden_size: 10 }, 'x')).toThrow(/num_hidden_layers/)
  })
})
