import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { buildIndex } from '@/lib/explainers/corpus/build-index'
import { DEFAULT_WORD_LIMIT, listCorpora, makeCorpus, storeCorpus } from '@/lib/explainers/corpus/corpus'
import { ExplainerError } from '@/lib/explainers/errors'
import { openCorpus } from '@/lib/explorations/default-corpus'
import { corporaFolder } from '@/lib/language-folders'
import { fromCaller } from './caller-path'
import { openInstalledModel } from './installed-model'

/** `vitrine corpus`: texts that contextual embeddings are searched in. */
export function addCorpusCommand(program: Command): void {
  const corpus = program.command('corpus').description('texts for the corpus search: list, add, index')
  corpus
    .command('list')
    .description('the corpora there are')
    .action(async () => {
      for (const name of await listCorpora(corporaFolder())) process.stdout.write(`${name}\n`)
    })
  corpus
    .command('add')
    .description('read an English text from a file or an address')
    .argument('<source>', 'file or http(s) address of plain text')
    .requiredOption('--name <name>', 'lower-case letters, digits and hyphens')
    .option(
      '--words <count>',
      'the text is cut after the sentence with this word',
      parseCount,
      DEFAULT_WORD_LIMIT,
    )
    .action(async (source: string, { name, words }: { name: string; words: number }) => {
      const made = makeCorpus(name, nameOf(source), await readText(source), words)
      await storeCorpus(corporaFolder(), made)
      process.stdout.write(`${name}\t${made.words} words in ${made.sentences.length} sentences\n`)
    })
  corpus
    .command('index')
    .description('embed a corpus with a model, so that it can be searched; goes on where it was interrupted')
    .argument('<name>')
    .option('--model <name>', 'language model', 'bert-small-mlm')
    .action(async (name: string, options: { model: string }) => {
      const folder = corporaFolder()
      const text = await openCorpus(folder, name)
      const model = await openInstalledModel(options.model)
      const stop = new AbortController()
      const abort = () => stop.abort()
      process.once('SIGINT', abort)
      try {
        const { tokens } = await buildIndex({
          folder,
          corpus: text,
          model,
          signal: stop.signal,
          progress: (done, total) => {
            if (process.stderr.isTTY) process.stderr.write(`\r\u001b[Ksentences ${done} / ${total}`)
          },
        })
        if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
        process.stdout.write(`${name}\t${tokens} tokens with ${model.name}\n`)
      } finally {
        process.off('SIGINT', abort)
        await model.close()
      }
    })
}

async function readText(source: string): Promise<string> {
  if (!isAddress(source)) {
    return readFile(fromCaller(source), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw new ExplainerError('corpus-missing', source, `${source} cannot be read (${cause.code})`, {
        cause,
      })
    })
  }
  const response = await fetch(source).catch((cause: unknown) => {
    throw new ExplainerError('corpus-missing', source, `${source}: there is no connection`, { cause })
  })
  if (!response.ok)
    throw new ExplainerError('corpus-missing', source, `${source}: the server answers ${response.status}`)
  return response.text()
}

function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

/** A file is named without its folder. */
function nameOf(source: string): string {
  return isAddress(source) ? source : basename(source)
}

function parseCount(value: string): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number of at least 1.')
}
