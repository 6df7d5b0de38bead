import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { ExplainerError } from '../errors'
import type { LanguageModel } from '../language/language-model'
import { PARTS_OF_SPEECH } from '../language/parts-of-speech'
import { GraphBuilder } from '../onnx/graph-builder'
import { GraphSession } from '../runtime/graph-session'
import { type Corpus, readCorpus } from './corpus'
import {
  ATTENDED_FILE,
  type IndexProgress,
  indexFolder,
  readProgress,
  rowSizes,
  stateFile,
  TOKEN_FIELDS,
  TOKENS_FILE,
} from './index-files'
import { TopRows } from './top-rows'

export interface Match {
  /** Row of the index. */
  readonly row: number
  /** Cosine of the angle between the query and the stored vector. */
  readonly similarity: number
}

export interface IndexedToken {
  readonly sentence: number
  readonly position: number
  readonly id: number
  readonly span: readonly [number, number]
  readonly pos: (typeof PARTS_OF_SPEECH)[number]
}

/** Rows in a block: 6 MB at width 768, so that a block stays in the processor's cache between its two passes. */
const BLOCK_ROWS = 4096

/** A finished index, open for searching. The vectors stay on disk: the operating system caches what is asked often. */
export class CorpusIndex {
  #session: Promise<GraphSession> | undefined
  #last: Promise<unknown> = Promise.resolve()

  private constructor(
    readonly corpus: Corpus,
    readonly progress: IndexProgress,
    private readonly tokens: Int32Array,
    private readonly home: string,
  ) {}

  /**
   * @throws ExplainerError 'corpus-missing', 'corpus-damaged' (a file is shorter than it should be), or
   * 'corpus-not-indexed' when the index of this text for these weights is not finished
   */
  static async open(
    folder: string,
    corpusName: string,
    model: Pick<LanguageModel, 'name' | 'sha256'>,
  ): Promise<CorpusIndex> {
    const corpus = await readCorpus(folder, corpusName)
    const home = indexFolder(folder, corpusName, model)
    const progress = await readProgress(home)
    const isFinished =
      progress?.corpus.sha256 === corpus.sha256 &&
      progress.model.sha256 === model.sha256 &&
      progress.sentencesDone === corpus.sentences.length
    if (!progress || !isFinished) {
      throw new ExplainerError(
        'corpus-not-indexed',
        corpusName,
        `corpus '${corpusName}' has no finished index for ${model.name}; build it first`,
      )
    }
    for (const [file, size] of rowSizes(progress)) {
      await checkSize(join(home, file), progress.tokens * size, corpusName)
    }
    const bytes = await readRange(join(home, TOKENS_FILE), 0, progress.tokens * TOKEN_FIELDS * 4)
    return new CorpusIndex(corpus, progress, new Int32Array(bytes.buffer), home)
  }

  /**
   * Exact: compares the query with every vector.
   * @param query [width]; its length does not matter
   * @param state 0 to layers, the hidden state that the query is from
   * @returns the `count` most similar rows, most similar first; of equal ones the earlier first
   */
  async search(query: Float32Array, state: number, count: number): Promise<Match[]> {
    const { width, layers, tokens } = this.progress
    if (query.length !== width || !Number.isInteger(state) || state < 0 || state > layers || count < 1) {
      throw new ExplainerError(
        'invalid-parameter',
        'search',
        `hidden state ${state} with a query of ${query.length} numbers for ${count} rows; allowed are 0 to ${layers}, ${width}, and 1 or more`,
      )
    }
    const length = Math.sqrt(query.reduce((sum, value) => sum + value * value, 0)) || 1
    const unit = query.map((value) => value / length)
    // One search at a time: they share the buffers of a session, and together would not be faster.
    const result = this.#last.then(() => this.#scan(unit, state, Math.min(count, tokens)))
    this.#last = result.catch(() => undefined)
    return result
  }

  token(row: number): IndexedToken {
    if (!(row >= 0 && row < this.progress.tokens)) throw new RangeError(`row ${row} is not in the index`)
    const at = row * TOKEN_FIELDS
    const [sentence, position, id, start, end, pos] = this.tokens.subarray(at, at + TOKEN_FIELDS)
    return {
      sentence: sentence!,
      position: position!,
      id: id!,
      span: [start!, end!],
      pos: PARTS_OF_SPEECH[pos!] ?? 'X',
    }
  }

