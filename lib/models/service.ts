import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ExplainerError } from '@/lib/explainers/errors'
import { readBertCheckpoint } from '@/lib/explainers/language/checkpoint'
import { buildBertGraph } from '@/lib/explainers/onnx/bert'
import { isCheckpointFile } from '@/lib/models/checkpoint-files'
import { defaultRevision, isCommandName, isRevision } from '@/lib/models/hub/names'
import { fetchCheckpoint, listCheckpoint } from '@/lib/models/hub/service'

/** Brings language models into an installation: from a folder, or from the Hugging Face Hub. */

export interface InstalledCheckpoint {
  readonly name: string
  readonly folder: string
  readonly sha256: string
  readonly layers: number
  readonly heads: readonly ('masked-language' | 'question-answering')[]
}

export interface PullOptions {
  /** Where models are kept. */
  readonly folder: string
  /** Address of the Hub or of a mirror of it, without a slash at its end. */
  readonly endpoint: string
  /** Branch, tag or commit. */
  readonly revision?: string
  readonly progress?: (file: string, bytes: number, total: number) => void
  readonly signal?: AbortSignal
  /** See `DownloadOptions`. */
  readonly patience?: number
}

const INCOMING = '.incoming'
const INSTALLED_NAME = /^[A-Za-z0-9][\w.-]{0,95}$/

/**
 * Copies a Hugging Face folder into `folder`/NAME after reading all of it.
 * @param name default: the folder's own
 * @throws ExplainerError 'model-missing', 'model-damaged', 'model-unsupported', or 'invalid-parameter' when there is
 * another model of that name
 */
export async function addModel(
  source: string,
  folder: string,
  name = basename(resolve(source)),
): Promise<InstalledCheckpoint> {
  checkInstalledName(name)
  const files = await readdir(source).catch(() => undefined)
  if (!files) throw new ExplainerError('model-missing', name, `${source} is not a folder that can be read`)
  await mkdir(join(folder, INCOMING), { recursive: true })
  const temporary = await mkdtemp(join(folder, INCOMING, 'add-'))
  try {
    // Under its own name, which messages about it use.
    const copy = join(temporary, name)
    await mkdir(copy)
    for (const file of files.filter(isCheckpointFile)) await cp(join(source, file), join(copy, file))
    return await install(copy, folder, name)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/**
 * Fetches a checkpoint from the Hub. An interrupted pull goes on where it stopped; every file is checked against the
 * Hub's checksum, and the whole is read before it takes its place.
 * @param name as on the Hub: `google-bert/bert-base-cased`
 * @throws ExplainerError as `addModel`, FetchError
 */
export async function pullModel(
  name: string,
  { folder, endpoint, revision = defaultRevision, progress, signal, patience }: PullOptions,
): Promise<InstalledCheckpoint> {
  if (!isCommandName(name)) {
    const message = `'${name}' is no name on the Hub; it reads like google-bert/bert-base-cased`
    throw new ExplainerError('invalid-parameter', name, message)
  }
  if (!isRevision(revision)) {
    const message = `'${revision}' is no branch, tag or commit`
    throw new ExplainerError('invalid-parameter', revision, message)
  }
  const shortName = basename(name)
  checkInstalledName(shortName)
  const checkpoint = await listCheckpoint(endpoint, name, revision, signal)
  // One folder a commit: parts of two versions never mix.
  const parts = join(folder, INCOMING, checkpoint.commit.slice(0, 12))
  const incoming = join(parts, shortName)
  await mkdir(incoming, { recursive: true })
  await fetchCheckpoint(endpoint, checkpoint, incoming, {
    signal,
    patience,
    progress: (file, bytes) => progress?.(file.name, bytes, file.size),
  })
  const installed = await install(incoming, folder, shortName)
  await rm(parts, { recursive: true, force: true })
  return installed
}

/** Reads every tensor, then moves the folder to its place. The same weights again are no error. */
async function install(from: string, folder: string, name: string): Promise<InstalledCheckpoint> {
  checkInstalledName(name)
  const { sha256, config, weights } = await readBertCheckpoint(from)
  buildBertGraph(weights, weights.heads)
  const target = join(folder, name)
  if (await stat(target).catch(() => undefined)) {
    const present = await readBertCheckpoint(target).catch(() => undefined)
    if (present && present.sha256 !== sha256) {
      throw new ExplainerError(
        'invalid-parameter',
        name,
        `there is another model '${name}'; remove its folder first or choose another name`,
      )
    }
    await rm(target, { recursive: true, force: true })
  }
  await rename(from, target)
  return {
    name,
    folder: target,
    sha256,
    layers: config.layers,
    heads: [
      ...(weights.heads.maskedLanguage ? (['masked-language'] as const) : []),
      ...(weights.heads.questionAnswering ? (['question-answering'] as const) : []),
    ],
  }
}

function checkInstalledName(name: string): void {
  if (INSTALLED_NAME.test(name)) return
  throw new ExplainerError(
    'invalid-parameter',
    name,
    `model name '${name}': letters, digits, '.', '_' and '-' are allowed, at most 96`,
  )
}
