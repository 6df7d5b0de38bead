import type { Command } from 'commander'
import { hubAddress } from '@/lib/environment'
import { bundledSources } from '@/lib/figures/sources'
import { listLanguageModels, modelFolders } from '@/lib/language-folders'
import { examineModel } from '@/lib/models/card'
import { defaultRevision } from '@/lib/models/hub/names'
import { addModel, type InstalledCheckpoint, pullModel } from '@/lib/models/service'
import { showBytes } from './byte-progress'
import { fromCaller } from './caller-path'
import { CommandError } from './command-error'

/** `vitrine models`: language models of this installation. */
export function addModelsCommand(program: Command): void {
  const models = program
    .command('models')
    .description('language models: list, add from a folder, fetch from the Hub')
  models
    .command('list')
    .description('the language models there are')
    .action(async () => {
      for (const { name, folder } of await listLanguageModels()) process.stdout.write(`${name}\t${folder}\n`)
    })
  models
    .command('add')
    .description('copy a BERT from a Hugging Face folder (config.json, tokenizer, safetensors)')
    .argument('<folder>')
    .option('--name <name>', "default: the folder's name")
    .action(async (folder: string, { name }: { name?: string }) => {
      report(await addModel(fromCaller(folder), modelFolders()[0]!, name))
    })
  models
    .command('pull')
    .description('fetch a BERT from the Hugging Face Hub; an interrupted pull goes on where it stopped')
    .argument('<name>', 'as on the Hub: google-bert/bert-base-cased')
    .option('--revision <revision>', 'branch, tag or commit', defaultRevision)
    .option('--endpoint <address>', 'the Hub, or a mirror of it; default: VITRINE_HUB')
    .action(async (name: string, { revision, endpoint }: { revision: string; endpoint?: string }) => {
      const hub = endpoint?.replace(/\/$/, '') ?? hubAddress()
      if (hub === null) throw new CommandError('VITRINE_HUB is off; name an address with --endpoint')
      const progress = showBytes(process.stderr)
      const stop = new AbortController()
      const abort = () => stop.abort(new Error('interrupted; the same command goes on from here'))
      process.once('SIGINT', abort)
      try {
        const installed = await pullModel(name, {
          folder: modelFolders()[0]!,
          revision,
          endpoint: hub,
          progress: progress.report,
          signal: stop.signal,
        })
        progress.end()
        report(installed)
      } finally {
        progress.end()
        process.off('SIGINT', abort)
      }
    })
  models
    .command('card')
    .description('read a model and try it out on the bundled pictures: the facts of its card, as JSON')
    .argument('<folder>')
    .action(async (folder: string) => {
      const facts = await examineModel(fromCaller(folder), bundledSources().pictures)
      process.stdout.write(`${JSON.stringify(facts, null, 2)}\n`)
    })
}

function report({ name, folder, sha256, layers, heads }: InstalledCheckpoint): void {
  const ends = heads.length > 0 ? heads.join(', ') : 'no head'
  process.stdout.write(`${name}\t${layers} layers, ${ends}\t${sha256.slice(0, 12)}\t${folder}\n`)
}