  /**
   * @param layer place in `attentions`, 0 to layers−1
   * @param head undefined for the mean of all heads, else 0 to heads−1
   * @returns for each row, the row of the token that it attends to most
   */
  async attendedRows(rows: readonly number[], layer: number, head?: number): Promise<number[]> {
    const { layers, heads } = this.progress
    const place = layer * (heads + 1) + (head === undefined ? 0 : head + 1)
    const handle = await open(join(this.home, ATTENDED_FILE))
    try {
      const found: number[] = []
      for (const row of rows) {
        const value = new Uint16Array(1)
        const offset = (row * layers * (heads + 1) + place) * 2
        await handle.read(new Uint8Array(value.buffer), 0, 2, offset)
        found.push(this.#rowAt(row, value[0]!))
      }
      return found
    } finally {
      await handle.close()
    }
  }

  async close(): Promise<void> {
    await this.#last
    await (await this.#session)?.close()
    this.#session = undefined
  }

  /** @returns the row of another position of the same sentence: its rows follow one another. */
  #rowAt(row: number, position: number): number {
    const { sentence, position: own } = this.token(row)
    const step = position < own ? -1 : 1
    let other = row
    while (this.token(other).position !== position) {
      other += step
      if (this.token(other).sentence !== sentence)
        throw new RangeError(`position ${position} is not in the sentence`)
    }
    return other
  }

  async #scan(unit: Float32Array, state: number, count: number): Promise<Match[]> {
    const { width, tokens } = this.progress
    this.#session ??= GraphSession.create(similarityGraph(width), { provider: 'cpu', threads: 1 })
    const session = await this.#session
    const query = { type: 'float32', shape: [width, 1], data: unit } as const
    const block = new Uint16Array(Math.min(BLOCK_ROWS, tokens) * width)
    const best = new TopRows(count)
    const handle = await open(join(this.home, stateFile(state)))
    try {
      for (let first = 0; first < tokens; first += BLOCK_ROWS) {
        const rows = Math.min(BLOCK_ROWS, tokens - first)
        await readInto(handle, new Uint8Array(block.buffer, 0, rows * width * 2), first * width * 2)
        const vectors = {
          type: 'float16',
          shape: [rows, width],
          data: block.subarray(0, rows * width),
        } as const
        const { similarity } = await session.run({ vectors, query })
        best.add(first, similarity!.data)
      }
    } finally {
      await handle.close()
    }
    return best.sorted()
  }
}

/** Widens float16 to float32 and multiplies: onnxruntime does both with vector instructions, JavaScript cannot. */
function similarityGraph(width: number) {
  const builder = new GraphBuilder('similarity')
  const vectors = builder.input('vectors', 'float16', ['rows', width])
  const query = builder.input('query', 'float32', [width, 1])
  const widened = builder.node('Cast', [vectors], { attributes: { to: 1 } })
  const product = builder.node('MatMul', [widened, query], { output: 'similarity' })
  builder.output(product, 'float32', ['rows', 1])
  return builder.build()
}

async function checkSize(path: string, expected: number, corpus: string): Promise<void> {
  const damaged = (what: string) =>
    new ExplainerError('corpus-damaged', corpus, `the index of corpus '${corpus}' ${what}; build it again`)
  let handle: FileHandle
  try {
    handle = await open(path)
  } catch {
    throw damaged('lacks a file')
  }
  const { size } = await handle.stat()
  await handle.close()
  if (size !== expected) throw damaged(`has a file of ${size} bytes where ${expected} are expected`)
}

async function readRange(path: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  const handle = await open(path)
  try {
    await readInto(handle, bytes, offset)
  } finally {
    await handle.close()
  }
  return bytes
}

async function readInto(handle: FileHandle, into: Uint8Array, offset: number): Promise<void> {
  let done = 0
  while (done < into.byteLength) {
    const { bytesRead } = await handle.read(into, done, into.byteLength - done, offset + done)
    if (bytesRead === 0)
      throw new ExplainerError('corpus-damaged', 'index', 'an index file ends too early; build it again')
    done += bytesRead
  }
}
