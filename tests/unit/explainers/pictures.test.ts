import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeNpy } from '@/lib/explainers/npy'
import {
  findBundledPicture,
  readBundledPictures,
  readMask,
  readRegions,
} from '@/lib/explainers/pictures/bundled'
import { readPicture } from '@/lib/explainers/pictures/picture'
import { resizeTriangle } from '@/lib/explainers/pictures/resize'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pictures-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A picture whose bytes Pillow's answers below were computed from. */
function patternPicture(width: number, height: number) {
  const data = new Uint8Array(3 * width * height)
  for (let i = 0; i < data.length; i++) {
    const channel = i % 3
    const x = Math.floor(i / 3) % width
    const y = Math.floor(i / 3 / width)
    data[i] = (x * 37 + y * 91 + channel * 53 + x * y * 7) % 256
  }
  return { data, width, height }
}

describe('resizeTriangle', () => {
  test('gives the bytes of Pillow 9.4 for a small reduction', () => {
    // Image.fromarray(pattern).resize((3, 2), Image.BILINEAR)
    const expected = [
      105, 133, 143, 125, 129, 144, 133, 134, 127, 124, 135, 130, 139, 140, 134, 151, 132, 125,
    ]
    expect([...resizeTriangle(patternPicture(7, 5), 3, 2).data]).toEqual(expected)
  })

  test.each([
    [301, 203, 'e022d84123beed2a14b4ad20ac610d4c9c1e6f6782fe312e84183c492ccc50ee'],
    [640, 480, 'a4716b66cc719a2d780fbb4b4783b118c8218a391e5363db35177c722471b339'],
    [100, 90, '95e589587d8a6248ad360beb8f4397ec66825669a0ea507702ea81aef1984f34'],
    [128, 300, 'e2be33882f02dceea672af72f28b51a17c34b016af0aa16aa9de1386f4d55c55'],
  ])('gives the bytes of Pillow 9.4 for %i×%i to 128×128', (width, height, expected) => {
    const { data } = resizeTriangle(patternPicture(width, height), 128, 128)
    expect(createHash('sha256').update(data).digest('hex')).toBe(expected)
  })
})

