import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { ownDataFolder } from '@/lib/data-folder'
import { readSettings } from '@/lib/environment'
import { ExplainerError } from '@/lib/explainers/errors'
import { listLanguageModels, modelFolders } from '@/lib/language-folders'
import { findUploadedFiles, type ModelFiles, readModelFiles } from '@/lib/models/data'
import { objectFile } from '@/lib/objects/service'
import { isAway, ObjectError } from '@/lib/objects/store'

/**
 * The folder of a model by the name that figures give it: what comes with Vitrine, what this installation has added, then
 * what a course has uploaded, of which a copy is made on this machine.
 * @param bundled folder of the bundled models
 * @throws ExplainerError 'model-missing', also for a name that is not one of a folder
 */
export async function findModelFolder(name: string, bundled: string): Promise<string> {
  const isName = path.basename(name) === name && !name.startsWith('.')
  const folder = isName && ((await findInstalledFolder(name, bundled)) ?? (await findUploadedFolder(name)))
  if (folder) return folder
  throw new ExplainerError('model-missing', name, `There is no model ${name}`)
}

/** As `findModelFolder`, for a language model: what this installation has added takes the bundled one's place. */
export async function findLanguageModelFolder(name: string): Promise<string> {
  const installed = (await listLanguageModels()).find((model) => model.name === name)
  const folder = installed?.folder ?? (await findUploadedFolder(name))
  if (folder) return folder
  throw new ExplainerError('model-missing', name, `there is no model ${name}`)
}

/**
 * @returns a copy on this machine of what a course has uploaded; null: there is no such model, as in a command that runs
 * without a database
 */
export async function findUploadedFolder(name: string): Promise<string | null> {
  if (readSettings().DATABASE_URL === undefined) return null
  const files = await findUploadedFiles(name)
  return files && makeModelFolder(name, files)
}

/** @returns the folder of a bundled model, or of one that this installation has added; null: there is none. */
export async function findInstalledFolder(name: string, bundled: string): Promise<string | null> {
  for (const parent of [bundled, ...modelFolders()]) {
    const folder = path.join(/*turbopackIgnore: true*/ parent, name)
    if (await isFolder(folder)) return folder
  }
  return null
}

/** A folder of links to copies of the files; it never changes: other files make another one. */
export async function makeModelFolder(name: string, files: ModelFiles): Promise<string> {
  const parent = path.join(copiesFolder(), nameOfFiles(files))
  const folder = path.join(/*turbopackIgnore: true*/ parent, name)
  if (await isFolder(folder)) return folder
  const draft = path.join(/*turbopackIgnore: true*/ parent, randomUUID())
  try {
    await mkdir(/*turbopackIgnore: true*/ draft, { recursive: true, mode: 0o700 })
    for (const file of files)
      await link(await objectFile(file.sha256), path.join(/*turbopackIgnore: true*/ draft, file.name))
    await rename(draft, folder)
  } catch (error) {
    // Another process of this machine was first.
    if (await isFolder(folder)) return folder
    if (error instanceof ObjectError && !isAway(error))
      throw new ExplainerError(
        error.code === 'object-missing' ? 'model-missing' : 'model-damaged',
        name,
        `${name}: ${error.message}`,
        { cause: error },
      )
    throw error
  } finally {
    await rm(/*turbopackIgnore: true*/ draft, { recursive: true, force: true })
  }
  return folder
}

function copiesFolder(): string {
  return path.join(ownDataFolder(), 'cache/models')
}

function nameOfFiles(files: ModelFiles): string {
  const listed = JSON.stringify(files.map(({ name, sha256 }) => [name, sha256]))
  return createHash('sha256').update(listed).digest('hex').slice(0, 24)
}

/** Somebody may be reading a model that he has just brought, or a figure what has just been removed. */
const patience = 24 * 3_600_000

/** Removes copies on this machine, older than a day, of models that there are no more. */
export async function removeUnusedCopies(now = new Date()): Promise<void> {
  const present = await readdir(copiesFolder()).catch(() => [])
  if (present.length === 0) return
  const wanted = new Set((await readModelFiles()).map(nameOfFiles))
  for (const name of present.filter((name) => !wanted.has(name))) {
    const folder = path.join(/*turbopackIgnore: true*/ copiesFolder(), name)
    const facts = await stat(/*turbopackIgnore: true*/ folder).catch(() => undefined)
    if (facts && facts.mtimeMs < now.getTime() - patience)
      await rm(/*turbopackIgnore: true*/ folder, { recursive: true, force: true })
  }
}

/** Removes a folder that `makeModelFolder` made, of a model that is refused. */
export async function removeModelFolder(folder: string): Promise<void> {
  await rm(/*turbopackIgnore: true*/ path.dirname(folder), { recursive: true, force: true })
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(/*turbopackIgnore: true*/ folder).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}
