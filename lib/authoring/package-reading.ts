import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ExplainerError } from '@/lib/explainers/errors'
import { decodeMask } from '@/lib/explainers/pictures/bundled'
import { type AssignmentDocument, parseAssignmentJson } from '@/lib/interchange/assignment-document'
import { parseAssignmentFile } from '@/lib/interchange/assignment-file'
import { InterchangeError, type InterchangeProblem } from '@/lib/interchange/errors'
import type { PackagedPicture } from '@/lib/interchange/packaged-pictures'
import { ZipContents } from '@/lib/models/zip-file'
import type { NewPicture } from '@/lib/pictures/mutations'
import { PictureRefusal, setLimits } from '@/lib/pictures/refusal'
import { readUploadedPicture } from '@/lib/pictures/upload-reading'
import { maskSizeOf } from '@/lib/pictures/view'

/** An assignment with its pictures: a document and the files that it names, in a zip or a folder. */
export interface PackageFiles {
  /** For messages. */
  readonly name: string
  /** Paths with `/`. */
  readonly files: readonly string[]
  /** @throws InterchangeError for a file that is damaged. */
  read(file: string): Promise<Buffer>
}

export interface ReadPackage {
  readonly document: AssignmentDocument
  /** By the names that the document uses. */
  readonly pictures: ReadonlyMap<string, NewPicture>
}

const documentName = /^(?:[^/]+\/)?assignment\.(yaml|yml|json)$/

/** @throws InterchangeError with everything that is wrong with the zip as a whole. */
export async function withZip<Result>(
  zipPath: string,
  name: string,
  use: (files: PackageFiles) => Promise<Result>,
): Promise<Result> {
  const limits = { entries: setLimits.files, unpacked: setLimits.unpacked }
  const zip = await ZipContents.open(zipPath, name, limits).catch(refused(name))
  try {
    return await use({
      name,
      files: zip.names.filter((file) => !isLitter(file)),
      read: (file) => zip.read(file).catch(refused(name)),
    })
  } finally {
    zip.close()
  }
}

/** What file managers put beside the files. */
const isLitter = (file: string) => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(file)

/** @returns the files of a folder, without those of folders in it. */
export async function folderFiles(folder: string): Promise<PackageFiles> {
  const entries = await readdir(folder, { withFileTypes: true })
  return {
    name: path.basename(folder),
    files: entries.filter((entry) => entry.isFile()).map(({ name }) => name),
    read: (file) => readFile(path.join(folder, file)),
  }
}

const refused = (name: string) => (cause: unknown) => {
  if (!(cause instanceof ExplainerError)) throw cause
  throw wrong(name, '', cause.message, cause)
}

function wrong(name: string, where: string, message: string, cause?: unknown): InterchangeError {
  return new InterchangeError(name, [{ path: where, line: null, message }], { cause })
}

/** Reads document and pictures, and decodes all of them. @throws InterchangeError */
export async function readPackage(files: PackageFiles): Promise<ReadPackage> {
  const documents = files.files.filter((file) => documentName.test(file))
  const [file] = documents
  if (file === undefined || documents.length > 1)
    throw wrong(
      files.name,
      '',
      `holds ${documents.length === 0 ? 'no document' : documents.join(' and ')}; ` +
        'one assignment.yaml or assignment.json is expected, with its pictures beside it',
    )
  const text = utf8(await files.read(file), files.name, file)
  const document = file.endsWith('.json') ? parseAssignmentJson(text, file) : parseAssignmentFile(text, file)
  const beside = file.slice(0, file.lastIndexOf('/') + 1)
  const pictures = new Map<string, NewPicture>()
  const problems: InterchangeProblem[] = []
  for (const [index, picture] of (document.pictures ?? []).entries()) {
    try {
      pictures.set(picture.name, await readPicture(picture, beside, files))
    } catch (error) {
      if (!(error instanceof WrongFile)) throw error
      problems.push({ path: `pictures[${index}].${error.field}`, line: null, message: error.message })
    }
  }
  const [first, ...others] = problems
  if (first) throw new InterchangeError(file, [first, ...others])
  return { document, pictures }
}

function utf8(bytes: Buffer, name: string, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw wrong(name, '', `${file} is not UTF-8 text`, cause)
  }
}

class WrongFile extends Error {
  override readonly name = 'WrongFile'

  constructor(
    readonly field: 'file' | 'mask',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

async function readPicture(
  { title, class: label, regions, file, mask }: PackagedPicture,
  beside: string,
  files: PackageFiles,
): Promise<NewPicture> {
  const bytesOf = async (field: 'file' | 'mask', name: string) => {
    if (!files.files.includes(beside + name)) throw new WrongFile(field, `there is no file ${name}`)
    return files.read(beside + name)
  }
  const upload = await readUploadedPicture(await bytesOf('file', file)).catch((cause: unknown) => {
    if (cause instanceof PictureRefusal) throw new WrongFile('file', `${file}: ${cause.message}`, { cause })
    throw cause
  })
  if (mask === undefined) return { upload, title, label }
  const decoded = await decodeMask(await bytesOf('mask', mask), mask).catch((cause: unknown) => {
    if (cause instanceof ExplainerError) throw new WrongFile('mask', cause.message, { cause })
    throw cause
  })
  const size = maskSizeOf(upload)
  if (decoded.width !== size.width || decoded.height !== size.height)
    throw new WrongFile(
      'mask',
      `${mask} is ${decoded.width}×${decoded.height}; expected ${size.width}×${size.height}`,
    )
  const seen = new Set(decoded.ids)
  const absent = regions.findIndex((_, index) => !seen.has(index + 1))
  if (absent >= 0) throw new WrongFile('mask', `${mask} has no pixel of region ${absent + 1}`)
  const most = [...seen].reduce((a, b) => Math.max(a, b), 0)
  if (most > regions.length)
    throw new WrongFile('mask', `${mask} names region ${most}; there are ${regions.length}`)
  return { upload, title, label, regions, mask: decoded }
}