describe('readPicture', () => {
  test.each([0, 2, 5])('reads picture %i as the reference implementation does', async (number) => {
    const picture = await readPicture(`public/pictures/${number}.png`)
    const expected = decodeNpy(await readFile(`tests/fixtures/reference/picture${number}_input.npy`))
    expect(picture.input.shape).toEqual([3, 128, 128])
    expect(picture.input.data).toEqual(expected.data)
    expect([picture.width, picture.height]).toEqual([512, 512])
    expect(picture.name).toBe(`${number}.png`)
    const bytes = await readFile(`public/pictures/${number}.png`)
    expect(picture.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  test('turns a photograph upright by its EXIF orientation', async () => {
    const path = join(folder, 'turned.png')
    const { data, width, height } = patternPicture(8, 4)
    const raw = { raw: { width, height, channels: 3 as const } }
    // Orientation 6: the first row of the file is the right-hand side of the scene.
    await sharp(data, raw).withMetadata({ orientation: 6 }).png().toFile(path)
    const picture = await readPicture(path)
    expect([picture.width, picture.height]).toEqual([4, 8])
    const topRight = [...picture.original.data.subarray(9, 12)]
    expect(topRight).toEqual([...data.subarray(0, 3)])
  })

  test('flattens transparency on white and reads grey pictures as RGB', async () => {
    const transparent = join(folder, 'transparent.png')
    const clear = { width: 4, height: 4, channels: 4 as const, background: { r: 10, g: 20, b: 30, alpha: 0 } }
    await sharp({ create: clear }).png().toFile(transparent)
    expect((await readPicture(transparent)).input.data.every((value) => value === 1)).toBe(true)

    const grey = join(folder, 'grey.png')
    await sharp(new Uint8Array([51, 51, 51, 51]), { raw: { width: 2, height: 2, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toFile(grey)
    const { input } = await readPicture(grey, { height: 2, width: 2 })
    expect([...input.data]).toEqual(Array(12).fill(Math.fround(0.2)))
  })

  test('keeps the size that is asked for', async () => {
    const { input } = await readPicture('public/pictures/1.png', { height: 32, width: 48 })
    expect(input.shape).toEqual([3, 32, 48])
    expect(input.data.length).toBe(3 * 32 * 48)
  })

  test('says which picture is missing', async () => {
    const path = join(folder, 'nothing.png')
    await expect(readPicture(path)).rejects.toMatchObject({ code: 'picture-missing', subject: path })
    await expect(readPicture(folder)).rejects.toMatchObject({ code: 'picture-missing', subject: folder })
  })

  test('refuses files that are no pictures, cut-off pictures, and drawings', async () => {
    const text = join(folder, 'text.png')
    await writeFile(text, 'not a picture')
    const cut = join(folder, 'cut.png')
    await writeFile(cut, (await readFile('public/pictures/0.png')).subarray(0, 100_000))
    const cutPhotograph = join(folder, 'cut.jpg')
    const photograph = await sharp('public/pictures/0.png').jpeg().toBuffer()
    await writeFile(cutPhotograph, photograph.subarray(0, photograph.length / 2))
    const drawing = join(folder, 'drawing.svg')
    await writeFile(drawing, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    for (const path of [text, cut, cutPhotograph, drawing]) {
      await expect(readPicture(path), path).rejects.toMatchObject({ code: 'picture-damaged', subject: path })
    }
  })

  test('refuses pictures over the limits before decoding them', async () => {
    const wide = join(folder, 'wide.png')
    await sharp({ create: { width: 10_000, height: 5_001, channels: 3, background: 'black' } })
      .png()
      .toFile(wide)
    await expect(readPicture(wide)).rejects.toThrow('50010000 pixels; at most 50000000')
    const heavy = join(folder, 'heavy.png')
    await writeFile(heavy, new Uint8Array(32 * 1024 * 1024 + 1))
    await expect(readPicture(heavy)).rejects.toThrow('33554433 bytes; at most 33554432')
  })
})

describe('the bundled pictures', () => {
  test('are ten, numbered in order, with names in both languages', async () => {
    const pictures = await readBundledPictures('public/pictures')
    expect(pictures.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(pictures.map(({ label }) => label)).toEqual([0, 1, 1, 2, 2, 3, 5, 6, 8, 9])
    const second = findBundledPicture(pictures, 2)
    expect(second.regions.map(({ name }) => name.en)).toEqual(['table', 'milk bottle', 'strawberry'])
    expect(second.regions.map(({ name }) => name.zh)).toEqual(['桌子', '牛奶瓶', '草莓'])
    expect(() => findBundledPicture(pictures, 10)).toThrow('There is no picture 10; there are 0 to 9')
    expect(() => findBundledPicture(pictures, -1)).toThrow('There is no picture -1')
  })

  test('have masks whose regions cover each pixel exactly once', async () => {
    for (const picture of await readBundledPictures('public/pictures')) {
      const regions = await readRegions('public/pictures', picture)
      for (let pixel = 0; pixel < 128 * 128; pixel++) {
        const covered = regions.reduce((sum, { coverage }) => sum + coverage.data[pixel]!, 0)
        if (Math.abs(covered - 1) > 1e-6)
          throw new Error(`picture ${picture.number}, pixel ${pixel}: ${covered}`)
      }
    }
  })

  test('are refused with the place of the mistake', async () => {
    const list = JSON.parse(await readFile('public/pictures/pictures.json', 'utf8'))
    list.pictures[3].regions[0].objects = [300]
    await writeFile(join(folder, 'pictures.json'), JSON.stringify(list))
    await expect(readBundledPictures(folder)).rejects.toThrow(/pictures\[3\]\.regions\[0\]\.objects/)
    list.pictures[3].regions[0].objects = [2]
    await writeFile(join(folder, 'pictures.json'), JSON.stringify(list))
    await expect(readBundledPictures(folder)).rejects.toThrow('an object may belong to one region only')
    await writeFile(join(folder, 'pictures.json'), '{')
    await expect(readBundledPictures(folder)).rejects.toMatchObject({ code: 'picture-damaged' })
    await expect(readBundledPictures(join(folder, 'none'))).rejects.toMatchObject({ code: 'picture-missing' })
  })

  test('a picture in colour is no mask', async () => {
    await expect(readMask('public/pictures/0.png')).rejects.toThrow('an 8-bit grey PNG is needed')
  })
})
