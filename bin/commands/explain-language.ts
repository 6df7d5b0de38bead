import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { CorpusIndex } from '@/lib/explainers/corpus/corpus-index'
import { ExplainerError } from '@/lib/explainers/errors'
import { type Evidence, hashOfJson, type Variant } from '@/lib/explainers/evidence'
import type { LanguageModel } from '@/lib/explainers/language/language-model'
import { computeLanguageEvidence } from '@/lib/explainers/language/language-request'
import { parsePassages, parseSentences } from '@/lib/explainers/language/material'
import { positionsOfWord } from '@/lib/explainers/language/sentence-input'
import { attention } from '@/lib/explainers/methods/attention'
import { corpusSearch } from '@/lib/explainers/methods/corpus-search'
import { embeddingSimilarity } from '@/lib/explainers/methods/embedding-similarity'
import { embeddingSpace, type QuestionInput } from '@/lib/explainers/methods/embedding-space'
import { maskedPrediction } from '@/lib/explainers/methods/masked-prediction'
import { encodeNpy } from '@/lib/explainers/npy'
import { corporaFolder } from '@/lib/language-folders'
import { fromCaller } from './caller-path'
import { openInstalledModel } from './installed-model'
import { checkFolder, writeFolder } from './output-folder'

export const languageMethods: readonly string[] = [
  attention.method,
  maskedPrediction.method,
  'corpus-search',
  embeddingSpace.method,
  embeddingSimilarity.method,
]

const materialFolder = fileURLToPath(new URL('../../prisma/seed/language', import.meta.url))
const maskedModel = 'bert-small-mlm'
const answeringModel = 'bert-small-qa'

interface CommonOptions {
  readonly model: string
  readonly variant: Variant
  readonly out: string
}
interface SentenceOptions extends CommonOptions {
  readonly sentence: string
  readonly mask: readonly string[]
}
interface PredictionOptions extends SentenceOptions {
  readonly compare: readonly string[]
  readonly watch: readonly string[]
  readonly top: number
}
interface SearchOptions extends SentenceOptions {
  readonly corpus: string
  readonly token: string
  readonly layer: readonly number[]
  readonly numbering?: 'exbert' | 'output'
  readonly head?: number
  readonly k: number
}
interface SpaceOptions extends CommonOptions {
  readonly passage?: number
  readonly question?: string
  readonly context?: string
  readonly answer?: string
}
interface SimilarityOptions extends CommonOptions {
  readonly sentences?: string
  readonly part: string
  readonly metric: 'cosine' | 'euclidean'
  readonly pair: readonly [number, number]
}

/** `vitrine explain METHOD` for text: numbers and arrays. */
export function addExplainLanguageCommand(program: Command): void {
  const explain = program.command('explain').description('explain what a language model makes of a text')
  const add = (method: string, description: string, model: string) =>
    explain
      .command(method)
      .description(description)
      .option('--model <name>', 'installed language model, or a path to a Hugging Face folder', model)
      .addOption(
        new Option('--variant <variant>', 'homework, or as the paper says')
          .choices(['homework', 'paper'])
          .default('homework'),
      )
      .requiredOption('--out <folder>', 'folder for manifest.json, measurements.json and the arrays')
  const addForSentence = (method: string, description: string) =>
    add(method, description, maskedModel)
      .requiredOption('--sentence <text>', 'the text')
      .option('--mask <word>', 'mask a word; WORD#2 is its second occurrence; may be repeated', collect, [])

  addForSentence(attention.method, 'attention of every head, and what each looks at').action(explainAttention)
  addForSentence(maskedPrediction.method, 'what the model predicts for masked words')
    .option(
      '--compare <word>',
      'compare with this masked instead (default: nothing); may be repeated',
      collect,
      [],
    )
    .option('--watch <token>', 'a token whose probability is wanted; may be repeated', collect, [])
    .option('--top <count>', 'predictions for each mask', parseCount, 10)
    .action(explainPrediction)
  addForSentence('corpus-search', 'the most similar words of a corpus')
    .requiredOption('--token <word>', 'whose embedding is searched for (its first piece)')
    .option('--corpus <name>', 'indexed corpus', 'moby-dick')
    .option('--layer <number>', 'default: all; may be repeated', collectNumber, [])
    .addOption(
      new Option('--numbering <numbering>', 'how layers count: exbert searches hidden_states[L-1]').choices([
        'exbert',
        'output',
      ]),
    )
    .option('--head <number>', 'whose attention is asked for, from 1; default: the mean of all', parseCount)
    .option('--k <count>', 'matches in a layer', parseCount, 50)
    .action(explainSearch)
  add(embeddingSpace.method, 'question, passage and answer in every layer', answeringModel)
    .option('--passage <number>', 'bundled passage, from 1', parseCount)
    .option('--question <text>')
    .option('--context <text>', 'the passage')
    .option('--answer <text>', 'as it stands in the passage; default: what the model predicts')
    .action(explainSpace)
  add(embeddingSimilarity.method, 'one word in several sentences, in every layer', maskedModel)
    .option('--sentences <file>', 'YAML with text and group; the bundled ones by default')
    .option('--part <text>', 'what is compared, as it stands in every sentence', '果')
    .addOption(new Option('--metric <metric>', 'how').choices(['cosine', 'euclidean']).default('cosine'))
    .option('--pair <a,b>', 'two sentences to follow, from 1', parsePair, [8, 7])
    .action(explainSimilarity)
}

async function explainAttention({ sentence, mask, ...options }: SentenceOptions): Promise<void> {
  await explainWith(options, (model) =>
    computeLanguageEvidence({
      explainer: attention,
      model,
      input: { sentence },
      inputName: 'sentence',
      variant: options.variant,
      parameters: { masks: positionsOf(model, sentence, mask) },
    }),
  )
}

