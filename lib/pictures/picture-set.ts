import { buffer } from 'node:stream/consumers'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { SetProblem, SetReason } from '@/lib/pictures/picture-problems'
import { setLimits } from '@/lib/pictures/refusal'

/** Raised with everything that is wrong with a zip of pictures. */
export class SetRefusal extends Error {
  override readonly name = 'SetRefusal'

  constructor(
    readonly lines: readonly SetProblem[],
    options?: { cause?: unknown },
  ) {
    super(lines.map(({ file, reason }) => `${file ?? 'zip'}: ${reason}`).join('; '), options)
  }
}

const refuse = (reason: SetReason, cause?: unknown) => new SetRefusal([{ file: null, reason }], { cause })

/** @returns class and number of a file of the course's `food.zip`; null for any other name. */
export function readSetName(file: string): { readonly label: number; readonly number: number } | null {
  const [, label, number] = /^(?:.*\/)?(\d{1,3})_(\d{1,9})\.(?:jpe?g|png|webp)$/i.exec(file) ?? []
  return label === undefined ? null : { label: Number(label), number: Number(number) }
}

/** What file managers put beside the pictures. */
const isLitter = (file: string) => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(file)

export interface SetFile {
  readonly file: string
  readonly label: number
  readonly number: number
}

/** A zip of pictures whose list has been checked before any of them is unpacked. */
export class PictureSet {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    /** By class, then by number. */
    readonly files: readonly SetFile[],
  ) {}

  /** @throws SetRefusal */
  static async open(path: string): Promise<PictureSet> {
    const zip = await yauzl
      .openPromise(path, { lazyEntries: true, autoClose: false })
      .catch((cause: unknown) => {
        throw refuse('not-a-zip', cause)
      })
    try {
      const entries = await listEntries(zip)
      const names = [...entries.keys()].map((file) => ({ file, name: readSetName(file) }))
      const wrong = names.filter(({ name }) => !name)
      if (wrong.length > 0) throw new SetRefusal(wrong.map(({ file }) => ({ file, reason: 'name' })))
      if (names.length === 0) throw refuse('no-pictures')
      const files = names
        .map(({ file, name }) => ({ file, ...name! }))
        .sort((a, b) => a.label - b.label || a.number - b.number)
      return new PictureSet(zip, entries, files)
    } catch (error) {
      zip.close()
      throw error
    }
  }

  /** Unpacks a file; its length and checksum are compared as it is read. @throws SetRefusal */
  async read(file: string): Promise<Buffer> {
    const entry = this.entries.get(file)!
    try {
      return await buffer(await this.zip.openReadStreamPromise(entry))
    } catch (cause) {
      throw new SetRefusal([{ file, reason: 'damaged' }], { cause })
    }
  }

  close(): void {
    this.zip.close()
  }
}

async function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > setLimits.files) throw refuse('too-many-files')
  const entries = new Map<string, Entry>()
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || isLitter(entry.fileName)) continue
      if (entry.isEncrypted()) throw refuse('encrypted')
      if (entry.uncompressedSize > setLimits.ratio * Math.max(entry.compressedSize, 1024))
        throw refuse('packed-too-tight')
      unpacked += entry.uncompressedSize
      if (unpacked > setLimits.unpacked) throw refuse('unpacks-too-large')
      if (entries.has(entry.fileName)) throw new SetRefusal([{ file: entry.fileName, reason: 'name-twice' }])
      entries.set(entry.fileName, entry)
    }
  } catch (cause) {
    if (cause instanceof SetRefusal) throw cause
    const isName =
      cause instanceof Error && /relative path|absolute path|invalid characters/.test(cause.message)
    throw refuse(isName ? 'unsafe-name' : 'not-a-zip', cause)
  }
  return entries
}
