import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { locateDataFolder } from '@/lib/data-folder'
import { readSettings } from '@/lib/environment'

/** Where language models and corpora are kept. */

const project = process.cwd()

/** Folders that hold models, the first one with a name wins: what this installation has added, then what is bundled. */
export function modelFolders(): readonly string[] {
  return [path.join(dataFolder(), 'models'), path.join(project, 'models')]
}

/** Where corpora and their indexes are. */
export function corporaFolder(): string {
  return path.join(dataFolder(), 'corpora')
}

function dataFolder(): string {
  return locateDataFolder(project, readSettings().VITRINE_DATA)
}

export interface InstalledModel {
  readonly name: string
  readonly folder: string
}

/** @returns every folder that holds a BERT, by name. */
export async function listLanguageModels(): Promise<readonly InstalledModel[]> {
  const found = new Map<string, InstalledModel>()
  for (const parent of modelFolders()) {
    const entries = await readdir(/*turbopackIgnore: true*/ parent, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const folder = path.join(/*turbopackIgnore: true*/ parent, entry.name)
      if (!found.has(entry.name) && (await describesBert(folder))) {
        found.set(entry.name, { name: entry.name, folder })
      }
    }
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

async function describesBert(folder: string): Promise<boolean> {
  try {
    const config: unknown = JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8'))
    return (config as { model_type?: unknown } | null)?.model_type === 'bert'
  } catch {
    return false
  }
}
