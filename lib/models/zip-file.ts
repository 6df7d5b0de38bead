import { buffer } from 'node:stream/consumers'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { ExplainerError } from '@/lib/explainers/errors'

export interface ZipLimits {
  readonly entries: number
  /** Bytes of all files together when they are unpacked. */
  readonly unpacked: number
}

/** Files of weights hardly shrink; text shrinks to a tenth. What shrinks more is meant to fill a disk. */
const LARGEST_RATIO = 200
const STORED = 0
const DEFLATED = 8

/** The files of a zip, whose list has been checked before any of them is unpacked. */
export class ZipContents {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly name: string,
  ) {}

  /**
   * @param name for messages
   * @throws ExplainerError 'model-damaged' for what is no zip or is cut short, 'model-unsupported' that names the limit
   */
  static async open(path: string, name: string, limits: ZipLimits): Promise<ZipContents> {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true }
    const zip = await yauzl.openPromise(path, options).catch((cause: unknown) => {
      throw new ExplainerError('model-damaged', name, `${name} is not a readable zip file`, { cause })
    })
    try {
      return new ZipContents(zip, await listEntries(zip, name, limits), name)
    } catch (error) {
      zip.close()
      throw error
    }
  }

  get names(): string[] {
    return [...this.entries.keys()]
  }

  sizeOf(file: string): number {
    return this.#entry(file).uncompressedSize
  }

  /** @throws ExplainerError 'model-damaged' when there is no such file, or it is not as the list says. */
  async read(file: string): Promise<Buffer> {
    return buffer(this.stream(file)).catch((cause) => {
      if (cause instanceof ExplainerError) throw cause
      throw new ExplainerError('model-damaged', this.name, `${this.name}: ${file} is damaged`, { cause })
    })
  }

  /** Unpacks a file; its length and checksum are compared as it is read. */
  async *stream(file: string): AsyncGenerator<Buffer> {
    const entry = this.#entry(file)
    yield* (await this.zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>
  }

  close(): void {
    this.zip.close()
  }

  #entry(file: string): Entry {
    const entry = this.entries.get(file)
    if (entry) return entry
    throw new ExplainerError('model-damaged', this.name, `${this.name} holds no ${file}`)
  }
}

async function listEntries(
  zip: ZipFile,
  name: string,
  limits: ZipLimits,
): Promise<ReadonlyMap<string, Entry>> {
  const refuse = (what: string) => new ExplainerError('model-unsupported', name, `${name} ${what}`)
  if (zip.entryCount > limits.entries)
    throw refuse(`holds ${zip.entryCount} files; at most ${limits.entries} are read`)
  const entries = new Map<string, Entry>()
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      if (entry.isEncrypted()) throw refuse('is encrypted')
      if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
        throw refuse(
          `packs ${entry.fileName} by method ${entry.compressionMethod}; only stored and deflated are read`,
        )
      if (entry.uncompressedSize > LARGEST_RATIO * Math.max(entry.compressedSize, 1024))
        throw refuse(
          `unpacks ${entry.fileName} to ${entry.uncompressedSize} bytes from ${entry.compressedSize}`,
        )
      unpacked += entry.uncompressedSize
      if (unpacked > limits.unpacked) throw refuse(`unpacks to more than ${limits.unpacked} bytes`)
      if (entries.has(entry.fileName)) throw refuse(`holds ${entry.fileName} twice`)
      entries.set(entry.fileName, entry)
    }
  } catch (cause) {
    if (cause instanceof ExplainerError) throw cause
    throw new ExplainerError('model-damaged', name, `${name} is a damaged zip file`, { cause })
  }
  return entries
}
