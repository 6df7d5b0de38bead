import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beginningOf, type Corpus } from '@/lib/explainers/corpus/corpus'
import type { LanguageFigureContext } from '@/lib/explainers/figures/language-context'
import type { LanguageFigureSpec } from '@/lib/explainers/figures/spec'
import { parsePassages, readSentences } from '@/lib/explainers/language/material'
import { openCorpus } from '@/lib/explorations/default-corpus'
import type { FigureSources } from '@/lib/figures/sources'
import { corporaFolder } from '@/lib/language-folders'

/** The texts that figures of language models are computed from. */

const files = ['passages.yaml', 'sentences.yaml'] as const

/**
 * What a figure of a language model needs to know before it is computed.
 * @throws ExplainerError 'invalid-parameter' for a file of texts that is wrong, 'corpus-missing', 'corpus-damaged'
 */
export async function readLanguageContext(
  spec: LanguageFigureSpec,
  model: LanguageFigureContext['model'],
  sources: FigureSources,
): Promise<LanguageFigureContext> {
  const [passages, sentences] = await Promise.all(files.map((file) => readText(sources, file)))
  const corpus = await readCorpusOf(spec)
  return {
    model,
    passages: parsePassages(passages!),
    sentences: readSentences(sentences!),
    ...(corpus && { corpus }),
  }
}

/** @returns SHA-256 of all that a figure's texts are read from. */
export async function hashOfTexts(spec: LanguageFigureSpec, sources: FigureSources): Promise<string> {
  const hash = createHash('sha256')
  for (const file of files) hash.update(await readText(sources, file)).update('\0')
  const corpus = await readCorpusOf(spec)
  return hash.update(corpus?.sha256 ?? '').digest('hex')
}

async function readCorpusOf(spec: LanguageFigureSpec): Promise<Corpus | undefined> {
  if (spec.layout !== 'corpus-neighbours') return undefined
  return beginningOf(await openCorpus(corporaFolder(), spec.corpus), spec.words)
}

function readText(sources: FigureSources, file: string): Promise<string> {
  return readFile(path.join(sources.texts, file), 'utf8')
}
