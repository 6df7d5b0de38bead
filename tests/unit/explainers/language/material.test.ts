import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { readBertCheckpoint } from '@/lib/explainers/language/checkpoint'
import { parsePassages, parseSentences } from '@/lib/explainers/language/material'
import { tagSentences } from '@/lib/explainers/language/parts-of-speech'
import type { BertTokenizer } from '@/lib/explainers/language/tokenizer'

const sentencesFile = readFileSync('prisma/seed/language/sentences.yaml', 'utf8')
const passagesFile = readFileSync('prisma/seed/language/passages.yaml', 'utf8')

let tokenizer: BertTokenizer
beforeAll(async () => {
  tokenizer = (await readBertCheckpoint('models/bert-small-mlm')).tokenizer
}, 60_000)

describe('the ten sentences', () => {
  it.each([
    ['蘋', [4, 2, 0, 8, 2, 0, 0, 4, 0, 0]],
    ['果', [5, 3, 1, 9, 3, 1, 1, 5, 1, 1]],
  ] as const)('have %s where question 28 says', (part, places) => {
    const { sentences } = parseSentences(sentencesFile, part)
    expect(sentences.map(({ text }) => [...text].indexOf(part))).toEqual(places)
    // One token a character before it, after [CLS].
    const positions = sentences.map(({ text, selection }) =>
      tokenizer.tokenize(text).tokens.findIndex(({ span }) => span?.[0] === selection[0]),
    )
    expect(positions).toEqual(places.map((place) => place + 1))
  })

  it('are five of the fruit, five of the company, with the two that question 29 quotes', () => {
    const { sentences } = parseSentences(sentencesFile, '蘋果')
    expect(sentences.map(({ group }) => group)).toEqual([
      ...Array(5).fill('fruit'),
      ...Array(5).fill('company'),
    ])
    expect(sentences[6]!.text).toBe('蘋果獲得新Face ID專利')
    expect(sentences[7]!.text).toBe('今天買了蘋果手機')
    // Question 30 asks whether the number of 果 matters, so that it has to differ somewhere.
    const occurrences = sentences.map(({ text }) => text.split('果').length - 1)
    expect(new Set(occurrences)).toEqual(new Set([1, 2]))
    for (const { text } of sentences) {
      expect(text.split('蘋果')).toHaveLength(2)
      expect(tokenizer.tokenize(text).tokens.map((token) => token.text)).not.toContain('[UNK]')
    }
  })

  it('refuses a part that a sentence does not have', () => {
    expect(() => parseSentences(sentencesFile, '香蕉')).toThrow(/香蕉/)
    expect(() => parseSentences('sentences: []', '果')).toThrow(/sentences/)
  })
})

describe('the three passages', () => {
  const passages = parsePassages(passagesFile)

  it('are three of 80 to 120 words, each with a one-word answer that occurs once', () => {
    expect(passages).toHaveLength(3)
    for (const { context, answer } of passages) {
      const words = context.split(/\s+/)
      expect(words.length).toBeGreaterThanOrEqual(80)
      expect(words.length).toBeLessThanOrEqual(120)
      expect(answer).toMatch(/^\w+$/)
      expect(context.split(answer!)).toHaveLength(2)
      expect(tagSentences(context).length).toBeGreaterThanOrEqual(5)
    }
  })

  it('ask for a birth year in one', () => {
    expect(passages.filter(({ answer }) => /^1\d{3}$/.test(answer!))).toHaveLength(1)
    expect(passages.find(({ answer }) => /^1\d{3}$/.test(answer!))!.context).toMatch(/born in 1893/)
  })
})
