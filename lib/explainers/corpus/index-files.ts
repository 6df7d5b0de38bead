import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LanguageModel } from '../language/language-model'

/**
 * A corpus index is a folder of row-major little-endian files with one row for each token that is not special, in the
 * order of the text; every row of every file belongs to the same token:
 * - `state-LL.f16`, one for each hidden state 0 to layers: the vector divided by its length, float16 [tokens, width].
 *   A search reads one of them from end to end.
 * - `tokens.i32`: [tokens, 6]: sentence, position among the sentence's tokens ([CLS] is 0), token id, first character,
 *   end, part of speech (place in PARTS_OF_SPEECH)
 * - `attended.u16`: [tokens, layers, heads+1]: the position that the token attends to most, in the mean of the heads
 *   (0) and in each head (1 to heads)
 * - `progress.json`: how many rows are valid. Whatever lies behind them is from an interrupted build.
 */
export interface IndexProgress {
  readonly version: number
  readonly corpus: { readonly name: string; readonly sha256: string; readonly sentences: number }
  readonly model: { readonly name: string; readonly sha256: string }
  readonly layers: number
  readonly heads: number
  readonly width: number
  /** Sentences read so far; all of them when the index is complete. */
  readonly sentencesDone: number
  /** Sentences left out because they are longer than the model reads. */
  readonly sentencesSkipped: number
  readonly tokens: number
}

/** Raised when the files' meaning changes: an older index is built anew. */
export const INDEX_VERSION = 1
export const TOKEN_FIELDS = 6
export const TOKENS_FILE = 'tokens.i32'
export const ATTENDED_FILE = 'attended.u16'
const PROGRESS_FILE = 'progress.json'

const count = z.int().nonnegative()
const progressSchema: z.ZodType<IndexProgress> = z.object({
  version: z.literal(INDEX_VERSION),
  corpus: z.object({ name: z.string(), sha256: z.string(), sentences: count }),
  model: z.object({ name: z.string(), sha256: z.string() }),
  layers: count,
  heads: count,
  width: count,
  sentencesDone: count,
  sentencesSkipped: count,
  tokens: count,
})

/** @returns where the index of a corpus for a model is: beside the corpus, named by the model's weights. */
export function indexFolder(
  folder: string,
  corpus: string,
  model: Pick<LanguageModel, 'name' | 'sha256'>,
): string {
  return join(folder, corpus, `${model.name}-${model.sha256.slice(0, 12)}`)
}

export function stateFile(state: number): string {
  return `state-${String(state).padStart(2, '0')}.f16`
}

/** @returns each file's name with its bytes in a row. */
export function rowSizes({
  layers,
  heads,
  width,
}: Pick<IndexProgress, 'layers' | 'heads' | 'width'>): ReadonlyMap<string, number> {
  return new Map([
    ...Array.from({ length: layers + 1 }, (_, state) => [stateFile(state), width * 2] as const),
    [TOKENS_FILE, TOKEN_FIELDS * 4] as const,
    [ATTENDED_FILE, layers * (heads + 1) * 2] as const,
  ])
}

/** @returns undefined where there is none, or none of this version. */
export async function readProgress(home: string): Promise<IndexProgress | undefined> {
  try {
    return progressSchema.parse(JSON.parse(await readFile(join(home, PROGRESS_FILE), 'utf8')))
  } catch {
    return undefined
  }
}

/** Replaces the file in one step, so that a reader or a restart never sees half of it. */
export async function writeProgress(home: string, progress: IndexProgress): Promise<void> {
  const temporary = join(home, `${PROGRESS_FILE}.tmp`)
  await writeFile(temporary, JSON.stringify(progress, undefined, 2))
  await rename(temporary, join(home, PROGRESS_FILE))
}
