import { cp, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import { ExplainerError } from '@/lib/explainers/errors'
import { readBertCheckpoint } from '@/lib/explainers/language/checkpoint'
import { buildBertGraph } from '@/lib/explainers/onnx/bert'
import { download, type ExpectedFile } from '@/lib/models/download'

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
  /** Address of the Hub or of a mirror of it. */
  readonly endpoint?: string
  /** Branch, tag or commit. */
  readonly revision?: string
  readonly progress?: (file: string, bytes: number, total: number) => void
  readonly signal?: AbortSignal
  /** See `DownloadOptions`. */
  readonly patience?: number
}

export const HUB = 'https://huggingface.co'

const INCOMING = '.incoming'
const INSTALLED_NAME = /^[A-Za-z0-9][\w.-]{0,95}$/
const HUB_NAME = /^(?:[A-Za-z0-9][\w.-]*\/)?[A-Za-z0-9][\w.-]{0,95}$/
/** Files that a checkpoint may consist of. */
const TEXT_FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'vocab.txt']
const isWeights = (file: string) => /^model(-\d{5}-of-\d{5})?\.safetensors(\.index\.json)?$/.test(file)
export const isCheckpointFile = (file: string) => TEXT_FILES.includes(file) || isWeights(file)

const revisionSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.int().nonnegative().optional(),
      blobId: z.string().optional(),
      lfs: z.object({ sha256: z.string(), size: z.int().nonnegative() }).nullish(),
    }),
  ),
})

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
 * @throws ExplainerError as `addModel`
 */
export async function pullModel(name: string, options: PullOptions): Promise<InstalledCheckpoint> {
  if (!HUB_NAME.test(name)) {
    throw new ExplainerError(
      'invalid-parameter',
      name,
      `'${name}' is no name on the Hub; it reads like google-bert/bert-base-cased`,
    )
  }
  const { folder, progress, signal, patience } = options
  const endpoint = (options.endpoint ?? HUB).replace(/\/$/, '')
  const { commit, files } = await listFiles(endpoint, name, options.revision ?? 'main', signal)
  const shortName = basename(name)
  // One folder a commit: parts of two versions never mix.
  const incoming = join(folder, INCOMING, commit.slice(0, 12), shortName)
  await mkdir(incoming, { recursive: true })
  for (const [file, expected] of files) {
    await download(`${endpoint}/${name}/resolve/${commit}/${file}`, join(incoming, file), expected, {
      signal,
      progress: (bytes) => progress?.(file, bytes, expected.size),
      ...(patience === undefined ? {} : { patience }),
    })
  }
  const installed = await install(incoming, folder, shortName)
  await rm(join(folder, INCOMING, commit.slice(0, 12)), { recursive: true, force: true })
  return installed
}

async function listFiles(
  endpoint: string,
  name: string,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<{ commit: string; files: ReadonlyMap<string, ExpectedFile> }> {
  const url = `${endpoint}/api/models/${name}/revision/${encodeURIComponent(revision)}?blobs=true`
  const missing = (reason: string, cause?: unknown) =>
    new ExplainerError('model-missing', name, `${name} cannot be found at ${endpoint}: ${reason}`, { cause })
  let response: Response
  try {
    response = await fetch(url, signal ? { signal } : {})
  } catch (cause) {
    signal?.throwIfAborted()
    throw missing('there is no connection', cause)
  }
  if (!response.ok) {
    // The Hub does not tell a repository that is not there from one that is private.
    const isHidden = [401, 403, 404].includes(response.status)
    throw missing(
      isHidden ? 'there is no such public model or revision' : `the server answers ${response.status}`,
    )
  }
  const parsed = revisionSchema.safeParse(await response.json().catch(() => undefined))
  if (!parsed.success) throw missing('the answer is not a list of files')
  const files = new Map<string, ExpectedFile>()
  for (const { rfilename, size, blobId, lfs } of parsed.data.siblings) {
    if (!isCheckpointFile(rfilename)) continue
    const bytes = lfs?.size ?? size
    if (bytes === undefined) throw missing(`${rfilename} is listed without its size`)
    files.set(rfilename, lfs ? { size: bytes, sha256: lfs.sha256 } : { size: bytes, gitBlob: blobId })
  }
  if (![...files.keys()].some((file) => file.endsWith('.safetensors'))) {
    throw new ExplainerError(
      'model-unsupported',
      name,
      `${name} has no model.safetensors; other formats of weights are not read`,
    )
  }
  // A single file beside shards holds the same weights once more.
  if (files.has('model.safetensors.index.json')) files.delete('model.safetensors')
  return { commit: parsed.data.sha, files }
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
