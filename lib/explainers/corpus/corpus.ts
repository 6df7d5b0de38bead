import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ExplainerError } from '../errors'
import { PARTS_OF_SPEECH, type TaggedSentence, tagSentences } from '../language/parts-of-speech'

/** A text that contextual embeddings are searched in: sentences with the part of speech of every whole word. */
export interface Corpus {
  readonly name: string
  /** Where the text came from, for the reader: a file's name, an address, a package. */
  readonly source: string
  /** SHA-256 of the sentences' texts, one a line. */
  readonly sha256: string
  readonly words: number
  readonly sentences: readonly TaggedSentence[]
}

/** About 50,000 tokens: what a search stays under 100 ms with. */
export const DEFAULT_WORD_LIMIT = 40_000

const CORPUS_FILE = 'corpus.json'
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/

const fileSchema = z.object({
  name: z.string(),
  source: z.string(),
  sha256: z.string().length(64),
  words: z.int().positive(),
  /** Text, then start, end and part of speech (as a place in PARTS_OF_SPEECH) of each word. */
  sentences: z.array(z.tuple([z.string(), z.array(z.int().nonnegative())])),
})

/**
 * @param text plain English text; blank lines part paragraphs, and single line ends inside them are blanks. The head
 * and tail that Project Gutenberg puts around its texts are cut off
 * @param wordLimit the corpus ends with the sentence in which so many words are reached
 * @throws ExplainerError 'invalid-parameter' for a bad name or a text without words
 */
export function makeCorpus(
  name: string,
  source: string,
  text: string,
  wordLimit = DEFAULT_WORD_LIMIT,
): Corpus {
  checkCorpusName(name)
  const sentences: TaggedSentence[] = []
  let words = 0
  for (const paragraph of paragraphsOf(text)) {
    for (const sentence of tagSentences(paragraph)) {
      const size = countWords(sentence.words)
      if (size === 0) continue
      sentences.push(sentence)
      words += size
      if (words >= wordLimit) break
    }
    if (words >= wordLimit) break
  }
  if (words === 0)
    throw new ExplainerError('invalid-parameter', source, `${source}: there are no words in it`)
  return { name, source, sha256: hashSentences(sentences), words, sentences }
}

/** @returns the corpus up to the sentence in which `wordLimit` words are reached, under a name that says so. */
export function beginningOf(corpus: Corpus, wordLimit: number): Corpus {
  if (corpus.words <= wordLimit) return corpus
  let words = 0
  const end = corpus.sentences.findIndex((sentence) => {
    words += countWords(sentence.words)
    return words >= wordLimit
  })
  const sentences = corpus.sentences.slice(0, end + 1)
  const name = `${corpus.name}-${wordLimit}`
  return { name, source: corpus.source, sha256: hashSentences(sentences), words, sentences }
}

function countWords(words: TaggedSentence['words']): number {
  return words.filter((word) => word.pos !== 'PUNCT' && word.pos !== 'SPACE').length
}

function hashSentences(sentences: readonly TaggedSentence[]): string {
  return createHash('sha256')
    .update(sentences.map((sentence) => sentence.text).join('\n'))
    .digest('hex')
}

function paragraphsOf(text: string): string[] {
  const plain = text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '')
  const begin = /^\*\*\* ?START OF .*$/m.exec(plain)
  const end = /^\*\*\* ?END OF .*$/m.exec(plain)
  return plain
    .slice(begin ? begin.index + begin[0].length : 0, end?.index)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph.length > 0)
}

/** @throws ExplainerError 'invalid-parameter' */
export function checkCorpusName(name: string): void {
  if (!NAME.test(name)) {
    throw new ExplainerError(
      'invalid-parameter',
      name,
      `corpus name '${name}': lower-case letters, digits and hyphens are allowed, at most 64`,
    )
  }
}

/** Keeps the corpus under `folder`/NAME; a corpus of that name with another text is replaced. */
export async function storeCorpus(folder: string, corpus: Corpus): Promise<void> {
  const home = join(folder, corpus.name)
  await mkdir(home, { recursive: true })
  const content = {
    ...corpus,
    sentences: corpus.sentences.map((sentence) => [
      sentence.text,
      sentence.words.flatMap((word) => [word.start, word.end, PARTS_OF_SPEECH.indexOf(word.pos)]),
    ]),
  }
  const temporary = join(home, `${CORPUS_FILE}.${process.pid}.tmp`)
  await writeFile(temporary, JSON.stringify(content))
  await rename(temporary, join(home, CORPUS_FILE))
}

/**
 * @throws ExplainerError 'corpus-missing' (the message names the corpora there are), 'corpus-damaged'
 */
export async function readCorpus(folder: string, name: string): Promise<Corpus> {
  checkCorpusName(name)
  let text: string
  try {
    text = await readFile(join(folder, name, CORPUS_FILE), 'utf8')
  } catch (cause) {
    const known = await listCorpora(folder)
    const there = known.length > 0 ? known.join(', ') : 'none'
    throw new ExplainerError('corpus-missing', name, `corpus '${name}' is not there; there are: ${there}`, {
      cause,
    })
  }
  try {
    const stored = fileSchema.parse(JSON.parse(text))
    return { ...stored, sentences: stored.sentences.map(([sentence, words]) => unpack(sentence, words)) }
  } catch (cause) {
    throw new ExplainerError(
      'corpus-damaged',
      name,
      `corpus '${name}': its file is unreadable; add it again`,
      { cause },
    )
  }
}

/** @returns the names of the corpora under `folder`, sorted. */
export async function listCorpora(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory() && NAME.test(entry.name))
      .map((entry) => entry.name)
      .sort()
  } catch {
    return []
  }
}

function unpack(text: string, numbers: readonly number[]): TaggedSentence {
  const words = []
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    words.push({
      start: numbers[at]!,
      end: numbers[at + 1]!,
      pos: PARTS_OF_SPEECH[numbers[at + 2]!] ?? 'X',
    })
  }
  return { text, words }
}
