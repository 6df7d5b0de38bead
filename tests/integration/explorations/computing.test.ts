import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GET as getMaterial } from '@/app/api/explorations/material/route'
import { authorizeExplorer, type ExplorerAccess } from '@/lib/auth/gate'
import { cosineSimilarity, euclideanDistance } from '@/lib/explainers/language/vectors'
import { readExploration } from '@/lib/explorations/data'
import { readMaterial } from '@/lib/explorations/material'
import { askExploration } from '@/lib/explorations/mutations'
import { explorationMaterialSchema, explorationRequestSchema } from '@/lib/explorations/schema'
import type { EmbeddingSimilarityResult, EmbeddingSpaceResult } from '@/lib/explorations/view'
import { explore } from '@/lib/jobs/explore'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import type { Turn } from '@/lib/jobs/queue'
import { Attendance } from '@/lib/jobs/quiet-model'
import { call } from '../server/classroom'
import { newPerson } from './person'

const shelf = new LanguageShelf(async () => {})
const room = { shelf, attendance: new Attendance(), signal: new AbortController().signal }
const turn: Turn = {
  task_identifier: 'explore',
  payload: {},
  key: null,
  priority: 0,
  attempts: 1,
  max_attempts: 3,
  flags: null,
}
let access: ExplorerAccess
beforeAll(async () => {
  access = await authorizeExplorer(await newPerson(true))
})
afterAll(() => shelf.close())

async function compute(request: object) {
  const id = await askExploration(access, explorationRequestSchema.parse(request), randomUUID())
  await explore(id, room, turn)
  return (await readExploration(access, id))!
}

async function computed<Result>(request: object): Promise<Result> {
  const state = await compute(request)
  if (state.status !== 'ready') throw new Error(JSON.stringify(state))
  return JSON.parse(state.result) as Result
}

describe('the embedding space of a passage', () => {
  const passage = async (index: number) => (await readMaterial()).passages[index]!

  it('has a point for every token in every layer, and says what the model answers', async () => {
    const given = await passage(2)
    const request = { kind: 'embedding-space', model: 'bert-small-qa', ...given }
    const { tokens, layers, predicted, answer } = await computed<EmbeddingSpaceResult>(request)
    expect(predicted.text).toBe('1893')
    expect(given.context.slice(...predicted.span)).toBe('1893')
    expect(predicted.probability).toBeGreaterThan(0.9)
    expect(answer).toEqual({ source: 'given', text: '1893' })
    expect(
      tokens.flatMap(({ kind, text }) => (kind === 'answer' ? text.replace('##', '') : [])).join(''),
    ).toBe('1893')
    expect(layers).toHaveLength(12)
    for (const { points, explained, measures } of layers) {
      expect(points).toHaveLength(tokens.length)
      // Principal components: of no mean, and the first one varies most.
      const variance = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis] ** 2, 0)
      expect(points.reduce((sum, [x]) => sum + x, 0) / points.length).toBeCloseTo(0, 2)
      expect(variance(0)).toBeGreaterThan(variance(1))
      expect(explained[0]).toBeGreaterThanOrEqual(explained[1]!)
      expect(measures.questionRest).not.toBeNull()
      for (const share of [measures.purity, measures.purityChance]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
    }
  })

  it('takes the model’s own answer where none is given, and says in words what it cannot do', async () => {
    const { question, context } = await passage(0)
    const request = { kind: 'embedding-space', model: 'bert-small-qa', question, context }
    const { answer, predicted } = await computed<EmbeddingSpaceResult>(request)
    expect(answer).toEqual({ source: 'predicted', text: predicted.text })
    expect(await compute({ ...request, answer: 'zeppelin' })).toMatchObject({ code: 'answer-missing' })
    expect(await compute({ ...request, context: 'word '.repeat(290) })).toMatchObject({
      code: 'passage-too-long',
    })
    expect(await compute({ ...request, model: 'bert-small-mlm' })).toMatchObject({
      code: 'model-unsupported',
    })
  })
})

