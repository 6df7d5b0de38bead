import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { z } from 'zod'
import { ExplainerError } from '../errors'
import { type ObjectMask, type Region, regionFromMask } from '../regions'
import { type LibraryPicture, missingPicture, type PictureLibrary, type PictureSize } from './library'
import { damaged, readPictureFile } from './picture'

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const fileName = z.string().regex(/^[\w-]+\.png$/, 'must be the name of a PNG file in the same folder')

const bundledPictureSchema = z.strictObject({
  /** The number that the questions use. */
  number: z.int().min(0),
  file: fileName,
  mask: fileName,
  /** Index of the class that the picture shows. */
  label: z.int().min(0),
  /** Number from which the renderer drew the scene. */
  scene_seed: z.int().min(0),
  title: bilingual,
  /** Named things in the picture, as object ids of the mask. */
  regions: z.array(
    z.strictObject({
      name: bilingual,
      objects: z.array(z.int().min(0).max(255)).min(1),
      /** Whether it is what the picture's class names. */
      explained: z.boolean().default(false),
    }),
  ),
})

const bundleSchema = z
  .strictObject({ note: z.string(), pictures: z.array(bundledPictureSchema).min(1) })
  .superRefine(({ pictures }, context) => {
    for (const [index, { number, regions }] of pictures.entries()) {
      const complain = (message: string) =>
        context.addIssue({ code: 'custom', path: ['pictures', index], message })
      if (number !== index) complain(`has number ${number}; pictures are numbered in order from 0`)
      const objects = regions.flatMap((region) => region.objects)
      if (new Set(objects).size !== objects.length) complain('an object may belong to one region only')
      const names = new Set(regions.map((region) => region.name.en))
      if (names.size !== regions.length) complain('region names must differ')
    }
  })

export type BundledPicture = z.infer<typeof bundledPictureSchema>

/**
 * Reads the list of the pictures that come with the assignment.
 *
 * @param folder holds `pictures.json`, the pictures and their masks.
 * @returns the pictures in the order of their numbers.
 * @throws ExplainerError 'picture-missing' or 'picture-damaged', naming `pictures.json` and what is wrong in it.
 */
export async function readBundledPictures(folder: string): Promise<readonly BundledPicture[]> {
  const path = join(folder, 'pictures.json')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ExplainerError('picture-missing', path, `The list of pictures ${path} cannot be read`, {
      cause,
    })
  })
  const parsed = bundleSchema.safeParse(parseJson(text, path))
  if (!parsed.success) throw damagedList(path, z.prettifyError(parsed.error))
  return parsed.data.pictures
}

/** @throws ExplainerError 'picture-missing' for a number that is not bundled; the message gives the range. */
export function findBundledPicture(pictures: readonly BundledPicture[], number: number): BundledPicture {
  const picture = pictures[number]
  if (picture) return picture
  throw missingPicture(number, `there are 0 to ${pictures.length - 1}`)
}

/**
 * The pictures that come with the assignment. The list and each file are read when they are asked for, so that one that is
 * damaged does not matter to the others, and a repaired one is seen.
 *
 * @param folder holds `pictures.json`, the pictures and their masks.
 */
export function bundledLibrary(folder: string): PictureLibrary {
  return {
    find: async (id) => {
      const pictures = await readBundledPictures(folder)
      return openBundled(folder, findBundledPicture(pictures, Number(id)))
    },
    findByFile: async (name) => {
      const picture = (await readBundledPictures(folder)).find(({ file }) => file === name)
      if (picture) return openBundled(folder, picture)
      throw new ExplainerError('picture-missing', name, `There is no picture ${name} in the list`)
    },
  }
}

async function openBundled(folder: string, picture: BundledPicture): Promise<LibraryPicture> {
  const { number, file, label, title } = picture
  const bytes = await readPictureFile(join(folder, file))
  return {
    id: number,
    name: file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    label,
    title,
    bytes: async () => bytes,
    regions: (size) => readRegions(folder, picture, size),
  }
}

/** Reads a bundled picture's file, and its mask of object ids. @throws ExplainerError as `readMask`. */
export async function readBundledMask(
  folder: string,
  picture: BundledPicture,
): Promise<{ readonly bytes: Buffer; readonly mask: ObjectMask }> {
  const [bytes, mask] = await Promise.all([
    readPictureFile(join(folder, picture.file)),
    readMask(join(folder, picture.mask)),
  ])
  return { bytes, mask }
}

/** Reads a mask file, see `decodeMask`. @throws ExplainerError as `readPicture`. */
export async function readMask(path: string): Promise<ObjectMask> {
  return decodeMask(await readPictureFile(path), path)
}

/**
 * Decodes a mask: a grey PNG whose pixels are object ids.
 *
 * @param path names it in errors.
 * @throws ExplainerError 'picture-damaged'
 */
export async function decodeMask(bytes: Uint8Array, path: string): Promise<ObjectMask> {
  try {
    const image = sharp(bytes, { failOn: 'error' })
    const facts = await image.metadata()
    // Any other layout would be converted by colour, and the ids with it.
    if (facts.format !== 'png' || facts.space !== 'b-w' || facts.channels !== 1 || facts.depth !== 'uchar') {
      throw damaged(path, 'is not a mask: an 8-bit grey PNG is needed')
    }
    const { data, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
    if (info.channels !== 1) throw new Error(`decoded to ${info.channels} channels`)
    return { ids: data, width: info.width, height: info.height }
  } catch (error) {
    if (error instanceof ExplainerError) throw error
    throw damaged(path, 'is damaged and cannot be decoded', error)
  }
}

/**
 * Reads the regions of a bundled picture at the size of the classifier's input.
 *
 * @throws ExplainerError as `readMask`, and 'picture-damaged' where the mask has none of a region's objects.
 */
export async function readRegions(
  folder: string,
  picture: BundledPicture,
  size: PictureSize = { height: 128, width: 128 },
): Promise<readonly Region[]> {
  const path = join(folder, picture.mask)
  const mask = await readMask(path)
  return picture.regions.map(({ name, objects, explained }) => {
    const region = { ...regionFromMask(mask, name, objects, size), explained }
    if (region.coverage.data.some((covered) => covered > 0)) return region
    throw damaged(path, `has no pixel of the region ${name.en} (objects ${objects.join(', ')})`)
  })
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw damagedList(path, 'it is not JSON', cause)
  }
}

function damagedList(path: string, what: string, cause?: unknown): ExplainerError {
  return new ExplainerError('picture-damaged', path, `The list of pictures ${path} is damaged: ${what}`, {
    cause,
  })
}
