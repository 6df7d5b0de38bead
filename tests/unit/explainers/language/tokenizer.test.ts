import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readBertCheckpoint } from '@/lib/explainers/language/checkpoint'
import { alignNormalized } from '@/lib/explainers/language/normalized-text'
import { positionsOfWord } from '@/lib/explainers/language/sentence-input'
import { BertTokenizer } from '@/lib/explainers/language/tokenizer'
import { parseTokenizerFiles } from '@/lib/explainers/language/tokenizer-config'

const vocabulary = [
  '[PAD]',
  '[UNK]',
  '[CLS]',
  '[SEP]',
  '[MASK]',
  'cafe',
  'the',
  '##s',
  '貓',
  '.',
  'οδος',
  'a',
  'b',
]
const fromVocabulary = (config?: object, words = vocabulary) =>
  new BertTokenizer(
    parseTokenizerFiles(
      { vocabulary: `${words.join('\n')}\n`, config: config && JSON.stringify(config) },
      'test',
    ),
    'test',
  )

describe('offsets', () => {
  let tokenizer: BertTokenizer
  beforeAll(async () => {
    tokenizer = (await readBertCheckpoint('models/bert-small-mlm')).tokenizer
  })

  it('covers every word, piece and Chinese character', () => {
    const text = '今天買了蘋果手機 with Face  ID!'
    const { tokens } = tokenizer.tokenize(text)
    const shown = tokens.flatMap(({ span }) => (span ? [text.slice(...span)] : []))
    expect(shown.slice(0, 8)).toEqual([...'今天買了蘋果手機'])
    expect(shown.join('')).toBe(text.replace(/\s/g, ''))
  })

  it('joins pieces of a word by its number', () => {
    const text = 'The residents unquestioningly agreed.'
    const tokenized = tokenizer.tokenize(text)
    const positions = positionsOfWord(tokenized, 'unquestioningly')
    expect(positions.length).toBeGreaterThan(1)
    const spans = positions.map((position) => tokenized.tokens[position]!.span!)
    expect(text.slice(spans[0]![0], spans.at(-1)![1])).toBe('unquestioningly')
    expect(positionsOfWord(tokenizer.tokenize('she said she was'), 'she', 2)).toEqual([3])
    expect(() => positionsOfWord(tokenized, 'officer')).toThrow(/no word 'officer'/)
  })

  it('takes a typed [MASK] for a masked word and a typed [SEP] for a special token', () => {
    const { tokens } = tokenizer.tokenize('The [MASK] is [SEP] kind')
    expect(tokens[2]).toMatchObject({ id: tokenizer.maskId, special: false, span: [4, 10] })
    expect(tokens[4]).toMatchObject({ text: '[SEP]', special: true, span: null })
  })

  it('gives the second text of a pair its own offsets and type', () => {
    const { tokens } = tokenizer.tokenize('Who?', 'She is.')
    expect(tokens.map(({ sequence }) => sequence)).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
    expect(tokens[4]!.span).toEqual([0, 3])
  })

  it('never leaves the text, overlaps or disagrees with the library, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        let spans: (readonly [number, number])[]
        try {
          spans = tokenizer.tokenize(text).tokens.flatMap(({ span }) => (span ? [span] : []))
        } catch (error) {
          expect((error as Error).message).toMatch(/the text is empty/)
          return
        }
        let from = 0
        for (const [start, end] of spans) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(end).toBeGreaterThanOrEqual(start)
          from = start
        }
      }),
      { numRuns: 300, seed: 7 },
    )
  })

  it('refuses an empty text', () => {
    expect(() => tokenizer.tokenize('   ')).toThrow(/empty/)
  })
})

describe('a tokenizer from vocab.txt', () => {
  it('lowers case and strips accents unless told otherwise, and keeps the offsets of the original', () => {
    const text = 'The cafés 貓.'
    const { tokens } = fromVocabulary().tokenize(text)
    expect(tokens.map((token) => token.text)).toEqual(['[CLS]', 'the', 'cafe', '##s', '貓', '.', '[SEP]'])
    expect(tokens.map(({ span }) => span && text.slice(...span))).toEqual([
      null,
      'The',
      'café',
      's',
      '貓',
      '.',
      null,
    ])
    const cased = fromVocabulary({ do_lower_case: false }).tokenize(text)
    expect(cased.tokens[1]!.text).toBe('[UNK]')
  })

  it('handles a letter whose lower case depends on its place', () => {
    const { tokens } = fromVocabulary().tokenize('a ΟΔΟΣ b')
    expect(tokens.map(({ span }) => span)).toEqual([null, [0, 1], [2, 6], [7, 8], null])
  })

  it('names a special token that is not in it', () => {
    const words = vocabulary.filter((word) => word !== '[MASK]')
    expect(() => fromVocabulary(undefined, words)).toThrow(/\[MASK\]/)
  })
})

describe('files of a tokenizer', () => {
  it('refuses one that is not WordPiece, is not JSON, or is not there', () => {
    expect(() => parseTokenizerFiles({ tokenizer: '{"model":{"type":"BPE"}}' }, 'x')).toThrow(/'BPE'/)
    expect(() => parseTokenizerFiles({ tokenizer: '{' }, 'x')).toThrow(/not a JSON object/)
    expect(() => parseTokenizerFiles({}, 'x')).toThrow(/neither/)
  })
})

describe('alignNormalized', () => {
  it('leads from every unit of the normalised text to characters that made it', () => {
    const aligned = alignNormalized('Éa 貓', (text) =>
      text
        .toLowerCase()
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .replace(/貓/g, ' 貓 '),
    )
    expect(aligned.text).toBe('ea  貓 ')
    expect(aligned.span(0, 1)).toEqual([0, 1])
    expect(aligned.span(4, 5)).toEqual([3, 4])
  })
})