async function explainPrediction(options: PredictionOptions): Promise<void> {
  const { sentence, mask, compare, watch, top } = options
  await explainWith(options, (model) =>
    computeLanguageEvidence({
      explainer: maskedPrediction,
      model,
      input: { sentence },
      inputName: 'sentence',
      variant: options.variant,
      parameters: {
        masks: positionsOf(model, sentence, mask),
        compare: positionsOf(model, sentence, compare),
        watch: [...watch],
        topK: top,
      },
    }),
  )
}

async function explainSearch(options: SearchOptions): Promise<void> {
  const { sentence, mask, token, layer, numbering, head, k } = options
  await explainWith(options, async (model) => {
    const index = await openIndex(options.corpus, model)
    try {
      return await computeLanguageEvidence({
        explainer: corpusSearch(index),
        model,
        input: { sentence },
        inputName: 'sentence',
        variant: options.variant,
        parameters: {
          position: positionsOf(model, sentence, [token])[0]!,
          masks: positionsOf(model, sentence, mask),
          k,
          ...(layer.length > 0 && { layers: [...layer] }),
          ...(numbering && { numbering }),
          ...(head !== undefined && { head }),
        },
      })
    } finally {
      await index.close()
    }
  })
}

async function openIndex(corpus: string, model: LanguageModel): Promise<CorpusIndex> {
  try {
    return await CorpusIndex.open(corporaFolder(), corpus, model)
  } catch (error) {
    if (!(error instanceof ExplainerError) || error.code === 'invalid-parameter') throw error
    const command = `vitrine corpus index ${corpus} --model ${model.name}`
    throw new ExplainerError(error.code, error.subject, `${error.message} (to build the index: ${command})`)
  }
}

async function explainSpace(options: SpaceOptions): Promise<void> {
  const { input, name } = await readQuestion(options)
  await explainWith(options, (model) =>
    computeLanguageEvidence({
      explainer: embeddingSpace,
      model,
      input,
      inputName: name,
      variant: options.variant,
    }),
  )
}

async function readQuestion({ passage, question, context, answer }: SpaceOptions) {
  if (passage === undefined && question !== undefined && context !== undefined) {
    const input: QuestionInput = { question, context, ...(answer !== undefined && { answer }) }
    return { input, name: 'passage' }
  }
  if (passage === undefined || question !== undefined || context !== undefined || answer !== undefined) {
    const message = 'give --passage NUMBER, or --question and --context (and, where it is known, --answer)'
    throw new ExplainerError('invalid-parameter', 'passage', message)
  }
  const passages = parsePassages(await readMaterial('passages.yaml'))
  const input = passages[passage - 1]
  if (input) return { input, name: `passage ${passage}` }
  const message = `There is no passage ${passage}; there are 1 to ${passages.length}`
  throw new ExplainerError('invalid-parameter', 'passage', message)
}

async function explainSimilarity(options: SimilarityOptions): Promise<void> {
  const yaml = await (options.sentences === undefined
    ? readMaterial('sentences.yaml')
    : readCallersFile(options.sentences))
  const { metric, pair, part } = options
  const input = parseSentences(yaml, part)
  await explainWith(options, (model) =>
    computeLanguageEvidence({
      explainer: embeddingSimilarity,
      model,
      input,
      inputName: 'sentences',
      variant: options.variant,
      parameters: { metric, pair: pair.map((number) => number - 1) },
    }),
  )
}

async function explainWith(
  { model: name, out: folder }: CommonOptions,
  compute: (model: LanguageModel) => Promise<Evidence>,
): Promise<void> {
  const out = fromCaller(folder)
  await checkFolder(out)
  const model = await openInstalledModel(name)
  try {
    const { manifest, measurements, arrays, seconds } = await compute(model)
    const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
    const files = new Map<string, Uint8Array>([
      ['manifest.json', json({ ...manifest, evidence: hashOfJson(manifest), seconds })],
      ['measurements.json', json(measurements)],
    ])
    for (const [array, tensor] of Object.entries(arrays)) files.set(`${array}.npy`, encodeNpy(tensor))
    await writeFolder(out, files)
  } finally {
    await model.close()
  }
}

/** @param words as they stand in the sentence, `word#2` for a second occurrence */
function positionsOf(model: LanguageModel, sentence: string, words: readonly string[]): number[] {
  if (words.length === 0) return []
  const text = model.tokenizer.tokenize(sentence)
  return words.flatMap((wanted) => {
    const [, word = wanted, occurrence = '1'] = /^(.+)#(\d+)$/s.exec(wanted) ?? []
    return positionsOfWord(text, word, Number(occurrence))
  })
}

function readMaterial(file: string): Promise<string> {
  return readFile(resolve(materialFolder, file), 'utf8')
}

async function readCallersFile(path: string): Promise<string> {
  return readFile(fromCaller(path), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ExplainerError('invalid-parameter', path, `${path} cannot be read (${cause.code})`, { cause })
  })
}

function collect(value: string, known: readonly string[]): string[] {
  return [...known, value]
}

function collectNumber(value: string, known: readonly number[]): number[] {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number of at least 0.')
  return [...known, Number(value)]
}

function parseCount(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number of at least 1.')
}

function parsePair(value: string): [number, number] {
  const [, one, other] = /^([1-9]\d*),([1-9]\d*)$/.exec(value) ?? []
  if (one === undefined || other === undefined)
    throw new InvalidArgumentError('It must be two numbers such as 8,7.')
  return [Number(one), Number(other)]
}
