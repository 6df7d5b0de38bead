import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp from 'sharp'
import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import type { PictureSize } from './library'
import { type RgbPicture, resizeTriangle } from './resize'

/** Formats of pictures that are read. Drawings (SVG, PDF) are refused: they can point to other files. */
export const PICTURE_FORMATS: readonly string[] = ['png', 'jpeg', 'webp', 'gif', 'tiff', 'avif']
export const MAXIMUM_PICTURE_BYTES = 32 * 1024 * 1024
export const MAXIMUM_PICTURE_PIXELS = 50_000_000

/** A picture as the classifier sees it, and as it was. */
export interface Picture {
  /** The file's name without its folder. */
  readonly name: string
  /** Lower-case hexadecimal SHA-256 of the file's bytes. */
  readonly sha256: string
  /** [3, height, width] of the classifier's input, RGB, 0 to 1. */
  readonly input: FloatTensor
  /** Size of the picture before resizing, upright. */
  readonly width: number
  readonly height: number
  /** The upright picture at its own size, transparency on white. */
  readonly original: RgbPicture
}

/**
 * Reads a picture file and resizes it for a classifier: EXIF orientation applied, transparency flattened on white,
 * first frame of an animation, antialiased triangle filter, aspect ratio not kept, no mean or deviation.
 *
 * @param size of the classifier's input; the homework's is 128×128.
 * @throws ExplainerError 'picture-missing' where there is no such file; 'picture-damaged' where it is not a whole
 * picture of a known format or is over the limits of bytes and pixels.
 */
export async function readPicture(
  path: string,
  size: PictureSize = { height: 128, width: 128 },
): Promise<Picture> {
  return preparePicture(await readPictureFile(path), basename(path), size, path)
}

/**
 * As `readPicture`, of bytes that are there.
 *
 * @param subject names it in errors. @throws ExplainerError 'picture-damaged'
 */
export async function preparePicture(
  bytes: Uint8Array,
  name: string,
  size: PictureSize,
  subject = name,
): Promise<Picture> {
  const original = await decodePicture(bytes, subject)
  return {
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    input: toInput(resizeTriangle(original, size.width, size.height)),
    width: original.width,
    height: original.height,
    original,
  }
}

/** @returns the bytes of a file that is small enough to be a picture. @throws as `readPicture`. */
export async function readPictureFile(path: string): Promise<Buffer> {
  try {
    const facts = await stat(path)
    if (!facts.isFile()) throw new ExplainerError('picture-missing', path, `${path} is not a file`)
    if (facts.size > MAXIMUM_PICTURE_BYTES) {
      throw damaged(path, `has ${facts.size} bytes; at most ${MAXIMUM_PICTURE_BYTES} are allowed`)
    }
    return await readFile(path)
  } catch (error) {
    if (error instanceof ExplainerError) throw error
    const reason = (error as NodeJS.ErrnoException).code === 'EACCES' ? 'may not be read' : 'does not exist'
    throw new ExplainerError('picture-missing', path, `The picture ${path} ${reason}`, { cause: error })
  }
}

/** @returns 8-bit RGB of an encoded picture. @param subject names it in errors. @throws as `readPicture`. */
export async function decodePicture(bytes: Uint8Array, subject: string): Promise<RgbPicture> {
  await checkPicture(bytes, subject)
  try {
    const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: MAXIMUM_PICTURE_PIXELS })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== 3) throw new Error(`decoded to ${info.channels} channels`)
    return { data, width: info.width, height: info.height }
  } catch (error) {
    throw damaged(subject, 'is damaged and cannot be decoded', error)
  }
}

async function checkPicture(bytes: Uint8Array, subject: string): Promise<void> {
  const facts = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw damaged(subject, `is not a picture; allowed formats are ${PICTURE_FORMATS.join(', ')}`, error)
    })
  const format = facts.format === 'heif' && facts.compression === 'av1' ? 'avif' : facts.format
  if (!PICTURE_FORMATS.includes(format ?? '')) {
    throw damaged(subject, `is of the format ${format}; allowed are ${PICTURE_FORMATS.join(', ')}`)
  }
  const pixels = facts.width * facts.height
  if (pixels > MAXIMUM_PICTURE_PIXELS) {
    throw damaged(subject, `has ${pixels} pixels; at most ${MAXIMUM_PICTURE_PIXELS} are allowed`)
  }
}

/** @returns [3, height, width], values byte / 255. */
function toInput(picture: RgbPicture): FloatTensor {
  const { width, height } = picture
  const plane = width * height
  const data = new Float32Array(3 * plane)
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      data[channel * plane + pixel] = picture.data[3 * pixel + channel]! / 255
    }
  }
  return { data, shape: [3, height, width] }
}

export function damaged(subject: string, what: string, cause?: unknown): ExplainerError {
  return new ExplainerError('picture-damaged', subject, `The picture ${subject} ${what}`, { cause })
}
