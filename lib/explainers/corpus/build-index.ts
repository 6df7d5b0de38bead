import { appendFile, mkdir, open, readFile, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { ExplainerError } from '../errors'
import { throwIfCancelled } from '../language/cancellation'
import type { LanguageModel } from '../language/language-model'
import type { TaggedSentence } from '../language/parts-of-speech'
import type { TokenizedText } from '../language/tokenizer'
import type { Corpus } from './corpus'
import {
  ATTENDED_FILE,
  INDEX_VERSION,
  type IndexProgress,
  indexFolder,
  readProgress,
  rowSizes,
  stateFile,
  TOKENS_FILE,
  writeProgress,
} from './index-files'
import { makeRows, type Rows } from './index-rows'

export interface BuildOptions {
  /** Where the corpora are kept. */
  readonly folder: string
  readonly corpus: Corpus
  readonly model: LanguageModel
  /** After every portion: sentences done, of how many. */
  readonly progress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** Sentences between two states that a restart can begin from. */
const PORTION = 64
/** Tokens in a run, padding included: more make a CPU no faster and cost memory. */
const RUN_TOKENS = 1024

/**
 * Embeds every token of a corpus with every layer of a model, [CLS] and [SEP] hidden from attention, and writes the
 * index that searches read. Begins where an interrupted build stopped; a finished index of the same text and weights
 * is left alone, one of another text is built anew.
 * @throws ExplainerError 'cancelled', and 'corpus-damaged' while another process builds the same index
 */
export async function buildIndex(options: BuildOptions): Promise<IndexProgress> {
  const { folder, corpus, model } = options
  const home = indexFolder(folder, corpus.name, model)
  await mkdir(home, { recursive: true })
  const release = await lock(home, corpus.name)
  try {
    return await build(home, options)
  } finally {
    await release()
  }
}

async function build(
  home: string,
  { corpus, model, progress, signal }: BuildOptions,
): Promise<IndexProgress> {
  let state = await resume(home, corpus, model)
  const total = corpus.sentences.length
  progress?.(state.sentencesDone, total)
  while (state.sentencesDone < total) {
    throwIfCancelled(signal)
    const first = state.sentencesDone
    const portion = corpus.sentences.slice(first, first + PORTION)
    const texts = portion.map((sentence, index) => ({
      number: first + index,
      sentence,
      text: model.tokenizer.tokenize(sentence.text),
    }))
    const readable = texts.filter(({ text }) => text.tokens.length <= model.config.positions)
    const rows = await embed(model, readable, signal)
    await Promise.all([
      ...Array.from({ length: model.config.layers + 1 }, (_, place) =>
        append(
          home,
          stateFile(place),
          rows.map(({ states }) => states[place]!),
        ),
      ),
      append(
        home,
        TOKENS_FILE,
        rows.map(({ tokens }) => tokens),
      ),
      append(
        home,
        ATTENDED_FILE,
        rows.map(({ attended }) => attended),
      ),
    ])
    state = {
      ...state,
      sentencesDone: first + portion.length,
      sentencesSkipped: state.sentencesSkipped + texts.length - readable.length,
      tokens: state.tokens + rows.reduce((sum, { count }) => sum + count, 0),
    }
    await writeProgress(home, state)
    progress?.(state.sentencesDone, total)
  }
  return state
}

/** Rows of each sentence, in the order given; sentences of like length run together. */
async function embed(
  model: LanguageModel,
  items: readonly { number: number; sentence: TaggedSentence; text: TokenizedText }[],
  signal: AbortSignal | undefined,
): Promise<Rows[]> {
  const rows = new Map<number, Rows>()
  const waiting = [...items].sort((one, other) => one.text.tokens.length - other.text.tokens.length)
  while (waiting.length > 0) {
    throwIfCancelled(signal)
    // From the longest down, so that the first of a run decides its width.
    const width = waiting.at(-1)!.text.tokens.length
    const run = waiting.splice(-Math.max(1, Math.floor(RUN_TOKENS / width)))
    const batch = await model.encodeBatch(
      run.map(({ text }) => text),
      { hideSpecialKeys: true },
    )
    for (const [place, item] of run.entries()) rows.set(item.number, makeRows(batch, place, item))
  }
  return items.map(({ number }) => rows.get(number)!)
}

/** Cuts every file back to the rows that are valid, or begins anew. */
async function resume(home: string, corpus: Corpus, model: LanguageModel): Promise<IndexProgress> {
  const { layers, heads, width } = model.config
  const known = await readProgress(home)
  const usable = known?.corpus.sha256 === corpus.sha256 && known.model.sha256 === model.sha256
  const state: IndexProgress =
    known && usable
      ? known
      : {
          version: INDEX_VERSION,
          corpus: { name: corpus.name, sha256: corpus.sha256, sentences: corpus.sentences.length },
          model: { name: model.name, sha256: model.sha256 },
          layers,
          heads,
          width,
          sentencesDone: 0,
          sentencesSkipped: 0,
          tokens: 0,
        }
  if (!usable) await writeProgress(home, state)
  for (const [file, size] of rowSizes(state)) {
    const path = join(home, file)
    const handle = await open(path, 'a')
    const { size: bytes } = await handle.stat()
    await handle.close()
    if (bytes < state.tokens * size) {
      await rm(join(home, 'progress.json'))
      return resume(home, corpus, model)
    }
    await truncate(path, state.tokens * size)
  }
  return state
}

async function append(
  home: string,
  file: string,
  parts: readonly (Uint16Array | Int32Array)[],
): Promise<void> {
  const bytes = parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  await appendFile(join(home, file), Buffer.concat(bytes))
}

/** Two builders would append to the same files. A lock whose process has died is taken over. */
async function lock(home: string, corpus: string): Promise<() => Promise<void>> {
  const path = join(home, 'building.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(path, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(await readFile(path, 'utf8').catch(() => ''))
      if (owner !== process.pid && owner > 0 && isAlive(owner)) break
      if (owner === process.pid) break
      await rm(path, { force: true })
    }
  }
  throw new ExplainerError(
    'corpus-not-indexed',
    corpus,
    `the index of corpus '${corpus}' is being built by another process`,
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
