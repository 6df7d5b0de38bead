import { join } from 'node:path'
import { z } from 'zod'
import { ExplainerError } from '@/lib/explainers/errors'
import { readBertTexts } from '@/lib/explainers/language/checkpoint'
import { isCheckpointFile, isWeights } from '@/lib/models/checkpoint-files'
import { download, type ExpectedFile } from '@/lib/models/download'
import { FetchError, failureOfStatus } from '@/lib/models/fetch-failure'
import { objectNameSchema } from '@/lib/objects/store'

/** The Hugging Face Hub, or a mirror of it: what a repository holds, and its files. */

/** What a repository holds of a checkpoint, at one commit. */
export interface HubCheckpoint {
  readonly repository: string
  /** 40 hexadecimal digits. */
  readonly commit: string
  /** As the repository's card says it; null: it does not say. */
  readonly licence: string | null
  /** The texts first, then the weights. */
  readonly files: readonly HubFile[]
}

export interface HubFile extends ExpectedFile {
  readonly name: string
}

const cardSchema = z.object({
  license: z.union([z.string(), z.array(z.string())]).nullish(),
  license_name: z.string().nullish(),
})
const siblingSchema = z.object({
  rfilename: z.string(),
  size: z.int().nonnegative().optional(),
  blobId: z.string().optional(),
  lfs: z.object({ sha256: objectNameSchema, size: z.int().nonnegative() }).nullish(),
})
const revisionSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  // Anybody writes it as they like.
  cardData: cardSchema.nullish().catch(null),
  siblings: z.array(siblingSchema),
})

/**
 * Asks what a repository holds of a checkpoint.
 * @param hub address of the Hub, without a slash at its end
 * @param repository a name that was checked; it becomes part of an address
 * @param revision branch, tag or commit
 * @throws FetchError 'away', 'missing', 'gated'; ExplainerError 'model-unsupported' when it has no safetensors
 */
export async function listCheckpoint(
  hub: string,
  repository: string,
  revision: string,
  signal?: AbortSignal,
): Promise<HubCheckpoint> {
  const { sha, cardData, siblings } = await askRevision(hub, repository, revision, signal)
  const files = siblings
    .filter(({ rfilename }) => isCheckpointFile(rfilename))
    .map((sibling) => {
      const file = fileOf(sibling)
      if (file) return file
      const reason = `${sibling.rfilename} is listed without its size or its checksum`
      throw unfound(hub, repository, 'away', reason)
    })
  if (!files.some(({ name }) => name.endsWith('.safetensors')))
    throw new ExplainerError(
      'model-unsupported',
      repository,
      `${repository} has no model.safetensors; other formats of weights are not read`,
    )
  // A single file beside shards holds the same weights once more.
  const isSharded = files.some(({ name }) => name === 'model.safetensors.index.json')
  const wanted = files.filter(({ name }) => !(isSharded && name === 'model.safetensors'))
  return {
    repository,
    commit: sha,
    licence: licenceOf(cardData),
    files: wanted.sort((one, other) => Number(isWeights(one.name)) - Number(isWeights(other.name))),
  }
}

function fileOf({ rfilename: name, size, blobId, lfs }: z.output<typeof siblingSchema>): HubFile | null {
  if (lfs) return { name, size: lfs.size, sha256: lfs.sha256 }
  return size !== undefined && blobId !== undefined ? { name, size, gitBlob: blobId } : null
}

async function askRevision(
  hub: string,
  repository: string,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<z.output<typeof revisionSchema>> {
  const url = `${hub}/api/models/${repository}/revision/${encodeURIComponent(revision)}?blobs=true`
  let response: Response
  try {
    response = await fetch(url, signal ? { signal } : {})
  } catch (cause) {
    signal?.throwIfAborted()
    throw unfound(hub, repository, 'away', 'there is no connection', cause)
  }
  if (!response.ok) {
    await response.body?.cancel()
    // Without a sign-in, the Hub hardly tells a repository that is not there from one that is private.
    const isKnownMissing = /^(Repo|Revision|Entry)NotFound$/.test(response.headers.get('x-error-code') ?? '')
    const failure = isKnownMissing ? 'missing' : failureOfStatus(response.status)
    const reasons = {
      missing: 'there is no such public model or revision',
      gated: 'it is private or gated, or there is no such model',
    }
    const reason =
      failure === 'missing' || failure === 'gated' ? reasons[failure] : 'the server is in trouble'
    throw unfound(hub, repository, failure ?? 'away', `${reason} (the server answers ${response.status})`)
  }
  const parsed = revisionSchema.safeParse(await response.json().catch(() => undefined))
  signal?.throwIfAborted()
  if (parsed.success) return parsed.data
  throw unfound(hub, repository, 'away', 'the answer is not a list of files')
}

function unfound(
  hub: string,
  repository: string,
  failure: FetchError['failure'],
  reason: string,
  cause?: unknown,
): FetchError {
  return new FetchError(failure, repository, `${repository} cannot be found at ${hub}: ${reason}`, { cause })
}

function licenceOf(card: z.output<typeof cardSchema> | null | undefined): string | null {
  const licences = [card?.license ?? []].flat()
  const named = licences.map((licence) => (licence === 'other' && card?.license_name) || licence)
  return named.join(', ') || null
}

export interface FetchOptions {
  /** Bytes of a file that are there so far. */
  readonly progress?: (file: HubFile, bytes: number) => void
  /** Whether weights are kept elsewhere already and need not be fetched; by default none are. */
  readonly isKept?: (file: HubFile) => Promise<boolean>
  readonly signal?: AbortSignal | undefined
  /** See `DownloadOptions`. */
  readonly patience?: number | undefined
}

/**
 * Fetches the files of a checkpoint into a folder, which may hold what an earlier try has left there. The texts come
 * first: what they describe is refused before its weights are fetched.
 * @throws FetchError, or ExplainerError 'model-missing', 'model-damaged', 'model-unsupported' by the texts
 */
export async function fetchCheckpoint(
  hub: string,
  { repository, commit, files }: HubCheckpoint,
  folder: string,
  { progress, isKept = async () => false, signal, patience }: FetchOptions = {},
): Promise<void> {
  const fetchFile = (file: HubFile) =>
    download(`${hub}/${repository}/resolve/${commit}/${file.name}`, join(folder, file.name), file, {
      signal,
      progress: (bytes) => progress?.(file, bytes),
      ...(patience !== undefined && { patience }),
    })
  for (const file of files.filter(({ name }) => !isWeights(name))) await fetchFile(file)
  await readBertTexts(folder)
  for (const file of files.filter(({ name }) => isWeights(name))) {
    if (await isKept(file)) progress?.(file, file.size)
    else await fetchFile(file)
  }
}
