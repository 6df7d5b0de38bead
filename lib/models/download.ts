import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import {
  FetchError,
  type FetchFailure,
  failureOfStatus,
  isDiskFull,
  noRoom,
} from '@/lib/models/fetch-failure'

/** What a file must be, as its publisher says; at least one of the hashes. */
export interface ExpectedFile {
  readonly size: number
  /** Of the content. */
  readonly sha256?: string | undefined
  /** Git's name of the content: SHA-1 of `blob`, size and content. */
  readonly gitBlob?: string | undefined
  /** Of the content, as NuGet gives it, in hexadecimal. */
  readonly sha512?: string | undefined
}

export interface DownloadOptions {
  /** Bytes that are there so far. */
  readonly progress?: (bytes: number) => void
  readonly signal?: AbortSignal | undefined
  /** Milliseconds before the second try; each further wait is twice as long. */
  readonly patience?: number
}

/** In a row that bring nothing new. */
const TRIES = 5

/** A server's answer that no repetition will change. */
class Refusal extends Error {
  constructor(
    readonly failure: FetchFailure,
    message: string,
  ) {
    super(message)
  }
}

/**
 * Fetches a file to `path`. Bytes that an earlier try left there are kept: the rest is asked for by Range, where the
 * server can do that. A broken connection is tried again from where it broke. More bytes than expected are not taken.
 * @throws FetchError: 'mismatch' when its size or hash is not what was expected (the file is removed, so that the next try
 * begins anew); 'away', 'missing', 'gated', 'disk-full' when it cannot be fetched. What else the file system says
 */
export async function download(
  url: string,
  path: string,
  expected: ExpectedFile,
  options: DownloadOptions = {},
): Promise<void> {
  const name = path.split(/[\\/]/).at(-1) ?? path
  let furthest = 0
  for (let attempt = 1; (await sizeOf(path)) !== expected.size; attempt++) {
    if ((await sizeOf(path)) > expected.size) await rm(path)
    try {
      await fetchRest(url, path, expected.size, options)
      if ((await sizeOf(path)) >= expected.size) break
      throw new Error('the connection ended early')
    } catch (cause) {
      options.signal?.throwIfAborted()
      if (isDiskFull(cause)) throw noRoom(name, cause)
      if (isOfFiles(cause)) throw cause
      const present = await sizeOf(path)
      if (present > furthest) attempt = 1
      furthest = Math.max(furthest, present)
      if (cause instanceof Refusal || attempt >= TRIES) {
        const failure = cause instanceof Refusal ? cause.failure : 'away'
        const reason = cause instanceof Error ? describeCause(cause) : String(cause)
        throw new FetchError(failure, name, `${name} cannot be fetched from ${url}: ${reason}`, { cause })
      }
      await wait((options.patience ?? 1000) * 2 ** (attempt - 1), undefined, { signal: options.signal })
    }
  }
  options.progress?.(expected.size)
  const problem = await findMismatch(path, expected)
  if (problem === undefined) return
  await rm(path, { force: true })
  throw new FetchError('mismatch', name, `${name} from ${url} ${problem}; it was removed`)
}

async function fetchRest(
  url: string,
  path: string,
  size: number,
  { progress, signal }: DownloadOptions,
): Promise<void> {
  const present = await sizeOf(path)
  const response = await fetch(url, {
    headers: present > 0 ? { Range: `bytes=${present}-` } : {},
    ...(signal ? { signal } : {}),
  })
  if (!response.ok || !response.body) {
    const answer = `the server answers ${response.status} ${response.statusText}`.trim()
    await response.body?.cancel()
    const failure = failureOfStatus(response.status)
    throw failure === null ? new Error(answer) : new Refusal(failure, answer)
  }
  // Without 206 the answer is the whole file, whatever was asked for.
  const resumes =
    response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${present}-`)
  const handle = await open(path, resumes ? 'a' : 'w')
  let bytes = resumes ? present : 0
  const reader = response.body.getReader()
  try {
    for (let part = await reader.read(); !part.done && bytes <= size; part = await reader.read()) {
      await handle.appendFile(part.value)
      bytes += part.value.byteLength
      progress?.(bytes)
    }
  } finally {
    await handle.close()
    // Of a server that does not end, or a disk that is full, nothing more is wanted.
    await reader.cancel().catch(() => undefined)
  }
}

/** @returns what is wrong with the file, undefined when it is as expected. */
export async function findMismatch(path: string, expected: ExpectedFile): Promise<string | undefined> {
  const size = await sizeOf(path)
  if (size !== expected.size) return `has ${size} bytes; expected ${expected.size}`
  const hashes = {
    sha256: createHash('sha256'),
    sha512: createHash('sha512'),
    gitBlob: createHash('sha1').update(`blob ${size}\0`),
  }
  const kinds = (['sha256', 'sha512', 'gitBlob'] as const).filter((kind) => expected[kind] !== undefined)
  for await (const chunk of createReadStream(path)) {
    for (const kind of kinds) hashes[kind].update(chunk as Buffer)
  }
  for (const kind of kinds) {
    const [found, wanted] = [hashes[kind].digest('hex'), expected[kind]!]
    if (wanted !== found) return `has the checksum ${found.slice(0, 12)}…; expected ${wanted.slice(0, 12)}…`
  }
  return undefined
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}

/** What a connection says is the cause of an error of `fetch`, and not the error itself. */
function isOfFiles(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function describeCause(error: Error): string {
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
