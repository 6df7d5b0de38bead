import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { Problem } from '@/lib/api/problem'
import type { CourseAccess } from '@/lib/auth/gate'
import { ExplainerError } from '@/lib/explainers/errors'
import { className, homeworkClasses } from '@/lib/explainers/figures/wording'
import {
  type BundledPicture,
  findBundledPicture,
  readBundledMask,
  readBundledPictures,
} from '@/lib/explainers/pictures/bundled'
import { bundledPicturesFolder } from '@/lib/figures/sources'
import { withSpooled } from '@/lib/objects/service'
import { ObjectError } from '@/lib/objects/store'
import { readKnownPictures } from '@/lib/pictures/data'
import { packBytes } from '@/lib/pictures/mask'
import { type AddedPicture, addPictures } from '@/lib/pictures/mutations'
import type { SetProblem } from '@/lib/pictures/picture-problems'
import { PictureSet, type SetFile, SetRefusal } from '@/lib/pictures/picture-set'
import { PictureRefusal, pictureLimits, setLimits } from '@/lib/pictures/refusal'
import { type ReadUpload, readUploadedPicture } from '@/lib/pictures/upload-reading'
import type { PictureLine, PictureView, SetLine } from '@/lib/pictures/view'

type Editing = CourseAccess<'picture.edit'>
type Bytes = AsyncIterable<Uint8Array>

/**
 * Takes in one picture as it arrives.
 * @param title in both languages, until somebody writes better ones
 * @throws Problem `picture-refused` that says why
 */
export async function uploadPicture(access: Editing, body: Bytes, title: string): Promise<AddedPicture> {
  const upload = await readUpload(body)
  const [added] = await addPictures(access, [{ upload, title: { zh: title, en: title }, label: null }])
  return added!
}

async function readUpload(body: Bytes): Promise<ReadUpload> {
  try {
    return await readUploadedPicture(await buffer(atMost(pictureLimits.bytes, body)))
  } catch (cause) {
    if (!(cause instanceof PictureRefusal)) throw cause
    throw new Problem('picture-refused', cause.reason, { facts: { reason: cause.reason }, cause })
  }
}

/** Stops reading as soon as there is more. */
async function* atMost(bytes: number, chunks: Bytes): AsyncGenerator<Uint8Array> {
  let read = 0
  for await (const chunk of chunks) {
    read += chunk.byteLength
    if (read > bytes) throw new PictureRefusal('too-many-bytes')
    yield chunk
  }
}

/**
 * Takes in a zip of pictures named `class_number`, all of it or nothing.
 * @param apply false: only says what would be done
 * @throws Problem `pictures-refused` with every line that cannot be taken
 */
export async function importPictures(
  access: Editing,
  body: Bytes,
  apply: boolean,
): Promise<{ readonly applied: boolean; readonly pictures: readonly SetLine[] }> {
  try {
    return await withSpooled(body, { limit: setLimits.bytes }, ({ path }) => importFile(access, path, apply))
  } catch (cause) {
    if (cause instanceof SetRefusal) throw refusedSet(cause.lines, cause)
    if (cause instanceof ObjectError && cause.code === 'object-too-large')
      throw refusedSet([{ file: null, reason: 'zip-too-large' }], cause)
    throw cause
  }
}

const refusedSet = (lines: readonly SetProblem[], cause: unknown) =>
  new Problem('pictures-refused', undefined, { facts: { lines }, cause })

async function importFile(access: Editing, path: string, apply: boolean) {
  const set = await PictureSet.open(path)
  try {
    // Everything is decoded before anything is stored.
    const checked = await checkSet(set)
    const known = await readKnownPictures(
      access.courseId,
      checked.map(({ sha256 }) => sha256),
    )
    if (apply) await addPictures(access, picturesOf(set))
    const pictures = checked.map(
      ({ file, label, sha256 }): SetLine => ({ file, label, state: known.has(sha256) ? 'known' : 'new' }),
    )
    return { applied: apply, pictures }
  } finally {
    set.close()
  }
}

async function checkSet(set: PictureSet): Promise<(SetFile & { readonly sha256: string })[]> {
  const problems: SetProblem[] = []
  const checked = new Map<string, SetFile & { readonly sha256: string }>()
  for (const entry of set.files) {
    try {
      const { png } = await readUploadedPicture(await set.read(entry.file))
      const sha256 = createHash('sha256').update(png).digest('hex')
      if (checked.has(sha256)) problems.push({ file: entry.file, reason: 'twice' })
      else checked.set(sha256, { ...entry, sha256 })
    } catch (error) {
      if (error instanceof PictureRefusal) problems.push({ file: entry.file, reason: error.reason })
      else if (error instanceof SetRefusal) problems.push(...error.lines)
      else throw error
    }
  }
  if (problems.length > 0) throw new SetRefusal(problems)
  return [...checked.values()]
}

async function* picturesOf(set: PictureSet) {
  for (const { file, label, number } of set.files) {
    const title = `${label}_${number}`
    const upload = await readUploadedPicture(await set.read(file))
    yield { upload, title: { zh: title, en: title }, label }
  }
}

/** The bundled pictures as lines of a list, named by their numbers. */
export async function readBundledLines(): Promise<PictureLine[]> {
  return (await readBundledPictures(bundledPicturesFolder())).map(lineOf)
}

function lineOf({ number, title, label, regions }: BundledPicture): PictureLine {
  return {
    pictureId: String(number),
    title,
    label,
    className: className(homeworkClasses, label),
    width: 512,
    height: 512,
    regions: regions.length,
    archived: false,
  }
}

/** A bundled picture as its page shows it. @throws Problem `not-found` */
export async function readBundledView(number: number): Promise<PictureView> {
  const { picture, regions, mask } = await readBundled(number)
  const { width, height, ids } = mask
  return {
    ...lineOf(picture),
    width,
    height,
    revision: 1,
    regions,
    mask: { width, height, deflated: packBytes(ids) },
    look: { state: 'none' },
    usedBy: [],
  }
}

/** Copies a bundled picture with its class and regions into the course. @throws Problem `not-found` */
export async function copyBundledPicture(access: Editing, number: number): Promise<AddedPicture> {
  const { picture, bytes, regions, mask } = await readBundled(number)
  const upload = await readUploadedPicture(bytes)
  const { title, label } = picture
  const [added] = await addPictures(access, [{ upload, title, label, regions, mask }])
  return added!
}

/** The mask has the ids of regions instead of those of objects. */
async function readBundled(number: number) {
  const folder = bundledPicturesFolder()
  try {
    const picture = findBundledPicture(await readBundledPictures(folder), number)
    const { bytes, mask } = await readBundledMask(folder, picture)
    const places = new Map(
      picture.regions.flatMap(({ objects }, index) => objects.map((object) => [object, index + 1] as const)),
    )
    return {
      picture,
      bytes,
      regions: picture.regions.map(({ name, explained }) => ({ name, explained })),
      mask: { ...mask, ids: mask.ids.map((object) => places.get(object) ?? 0) },
    }
  } catch (cause) {
    if (!(cause instanceof ExplainerError)) throw cause
    throw new Problem('not-found', cause.message, { cause })
  }
}
