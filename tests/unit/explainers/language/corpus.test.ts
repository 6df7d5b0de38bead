import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildIndex } from '@/lib/explainers/corpus/build-index'
import { type Corpus, makeCorpus, readCorpus, storeCorpus } from '@/lib/explainers/corpus/corpus'
import { CorpusIndex } from '@/lib/explainers/corpus/corpus-index'
import { indexFolder } from '@/lib/explainers/corpus/index-files'
import { TopRows } from '@/lib/explainers/corpus/top-rows'
import { toFloat16, writeFloat16 } from '@/lib/explainers/float16'
import { openBert } from '@/lib/explainers/language/bert'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { partOfSpeechAt, tagSentences } from '@/lib/explainers/language/parts-of-speech'
import { cosineSimilarity, stateOf } from '@/lib/explainers/language/vectors'
import { corpusSearch } from '@/lib/explainers/methods/corpus-search'
import { float16ToNumber } from '@/lib/explainers/onnx/safetensors'
import { TINY, writeTinyBert } from './tiny-bert'

describe('float16', () => {
  it('gives every float16 number back', () => {
    for (let bits = 0; bits < 65_536; bits++) {
      const value = float16ToNumber(bits)
      if (Number.isNaN(value)) expect(Number.isNaN(float16ToNumber(toFloat16(value)))).toBe(true)
      else expect(toFloat16(value)).toBe(bits)
    }
  })

  it('rounds to the nearest, ties to even', () => {
    fc.assert(
      fc.property(fc.float({ min: -70_000, max: 70_000, noNaN: true }), (value) => {
        const found = float16ToNumber(toFloat16(value))
        const bits = toFloat16(Math.abs(value))
        for (const neighbour of [bits - 1, bits + 1]) {
          if (neighbour < 0 || neighbour > 0x7bff || !Number.isFinite(found)) continue
          const gap = Math.abs(Math.abs(value) - float16ToNumber(neighbour))
          expect(Math.abs(value - found)).toBeLessThanOrEqual(gap)
          if (Math.abs(value - found) === gap) expect(bits % 2).toBe(0)
        }
      }),
    )
    expect(toFloat16(65_519)).toBe(0x7bff)
    expect(toFloat16(65_520)).toBe(0x7c00)
  })

  it('is the same for many numbers at once', () => {
    const numbers = fc.array(fc.float({ noNaN: true }), { maxLength: 40 })
    fc.assert(
      fc.property(numbers, fc.double({ min: -2, max: 2, noNaN: true }), (values, scale) => {
        const into = new Uint16Array(values.length + 1).fill(7)
        writeFloat16(Float32Array.from(values), scale, into, 1)
        expect([...into]).toEqual([7, ...values.map((value) => toFloat16(value * scale))])
      }),
    )
  })
})

describe('TopRows', () => {
  it('is what sorting everything gives, earlier rows first among equals', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 200 })
    fc.assert(
      fc.property(
        scores,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 50 }),
        (all, count, size) => {
          const top = new TopRows(count)
          for (let i = 0; i < all.length; i += size) top.add(i, Float32Array.from(all.slice(i, i + size)))
          const expected = all
            .map((similarity, row) => ({ row, similarity }))
            .sort((one, other) => other.similarity - one.similarity || one.row - other.row)
            .slice(0, count)
          expect(top.sorted()).toEqual(expected)
        },
      ),
    )
  })
})

describe('parts of speech', () => {
  it('tags whole words, found by the characters of a piece', () => {
    const [sentence] = tagSentences('The police officer is popular with the residents.')
    expect(sentence!.text.slice(11, 18)).toBe('officer')
    expect(partOfSpeechAt(sentence!.words, 13, 16)).toBe('NOUN')
    expect(partOfSpeechAt(sentence!.words, 0, 3)).toBe('DET')
    expect(partOfSpeechAt([], 0, 3)).toBe('X')
  })
})

const TEXT = `*** START OF THE BOOK ***

The cat sat. The cats
sat.

A cat!

the the the cats sat the the the cats sat the the the cats sat.

*** END OF THE BOOK ***
Some licence.`

