import sharp from 'sharp'
import { PictureRefusal, pictureLimits } from '@/lib/pictures/refusal'

export interface ReadUpload {
  /** 8-bit sRGB without transparency and without metadata. */
  readonly png: Buffer
  readonly width: number
  readonly height: number
}

/**
 * Makes a picture of an uploaded file: type by content, size by header before any pixel is decoded, upright, transparency
 * on white, colours in sRGB, at most `pictureLimits.keptSide` long, encoded anew so that nothing but its pixels is kept.
 *
 * @throws PictureRefusal
 */
export async function readUploadedPicture(bytes: Uint8Array): Promise<ReadUpload> {
  if (bytes.byteLength === 0) throw new PictureRefusal('empty')
  if (bytes.byteLength > pictureLimits.bytes) throw new PictureRefusal('too-many-bytes')
  const format = formatOf(bytes)
  if (!format) throw new PictureRefusal('wrong-type')
  const facts = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new PictureRefusal('damaged', { cause })
    })
  if (facts.format !== format) throw new PictureRefusal('wrong-type')
  if (facts.width * facts.height > pictureLimits.pixels) throw new PictureRefusal('too-many-pixels')
  if ((facts.pages ?? 1) > 1) throw new PictureRefusal('animated')
  if (Math.min(facts.width, facts.height) < pictureLimits.leastSide) throw new PictureRefusal('too-small')
  try {
    const side = pictureLimits.keptSide
    const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: pictureLimits.pixels })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true })
    return { png: data, width: info.width, height: info.height }
  } catch (cause) {
    throw new PictureRefusal('damaged', { cause })
  }
}

/** @returns the format by the file's first bytes; undefined for any but those that are taken. */
function formatOf(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  return start.startsWith('RIFF') && start.slice(8) === 'WEBP' ? 'webp' : undefined
}
