import { readFileSync } from 'node:fs'
import { SingularValueDecomposition } from 'ml-matrix'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FloatTensor } from '@/lib/explainers/evidence'
import { predictAnswer } from '@/lib/explainers/language/answer-span'
import { openBert } from '@/lib/explainers/language/bert'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { computeLanguageEvidence } from '@/lib/explainers/language/language-request'
import { attentionPlace, hiddenStatePlace, layerRange } from '@/lib/explainers/language/layer-numbering'
import { parsePassages, parseSentences } from '@/lib/explainers/language/material'
import { principalComponents } from '@/lib/explainers/language/principal-components'
import { ATTENTION_TARGETS, attention } from '@/lib/explainers/methods/attention'
import { blockContrast, embeddingSimilarity } from '@/lib/explainers/methods/embedding-similarity'
import { embeddingSpace } from '@/lib/explainers/methods/embedding-space'
import { maskedPrediction } from '@/lib/explainers/methods/masked-prediction'

const sentence = 'The police officer is popular with the residents because she is very generous and kind.'
const [officer, she] = [3, 10]

describe('on the masked-language model', () => {
  let model: LanguageModel
  beforeAll(async () => {
    model = await openBert('models/bert-small-mlm', { provider: 'cpu' })
  }, 120_000)
  afterAll(() => model.close())

  const explainAttention = (parameters = {}) =>
    computeLanguageEvidence({
      explainer: attention,
      model,
      input: { sentence },
      inputName: 'sentence',
      variant: 'homework',
      parameters,
    })

  it('finds the heads that the reference found', async () => {
    const { arrays, measurements } = await explainAttention({ pairs: [[she, officer]] })
    const measures = arrays.measures as FloatTensor
    expect(measures.shape).toEqual([12, 12, ATTENTION_TARGETS.length])
    const measured = (
      layerNumber: number,
      headNumber: number,
      target: (typeof ATTENTION_TARGETS)[number],
    ) => {
      const { layer, head } = attentionPlace(layerNumber, headNumber)
      return measures.data[(layer * 12 + head) * ATTENTION_TARGETS.length + ATTENTION_TARGETS.indexOf(target)]
    }
    expect(measured(7, 12, 'next')).toBeCloseTo(0.99, 2)
    expect(measured(6, 12, 'same')).toBeCloseTo(0.66, 2)
    expect(measured(12, 12, 'special')).toBeCloseTo(0.225, 2)
    expect(measurements.period).toBe(16)
    const [pair] = measurements.pairs as unknown as { weights: number[][] }[]
    for (const layer of [4, 5, 6, 7, 8]) expect(pair!.weights[layer - 1]![10 - 1]).toBeLessThan(0.06)
  })

  it('reads what one masked word becomes, and how a second mask changes it', async () => {
    const { arrays, measurements } = await computeLanguageEvidence({
      explainer: maskedPrediction,
      model,
      input: { sentence },
      inputName: 'sentence',
      variant: 'homework',
      parameters: { masks: [she, officer, she], compare: [she], watch: ['he'], topK: 3 },
    })
    expect(measurements.masks).toEqual([officer, she])
    expect(arrays.probabilities!.shape).toEqual([2, 16_000])
    type Entry = { token: string; probability: number; compared: number; change: number }
    const [, atShe] = measurements.predictions as unknown as {
      original: Entry
      top: Entry[]
      watched: Entry[]
    }[]
    expect(atShe!.original.token).toBe('she')
    expect(atShe!.top.map(({ token }) => token)).toHaveLength(3)
    expect(atShe!.top[0]!.token).toBe('it')
    expect(atShe!.watched[0]!.change).toBeCloseTo(-0.741, 3)
    expect(atShe!.watched[0]!.compared).toBeCloseTo(0.787, 3)
  })

  it('says what a wrong parameter should be', async () => {
    const explain = (parameters: object) =>
      computeLanguageEvidence({
        explainer: maskedPrediction,
        model,
        input: { sentence },
        inputName: 'sentence',
        variant: 'homework',
        parameters: { masks: [she], ...parameters },
      })
    await expect(explain({ masks: [] })).rejects.toThrow(/at least one/)
    await expect(explain({ masks: [99] })).rejects.toThrow(/1 to 16/)
    await expect(explain({ watch: ['unquestioningly'] })).rejects.toThrow(/not one token/)
    await expect(explain({ unknown: 1 })).rejects.toMatchObject({ code: 'invalid-parameter' })
    const stop = new AbortController()
    stop.abort()
    await expect(
      computeLanguageEvidence({
        explainer: attention,
        model,
        input: { sentence },
        inputName: 'sentence',
        variant: 'homework',
        signal: stop.signal,
      }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    await expect(
      computeLanguageEvidence({
        explainer: embeddingSpace,
        model,
        input: { question: 'Who?', context: 'She.' },
        inputName: 'passage',
        variant: 'homework',
      }),
    ).rejects.toThrow(/qa_outputs/)
  })

  it('finds at layer 0 a distance of 0 exactly where the positions are equal', async () => {
    const { arrays, measurements } = await computeLanguageEvidence({
      explainer: embeddingSimilarity,
      model,
      input: parseSentences(readFileSync('prisma/seed/language/sentences.yaml', 'utf8'), '果'),
      inputName: 'sentences',
      variant: 'homework',
      parameters: { metric: 'euclidean', pair: [7, 6] },
    })
    const pairs = measurements.embedding as unknown as { value: number; positions: [number, number] }[]
    expect(pairs).toHaveLength(45)
    for (const { value, positions } of pairs) expect(value === 0).toBe(positions[0] === positions[1])
    const matrices = arrays.matrices as FloatTensor
    expect(matrices.shape).toEqual([13, 10, 10])
    for (let state = 0; state < 13; state++) {
      for (let i = 0; i < 10; i++) {
        expect(matrices.data[state * 100 + i * 11]).toBe(0)
        for (let j = 0; j < i; j++) {
          expect(matrices.data[state * 100 + i * 10 + j]).toBe(matrices.data[state * 100 + j * 10 + i])
        }
      }
    }
    expect(measurements.pair).toMatchObject({ trend: 'falls-then-rises', turningPoint: 6 })
    // Padded copies end in zeros, and hold each sentence's own states.
    const states = arrays.hidden_states as FloatTensor
    const vectors = arrays.vectors as FloatTensor
    const [, , tokens = 0, width = 0] = states.shape
    const [last, position, layer] = [9, 2, 5]
    const fromStates = states.data
      .subarray(((last * 13 + layer) * tokens + position) * width)
      .subarray(0, width)
    const fromVectors = vectors.data.subarray((layer * 10 + last) * width).subarray(0, width)
    expect([...fromStates]).toEqual([...fromVectors])
  })
})

describe('on the question-answering model', () => {
  let model: LanguageModel
  beforeAll(async () => {
    model = await openBert('models/bert-small-qa', { provider: 'cpu' })
  }, 120_000)
  afterAll(() => model.close())

  it('answers the question about a year, and follows the answer through the layers', async () => {
    const input = parsePassages(readFileSync('prisma/seed/language/passages.yaml', 'utf8'))[2]!
    const { arrays, measurements } = await computeLanguageEvidence({
      explainer: embeddingSpace,
      model,
      input,
      inputName: 'passage 3',
      variant: 'homework',
    })
    expect(measurements.predicted).toMatchObject({ text: '1893' })
    expect((measurements.predicted as { probability: number }).probability).toBeGreaterThan(0.9)
    const layers = measurements.layers as unknown as Record<string, number>[]
    const ratios = [2, 5, 8, 11].map((layer) => layers[layer - 1]!['answer-distance-ratio']!)
    expect(Math.max(...ratios)).toBe(ratios[3])
    const kinds = measurements.kinds as string[]
    expect(kinds[0]).toBe('special')
    expect(kinds.filter((kind) => kind === 'answer').length).toBeGreaterThan(0)
    expect(arrays.points!.shape).toEqual([12, kinds.length, 2])
    for (const layer of layers) {
      expect(layer.purity!).toBeGreaterThan(layer['purity-chance']!)
      expect(layer.purity!).toBeLessThanOrEqual(1)
    }
    expect(measurements.relevantSentence).toBe(0)
  })

  it('refuses an answer that does not stand in the passage', async () => {
    await expect(
      computeLanguageEvidence({
        explainer: embeddingSpace,
        model,
        input: { question: 'Who?', context: 'She is.', answer: 'he' },
        inputName: 'passage',
        variant: 'homework',
      }),
    ).resolves.toMatchObject({ measurements: { answer: { text: 'She' } } })
    await expect(
      computeLanguageEvidence({
        explainer: embeddingSpace,
        model,
        input: { question: 'Who?', context: 'She is.', answer: 'nobody' },
        inputName: 'passage',
        variant: 'homework',
      }),
    ).rejects.toThrow(/does not stand/)
  })

  it('never answers with a span that ends before it begins', () => {
    const text = model.tokenizer.tokenize('Who?', 'The cat sat on the mat.')
    const logits = new Float32Array(text.tokens.length * 2)
    logits[8 * 2] = 5
    logits[5 * 2 + 1] = 5
    const { first, last } = predictAnswer({ data: logits, shape: [text.tokens.length, 2] }, text)
    expect(first).toBeLessThanOrEqual(last)
  })
})

describe('principal components', () => {
  const vectors = Array.from({ length: 7 }, (_, i) =>
    Float32Array.from({ length: 5 }, (_, j) => Math.sin(3 * i + j * j) + (i === j ? 1 : 0)),
  )

  it.each([7, 4])('are the singular value decomposition of the centred vectors (%i of width 5)', (count) => {
    const used = vectors.slice(0, count)
    const centre = used[0]!.map((_, j) => used.reduce((sum, vector) => sum + vector[j]!, 0) / count)
    const centred = used.map((vector) => [...vector].map((value, j) => value - centre[j]!))
    const svd = new SingularValueDecomposition(centred, { autoTranspose: true })
    const { points, explained } = principalComponents(used)
    const total = svd.diagonal.reduce((sum, value) => sum + value * value, 0)
    for (const axis of [0, 1]) {
      const expected = svd.leftSingularVectors.getColumn(axis).map((value) => value * svd.diagonal[axis]!)
      const largest = expected.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0)
      for (const [row, point] of points.entries()) {
        expect(point[axis]).toBeCloseTo(largest < 0 ? -expected[row]! : expected[row]!, 6)
      }
      expect(explained[axis]).toBeCloseTo(svd.diagonal[axis]! ** 2 / total, 6)
    }
  })

  it('keep their sign when everything is mirrored', () => {
    const mirrored = vectors.map((vector) => vector.map((value) => -value))
    const [one, other] = [principalComponents(vectors), principalComponents(mirrored)]
    for (const [row, point] of one.points.entries()) {
      expect(other.points[row]![0]).toBeCloseTo(point[0]!, 6)
    }
  })
})

describe('block contrast', () => {
  it('is positive where groups are more alike inside, for either metric', () => {
    const similarity = [
      [1, 0.9, 0.3],
      [0.9, 1, 0.3],
      [0.3, 0.3, 1],
    ]
    const found = blockContrast(similarity, ['a', 'a', 'b'], 'cosine')
    expect(found).toMatchObject({ within: { a: 0.9, b: null }, between: 0.3, deviation: 0 })
    expect(found.contrast).toBeCloseTo(2)
    expect(found.separation).toBeNull()
    const distances = similarity.map((row) => row.map((value) => 1 - value))
    expect(blockContrast(distances, ['a', 'a', 'b'], 'euclidean').contrast).toBeGreaterThan(0)
  })
})

describe('layer numbers', () => {
  it('are one apart between the two ways to count', () => {
    expect(hiddenStatePlace(12, 'exbert')).toBe(11)
    expect(hiddenStatePlace(12, 'output')).toBe(12)
    expect(layerRange(12, 'exbert')).toEqual([1, 12])
    expect(layerRange(12, 'output')).toEqual([0, 12])
    expect(attentionPlace(1, 12)).toEqual({ layer: 0, head: 11 })
  })
})
