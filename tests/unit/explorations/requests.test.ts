import { describe, expect, it } from 'vitest'
import { ExplainerError } from '@/lib/explainers/errors'
import { describeFailure, failureOf } from '@/lib/explorations/failure'
import { explorationId } from '@/lib/explorations/request-id'
import {
  type ExplorationRequest,
  explorationRequestSchema,
  mostPassageTokens,
  mostTokens,
} from '@/lib/explorations/schema'
import { TooLongError } from '@/lib/explorations/sentence-tokens'

const attention = { kind: 'attention', model: 'bert-small-mlm', sentence: 'One word.' }
const space = { kind: 'embedding-space', model: 'bert-small-qa', question: 'Who?', context: 'She is.' }
const sentences = [
  { text: '這顆蘋果', group: 'fruit', selection: [2, 4] },
  { text: '蘋果手機', group: 'company', selection: [0, 1] },
]
const similarity = { kind: 'embedding-similarity', model: 'bert-small-mlm', sentences }
const parse = (request: object): ExplorationRequest => explorationRequestSchema.parse(request)
const idOf = (request: object) => explorationId(parse(request))

describe('the name of an exploration', () => {
  it('does not depend on the order of fields and masks, or on blanks around the sentence', () => {
    const one = idOf({ ...attention, masks: [1, 2] })
    expect(
      idOf({ masks: [2, 1, 2], sentence: ' One word. ', model: 'bert-small-mlm', kind: 'attention' }),
    ).toBe(one)
  })

  it('does not depend on what would be compared where nothing is predicted', () => {
    expect(idOf({ ...attention, compare: [1] })).toBe(idOf(attention))
    expect(idOf({ ...attention, masks: [1, 2], compare: [1] })).not.toBe(
      idOf({ ...attention, masks: [1, 2] }),
    )
  })

  it('depends on everything else', () => {
    const ids = [
      attention,
      { ...attention, masks: [1] },
      { ...attention, model: 'bert-base-cased' },
      { ...attention, sentence: 'One word' },
      space,
      { ...space, answer: 'She' },
      similarity,
      { ...similarity, sentences: sentences.toReversed() },
    ].map(idOf)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('what may be asked', () => {
  it.each([
    ['an unknown kind', { ...attention, kind: 'gradient' }],
    ['an empty sentence', { ...attention, sentence: '  ' }],
    ['a sentence that is too long', { ...attention, sentence: 'a'.repeat(601) }],
    ['a model outside the folder', { ...attention, model: '../secrets' }],
    ['a mask beyond the longest sentence', { ...attention, masks: [64] }],
    ['a passage without a question', { ...space, question: ' ' }],
    ['a passage that is too long', { ...space, context: 'a'.repeat(1501) }],
    ['one sentence with nothing to compare it with', { ...similarity, sentences: sentences.slice(1) }],
    [
      'a selection outside its sentence',
      { ...similarity, sentences: [sentences[0], { ...sentences[1], selection: [3, 5] }] },
    ],
    [
      'an empty selection',
      { ...similarity, sentences: [sentences[0], { ...sentences[1], selection: [1, 1] }] },
    ],
    ['a field nobody knows', { ...attention, debug: true }],
  ])('is not %s', (_, request) => {
    expect(explorationRequestSchema.safeParse(request).success).toBe(false)
  })
})

describe('a failure in words', () => {
  it('names the command that installs a missing model, by its owner where it is known', () => {
    const failure = failureOf(new ExplainerError('model-missing', 'bert-base-cased', 'not there'))
    expect(describeFailure(failure)).toMatchObject({
      code: 'model-missing',
      command: 'npm run vitrine -- models pull google-bert/bert-base-cased',
    })
  })

  it('says how long a sentence that is too long is', () => {
    expect(describeFailure(failureOf(new TooLongError(80, mostTokens))).message.en).toContain(
      '80 tokens; at most 64',
    )
  })

  it('tells a passage that is too long, and an answer that does not stand in it', () => {
    expect(describeFailure(failureOf(new TooLongError(300, mostPassageTokens))).code).toBe('passage-too-long')
    const missing = new ExplainerError('invalid-parameter', 'answer', 'x')
    expect(describeFailure(failureOf(missing)).code).toBe('answer-missing')
  })

  it('keeps nothing of an unexpected error, and no folder of a file', () => {
    expect(failureOf(new Error('password'))).toEqual({ code: 'internal', subject: '' })
    expect(failureOf(new ExplainerError('model-damaged', '/a/b/model', '')).subject).toBe('model')
  })

  it('reads what nobody stored as unknown', () => {
    expect(describeFailure({ code: 'x' }).code).toBe('internal')
  })
})