describe('a corpus', () => {
  it("is the text between Gutenberg's marks, lines joined, cut at the word limit", () => {
    const corpus = makeCorpus('wizard', 'file.txt', TEXT)
    expect(corpus.sentences.map(({ text }) => text).slice(0, 3)).toEqual([
      'The cat sat.',
      'The cats sat.',
      'A cat!',
    ])
    expect(corpus.words).toBe(23)
    expect(makeCorpus('wizard', 'file.txt', TEXT, 4).sentences).toHaveLength(2)
  })

  it('refuses a name that is no folder name and a text without words', () => {
    expect(() => makeCorpus('../up', 'x', TEXT)).toThrow(/lower-case letters/)
    expect(() => makeCorpus('x', 'empty.txt', ' \n ... \n')).toThrow(/no words/)
  })
})

describe('an index', () => {
  let folder: string
  let model: LanguageModel
  let corpus: Corpus
  let index: CorpusIndex
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-corpus-'))
    await writeTinyBert(join(folder, 'tiny'))
    model = await openBert(join(folder, 'tiny'), { provider: 'cpu' })
    const sentences = Array.from(
      { length: 70 },
      (_, i) => `${i % 3 ? 'The cats' : 'the cat'} sat${i % 2 ? '.' : ' the.'}`,
    )
    corpus = makeCorpus('tiny-corpus', 'test', `${sentences.join('\n\n')}\n\n${TEXT.split('\n\n')[3]}`)
    await storeCorpus(folder, corpus)
    await buildIndex({ folder, corpus, model })
    index = await CorpusIndex.open(folder, corpus.name, model)
  }, 60_000)
  afterAll(async () => {
    await index.close()
    await model.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is of a corpus that reads back as it was stored', async () => {
    expect(await readCorpus(folder, corpus.name)).toEqual(corpus)
    await expect(readCorpus(folder, 'nope')).rejects.toMatchObject({
      code: 'corpus-missing',
      message: expect.stringContaining('tiny-corpus'),
    })
  })

  it('leaves out a sentence that is longer than the model reads', () => {
    expect(index.progress).toMatchObject({ sentencesDone: 71, sentencesSkipped: 1 })
  })

  it.each([0, 1, TINY.layers])('finds in state %i what comparing with everything finds', async (state) => {
    const { hiddenStates } = await model.encode(model.tokenizer.tokenize('the cats'))
    const query = stateOf(hiddenStates, state, 2)
    const all: { row: number; similarity: number }[] = []
    let row = 0
    for (const sentence of corpus.sentences) {
      const text = model.tokenizer.tokenize(sentence.text)
      if (text.tokens.length > TINY.positions) continue
      const states = (await model.encode(text, { hideSpecialKeys: true })).hiddenStates
      for (const [position, token] of text.tokens.entries()) {
        if (token.special) continue
        expect(index.token(row)).toMatchObject({ position, id: token.id, span: token.span })
        all.push({ row: row++, similarity: cosineSimilarity(query, stateOf(states, state, position)) })
      }
    }
    expect(index.progress.tokens).toBe(row)
    const best = all.map(({ similarity }) => similarity).sort((one, other) => other - one)
    const found = await index.search(query, state, 12)
    // Numbers of float16 are off by 2⁻¹¹ of themselves at most, and so are products of vectors of length 1.
    for (const [place, match] of found.entries()) {
      expect(match.similarity).toBeCloseTo(all[match.row]!.similarity, 3)
      expect(match.similarity).toBeCloseTo(best[place]!, 3)
    }
  })

  it('knows what each token attends to most, per head and on average', async () => {
    const text = model.tokenizer.tokenize(corpus.sentences[1]!.text)
    const { attentions } = await model.encode(text, { hideSpecialKeys: true })
    const n = text.tokens.length
    const first = model.tokenizer.tokenize(corpus.sentences[0]!.text).tokens.length - 2
    for (let head = -1; head < TINY.heads; head++) {
      const weights = Array.from({ length: n }, (_, key) => {
        const of = (h: number) => attentions.data[((1 * TINY.heads + h) * n + 1) * n + key]!
        return head < 0 ? of(0) + of(1) : of(head)
      })
      const [found] = await index.attendedRows([first], 1, head < 0 ? undefined : head)
      expect(index.token(found!)).toMatchObject({
        sentence: 1,
        position: weights.indexOf(Math.max(...weights)),
      })
    }
  })

  it('is the same after an interruption with half-written files', async () => {
    const home = indexFolder(folder, corpus.name, model)
    const files = (await readdir(home)).filter((file) => /\.(f16|i32|u16)$/.test(file))
    const before = await Promise.all(files.map((file) => readFile(join(home, file))))
    await rm(home, { recursive: true })
    const stop = new AbortController()
    const interrupted = buildIndex({
      folder,
      corpus,
      model,
      signal: stop.signal,
      progress: (done) => done > 0 && stop.abort(),
    })
    await expect(interrupted).rejects.toMatchObject({ code: 'cancelled' })
    await expect(CorpusIndex.open(folder, corpus.name, model)).rejects.toMatchObject({
      code: 'corpus-not-indexed',
    })
    await appendFile(join(home, files[0]!), 'torn')
    const begun: number[] = []
    await buildIndex({ folder, corpus, model, progress: (done) => begun.push(done) })
    expect(begun[0]).toBe(64)
    const after = await Promise.all(files.map((file) => readFile(join(home, file))))
    expect(after.map((bytes, i) => bytes.equals(before[i]!))).toEqual(files.map(() => true))
  })

  it('leaves a finished index alone, and takes over from a builder that has died', async () => {
    const home = indexFolder(folder, corpus.name, model)
    const modified = async () => (await stat(join(home, 'tokens.i32'))).size
    const size = await modified()
    await writeFile(join(home, 'building.pid'), '999999999')
    const progress = await buildIndex({ folder, corpus, model })
    expect(progress).toMatchObject({ sentencesDone: 71 })
    expect(await modified()).toBe(size)
    await writeFile(join(home, 'building.pid'), '1')
    await expect(buildIndex({ folder, corpus, model })).rejects.toThrow(/by another process/)
    await rm(join(home, 'building.pid'))
  })

  it('notices a file that was cut off', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'vitrine-corpus-'))
    await storeCorpus(copy, corpus)
    await buildIndex({ folder: copy, corpus, model })
    await truncate(join(indexFolder(copy, corpus.name, model), 'state-01.f16'), 10)
    await expect(CorpusIndex.open(copy, corpus.name, model)).rejects.toMatchObject({ code: 'corpus-damaged' })
    // Building again repairs it.
    await buildIndex({ folder: copy, corpus, model })
    await (await CorpusIndex.open(copy, corpus.name, model)).close()
    await rm(copy, { recursive: true })
  })

  it("answers as evidence: layers by exBERT's numbers search one state earlier", async () => {
    const explainer = corpusSearch(index)
    const explain = async (given: object) =>
      (
        await explainer.explain({
          model,
          input: { sentence: 'The cats sat.' },
          variant: 'homework',
          parameters: explainer.parameters('homework', model).parse(given),
        })
      ).measurements as unknown as {
        partOfSpeech: string
        numbering: string
        layers: {
          layer: number
          state: number
          matches: { similarity: number }[]
          partsOfSpeech: { count: number }[]
        }[]
      }
    const exbert = await explain({ position: 2, masks: [2], k: 5 })
    expect(exbert.layers.map(({ layer, state }) => [layer, state])).toEqual([
      [1, 0],
      [2, 1],
    ])
    expect(exbert.partOfSpeech).toBe('NOUN')
    const output = await explain({ position: 2, masks: [2], k: 5, numbering: 'output', layers: [1] })
    expect(output.layers[0]!.matches).toEqual(
      exbert.layers[1]!.matches.map((match, i) => ({
        ...match,
        attended: (output.layers[0]!.matches[i] as typeof match & { attended: unknown }).attended,
      })),
    )
    for (const { partsOfSpeech } of exbert.layers) {
      expect(partsOfSpeech.reduce((sum, { count }) => sum + count, 0)).toBe(5)
    }
    expect(() => explainer.parameters('homework', model).parse({ position: 1, layers: [0] })).toThrow(
      /1 to 2/,
    )
  })
})