describe('the similarity of sentences', () => {
  it('comes in both metrics and all layers, exact where positions are equal before any layer', async () => {
    const { sentences } = await readMaterial()
    const only = sentences.map(({ text, group, selection: [start] }) => ({
      text,
      group,
      selection: [start + 1, start + 2],
    }))
    const result = await computed<EmbeddingSimilarityResult>({
      kind: 'embedding-similarity',
      model: 'bert-small-mlm',
      sentences: only,
    })
    for (const [index, { text, selected, position, tokens }] of result.sentences.entries()) {
      expect(selected).toBe('果')
      // After [CLS]; "Face" and "ID" are one token each, and stand behind the word.
      expect(position).toBe(only[index]!.selection[0]! + 1)
      expect(tokens).toBeGreaterThan(3)
      expect(text).toBe(only[index]!.text)
    }
    expect(result.layers.cosine).toHaveLength(13)
    expect(result.layers.euclidean).toHaveLength(13)
    const [input] = result.layers.euclidean
    for (const [i, one] of result.sentences.entries())
      for (const [j, other] of result.sentences.entries()) {
        expect(input!.matrix[i]![j] === 0).toBe(one.position === other.position)
        for (const layer of result.layers.cosine) {
          expect(layer.matrix[i]![j]).toBe(layer.matrix[j]![i])
          expect(Math.abs(layer.matrix[i]![j]!)).toBeLessThanOrEqual(1)
        }
      }
  })

  it('agrees with the vectors it is made of', async () => {
    const sentences = [
      { text: '這顆蘋果又脆又甜', group: 'fruit', selection: [2, 4] },
      { text: '今天買了蘋果手機', group: 'company', selection: [4, 6] },
    ]
    const { layers } = await computed<EmbeddingSimilarityResult>({
      kind: 'embedding-similarity',
      model: 'bert-small-mlm',
      sentences,
    })
    const vectors = await shelf.withModel('bert-small-mlm', (model) =>
      Promise.all(
        sentences.map(async ({ text, selection: [start, end] }) => {
          const tokenized = model.tokenizer.tokenize(text)
          const { data, shape } = (await model.encode(tokenized)).hiddenStates
          const [, tokens = 0, width = 0] = shape
          const positions = tokenized.tokens.flatMap(({ span }, position) =>
            span && span[0] >= start! && span[1] <= end! ? [position] : [],
          )
          const rows = positions.map((p) => data.subarray((7 * tokens + p) * width).subarray(0, width))
          return Float32Array.from(rows[0]!, (value, i) => (value + rows[1]![i]!) / 2)
        }),
      ),
    )
    const [one, other] = [vectors[0]!, vectors[1]!]
    expect(layers.cosine[7]!.matrix[0]![1]).toBeCloseTo(cosineSimilarity(one, other), 3)
    expect(layers.euclidean[7]!.matrix[0]![1]).toBeCloseTo(euclideanDistance(one, other), 3)
    expect(layers.cosine[7]).toMatchObject({ within: { fruit: null, company: null } })
    expect(layers.cosine[7]!.between).toBe(layers.cosine[7]!.matrix[0]![1])
  })
})

describe('what explorations begin with', () => {
  it('is for members, and can be asked as it is', async () => {
    expect((await call(getMaterial, 'GET', null)).status).toBe(401)
    expect((await call(getMaterial, 'GET', await newPerson(false))).status).toBe(403)
    const response = await call(getMaterial, 'GET', await newPerson(true))
    const { passages, sentences } = explorationMaterialSchema.parse(await response.json())
    expect(passages).toHaveLength(3)
    expect(sentences).toHaveLength(10)
    for (const { text, selection } of sentences) expect(text.slice(...selection)).toBe('蘋果')
    for (const passage of passages) expect(passage.context).toContain(passage.answer)
    const requests = [
      { kind: 'embedding-similarity', model: 'bert-small-mlm', sentences },
      ...passages.map((passage) => ({ kind: 'embedding-space', model: 'bert-small-qa', ...passage })),
    ]
    for (const request of requests) expect(explorationRequestSchema.safeParse(request).success).toBe(true)
  })
})
