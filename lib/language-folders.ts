import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ownDataFolder } from '@/lib/data-folder'

/** Where language models and corpora are kept. */

const project = process.cwd()

/** Folders that hold models, the first one with a name wins: what this installation has added, then what is bundled. */
export function modelFolders(): readonly string[] {
  return [path.join(ownDataFolder(), 'models'), path.join(project, 'models')]
}

/** Where corpora and their indexes are. */
export function corporaFolder(): string {
  return path.join(ownDataFolder(), 'corpora')
}

export interface InstalledModel {
  readonly name: string
  readonly folder: string
  /** Whether it was trained to answer questions, as its configuration says. */
  readonly answersQuestions: boolean
}

/** @returns every folder that holds a BERT, by name. */
export async function listLanguageModels(): Promise<readonly InstalledModel[]> {
  const found = new Map<string, InstalledModel>()
  for (const parent of modelFolders()) {
    const entries = await readdir(/*turbopackIgnore: true*/ parent, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const folder = path.join(/*turbopackIgnore: true*/ parent, entry.name)
      const model = found.has(entry.name) ? null : await readLanguageFolder(entry.name, folder)
      if (model) found.set(entry.name, model)
    }
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** @returns null where the folder holds no BERT. */
export async function readLanguageFolder(name: string, folder: string): Promise<InstalledModel | null> {
  const config = await readBertConfig(folder)
  if (!config) return null
  const answersQuestions = config.architectures.some((kind) => kind.endsWith('ForQuestionAnswering'))
  return { name, folder, answersQuestions }
}

const bertConfigSchema = z.object({
  model_type: z.literal('bert'),
  architectures: z
    .array(z.string())
    .nullish()
    .transform((names) => names ?? []),
})

async function readBertConfig(folder: string): Promise<z.output<typeof bertConfigSchema> | null> {
  const text = await readFile(path.join(folder, 'config.json'), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return bertConfigSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
