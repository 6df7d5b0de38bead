import { access, constants, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ExplainerError } from '@/lib/explainers/errors'

/** What an earlier run may have left; another method's arrays beside a new manifest would mislead. */
const isOurs = (name: string) => /^(figure\.png|(manifest|measurements)\.json|\w+\.npy)$/.test(name)

function refused(path: string, what: string, cause?: unknown): ExplainerError {
  const message = `The folder ${path} ${what}; --out takes a folder that is new or may be written`
  return new ExplainerError('invalid-parameter', 'out', message, { cause })
}

/** @throws ExplainerError 'invalid-parameter' where no folder can be made or written. */
export async function checkFolder(path: string): Promise<void> {
  const existing = await nearestExisting(path)
  const facts = await stat(existing)
  if (!facts.isDirectory())
    throw refused(path, existing === path ? 'is a file' : `would lie in ${existing}, which is a file`)
  await access(existing, constants.W_OK).catch((cause: unknown) => {
    throw refused(path, 'may not be written', cause)
  })
}

async function nearestExisting(path: string): Promise<string> {
  const found = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  )
  return found || dirname(path) === path ? path : nearestExisting(dirname(path))
}

/**
 * Writes files so that a folder never holds half of them: first apart, then in their place. Of a folder that is
 * there already, files of an earlier run are replaced and others stay.
 */
export async function writeFolder(path: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const parent = dirname(path)
  await mkdir(parent, { recursive: true })
  // A folder that is there may be writable where its parent is not.
  const partial = await mkdtemp(join((await nearestExisting(path)) === path ? path : parent, '.vitrine-'))
  try {
    for (const [name, bytes] of files) await writeFile(join(partial, name), bytes)
    await mkdir(path, { recursive: true })
    for (const name of await readdir(path)) if (isOurs(name) && !files.has(name)) await rm(join(path, name))
    for (const name of files.keys()) await rename(join(partial, name), join(path, name))
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}
