import { readdirSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { POST as postSet } from '@/app/api/courses/[courseSlug]/picture-sets/route'
import { POST as postPicture } from '@/app/api/courses/[courseSlug]/pictures/route'
import { GET as getImage } from '@/app/api/pictures/[pictureId]/image/route'
import { DELETE, GET, PUT } from '@/app/api/pictures/[pictureId]/route'
import { authorizeCourse, authorizeQuestion, type Viewer } from '@/lib/auth/gate'
import { ownDataFolder } from '@/lib/data-folder'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { type FigureSpec, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { trustSpecOf } from '@/lib/explainers/figures/trust-spec'
import { installedSources } from '@/lib/figures/installed-sources'
import { ensureFigures } from '@/lib/figures/mutations'
import { requestNaming } from '@/lib/figures/service'
import { ClassifierShelf } from '@/lib/jobs/classifier-shelf'
import { computationLocks } from '@/lib/jobs/computation-locks'
import { drawFigure } from '@/lib/jobs/draw-figure'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import { openLockConnection } from '@/lib/jobs/lock-connection'
import { lookAtPicture } from '@/lib/jobs/look-at-picture'
import { copyBundledPicture } from '@/lib/pictures/service'
import type { PictureView } from '@/lib/pictures/view'
import { publishQuestion } from '@/lib/questions/mutations'
import { type Classroom, call, openClassroom, question } from './classroom'
import { makeZip } from './zip-making'

const sources = installedSources()
const shelf = new ClassifierShelf(sources)
let room: Classroom
let instructor: Viewer

beforeEach(async () => {
  await staffDatabase.course.deleteMany()
  await staffDatabase.figureRequest.deleteMany()
  room = await openClassroom()
  instructor = await room.enrol('INSTRUCTOR')
})
afterAll(() => shelf.close())

const photograph = (width = 80, height = 40, colour = '#a05020') =>
  sharp({ create: { width, height, channels: 3, background: colour } })

async function upload(bytes: Uint8Array, viewer = instructor) {
  const params = { courseSlug: room.courseSlug }
  const response = await call(postPicture, 'POST', viewer, {
    params,
    query: '?title=Soup',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  })
  return { status: response.status, body: await response.json() }
}

async function importZip(bytes: Uint8Array, apply: boolean) {
  const response = await call(postSet, 'POST', instructor, {
    params: { courseSlug: room.courseSlug },
    query: `?apply=${apply}`,
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/zip' },
  })
  return { status: response.status, body: await response.json() }
}

async function read(pictureId: string): Promise<PictureView> {
  return (await call(GET, 'GET', instructor, { params: { pictureId } })).json()
}

const imageOf = async (pictureId: string) =>
  Buffer.from(await (await call(getImage, 'GET', instructor, { params: { pictureId } })).arrayBuffer())

/** What a refused upload must not have added to. */
async function traces() {
  const incoming = path.join(ownDataFolder(), 'cache', 'incoming')
  return {
    pictures: await staffDatabase.picture.count(),
    objects: await staffDatabase.storedObject.count(),
    files: readdirSync(incoming, { recursive: true }).length,
  }
}

/** The header of a PNG with another size; its checksum is right. */
function claiming(png: Buffer, width: number, height: number): Buffer {
  const claimed = Buffer.from(png)
  claimed.writeUInt32BE(width, 16)
  claimed.writeUInt32BE(height, 20)
  claimed.writeUInt32BE(crc32(claimed.subarray(12, 29)), 29)
  return claimed
}

describe('an uploaded picture', () => {
  it('is kept upright, in sRGB, on white, without what its file said of itself', async () => {
    // Red on the left; orientation 6: to be turned by a quarter, so that red comes to the top.
    const pixels = Buffer.alloc(3 * 80 * 40)
    for (let i = 0; i < pixels.length; i += 3) pixels[i + ((i / 3) % 80 < 40 ? 0 : 2)] = 255
    const jpeg = await sharp(pixels, { raw: { width: 80, height: 40, channels: 3 } })
      .withExif({ IFD0: { Copyright: 'SECRET PLACE' } })
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer()
    const { status, body } = await upload(Buffer.concat([jpeg, Buffer.from('PK\x03\x04 a zip behind it')]))
    expect(status).toBe(200)
    const png = await imageOf(body.pictureId)
    expect(png.includes('SECRET') || png.includes('a zip behind it')).toBe(false)
    const facts = await sharp(png).metadata()
    expect(facts).toMatchObject({
      format: 'png',
      width: 40,
      height: 80,
      space: 'srgb',
      channels: 3,
      depth: 'uchar',
    })
    expect(facts.exif ?? facts.icc ?? facts.xmp).toBeUndefined()
    const [red, , blue] = await sharp(png).extract({ left: 20, top: 5, width: 1, height: 1 }).raw().toBuffer()
    expect([red! > 200, blue! < 60]).toEqual([true, true])

    const glass = await sharp({
      create: { width: 2000, height: 1000, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .webp()
      .toBuffer()
    const onWhite = await imageOf((await upload(glass)).body.pictureId)
    expect(await sharp(onWhite).metadata()).toMatchObject({ width: 1024, height: 512, channels: 3 })
    expect((await sharp(onWhite).stats()).channels.map(({ min }) => min)).toEqual([255, 255, 255])

    const print = await photograph().toColourspace('cmyk').jpeg().toBuffer()
    expect(await sharp(await imageOf((await upload(print)).body.pictureId)).metadata()).toMatchObject({
      space: 'srgb',
    })
    const deep = await photograph().toColourspace('rgb16').png().toBuffer()
    expect(await sharp(await imageOf((await upload(deep)).body.pictureId)).metadata()).toMatchObject({
      depth: 'uchar',
    })
  })

  it('of which the course has the same is that one', async () => {
    const png = await photograph().png().toBuffer()
    const first = await upload(png)
    expect(first.body.known).toBe(false)
    expect(await upload(png)).toEqual({ status: 200, body: { pictureId: first.body.pictureId, known: true } })
  })

  it('is refused with its reason, and leaves nothing behind', async () => {
    const png = await photograph().png().toBuffer()
    const jpeg = await photograph(400, 400).jpeg().toBuffer()
    const frames = await sharp(Buffer.alloc(3 * 40 * 80).fill(200, 3 * 40 * 40), {
      raw: { width: 40, height: 80, channels: 3, pageHeight: 40 },
    })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer()
    const files: [string, Uint8Array][] = [
      ['empty', new Uint8Array()],
      ['damaged', jpeg.subarray(0, jpeg.length / 2)],
      ['damaged', png.subarray(0, 60)],
      ['too-many-pixels', claiming(png, 20_000, 20_000)],
      ['too-many-bytes', Buffer.concat([jpeg, Buffer.alloc(13 * 1024 * 1024)])],
      [
        'wrong-type',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
      ],
      ['wrong-type', Buffer.from('soup.jpg is only its name')],
      ['wrong-type', await photograph().gif().toBuffer()],
      ['wrong-type', makeZip([{ name: '0_1.png', bytes: png }])],
      ['too-small', await photograph(31, 400).png().toBuffer()],
      ['animated', frames],
    ]
    await upload(await photograph(50, 50).png().toBuffer())
    await importZip(makeZip([{ name: '0_1.png', bytes: png }]), false)
    const before = await traces()
    for (const [reason, bytes] of files) {
      const { status, body } = await upload(bytes)
      expect({ status, code: body.code, reason: body.reason }).toEqual({
        status: 422,
        code: 'picture-refused',
        reason,
      })
    }
    expect(await traces()).toEqual(before)
  })
})

describe('a zip of pictures', () => {
  const picture = (colour: string) => photograph(40, 40, colour).png().toBuffer()

  it('is told about, then taken in by class and number, and known the next time', async () => {
    const zip = makeZip([
      { name: 'food/10_2.png', bytes: await picture('#111111') },
      { name: 'food/2_10.jpg', bytes: await picture('#222222') },
      { name: 'food/2_9.png', bytes: await picture('#333333'), deflated: true },
      { name: '__MACOSX/._2_9.png', bytes: new Uint8Array(10) },
    ])
    const told = await importZip(zip, false)
    expect(told.body).toEqual({
      applied: false,
      pictures: [
        { file: 'food/2_9.png', label: 2, state: 'new' },
        { file: 'food/2_10.jpg', label: 2, state: 'new' },
        { file: 'food/10_2.png', label: 10, state: 'new' },
      ],
    })
    expect(await staffDatabase.picture.count()).toBe(0)
    await importZip(zip, true)
    const revisions = await staffDatabase.pictureRevision.findMany({
      orderBy: { picture: { createdAt: 'asc' } },
    })
    expect(revisions.map(({ title, label }) => [title, label])).toEqual(
      [
        ['2_9', 2],
        ['2_10', 2],
        ['10_2', 10],
      ].map(([name, label]) => [{ zh: name, en: name }, label]),
    )
    const again = await importZip(zip, true)
    expect(again.body.pictures.map(({ state }: { state: string }) => state)).toEqual([
      'known',
      'known',
      'known',
    ])
    expect(await staffDatabase.picture.count()).toBe(3)
  })

  it('is refused with every line that is wrong, and leaves nothing behind', async () => {
    const png = await picture('#444444')
    const cases: [Uint8Array, { file: string | null; reason: string }[]][] = [
      [new Uint8Array(), [{ file: null, reason: 'not-a-zip' }]],
      [Buffer.from('no zip'), [{ file: null, reason: 'not-a-zip' }]],
      [makeZip([]), [{ file: null, reason: 'no-pictures' }]],
      [makeZip([{ name: '0_1.png', bytes: png }]).subarray(0, 100), [{ file: null, reason: 'not-a-zip' }]],
      [makeZip([{ name: '../../0_1.png', bytes: png }]), [{ file: null, reason: 'unsafe-name' }]],
      [makeZip([{ name: '/etc/0_1.png', bytes: png }]), [{ file: null, reason: 'unsafe-name' }]],
      [
        makeZip([{ name: '0_1.png', bytes: new Uint8Array(40_000_000), deflated: true }]),
        [{ file: null, reason: 'packed-too-tight' }],
      ],
      [
        makeZip(Array.from({ length: 1001 }, (_, n) => ({ name: `0_${n}.png`, bytes: new Uint8Array(1) }))),
        [{ file: null, reason: 'too-many-files' }],
      ],
      [
        makeZip([
          { name: '0_1.png', bytes: png },
          { name: '0_1.png', bytes: await picture('#555555') },
        ]),
        [{ file: '0_1.png', reason: 'name-twice' }],
      ],
      [
        makeZip([
          { name: 'soup.png', bytes: png },
          { name: '0_1.svg', bytes: png },
          { name: '0_2.png', bytes: png },
        ]),
        [
          { file: 'soup.png', reason: 'name' },
          { file: '0_1.svg', reason: 'name' },
        ],
      ],
      [
        makeZip([
          { name: '0_1.png', bytes: png },
          { name: '0_2.png', bytes: png.subarray(0, 60) },
          { name: '0_3.png', bytes: Buffer.from('text') },
          { name: '0_4.png', bytes: png },
        ]),
        [
          { file: '0_2.png', reason: 'damaged' },
          { file: '0_3.png', reason: 'wrong-type' },
          { file: '0_4.png', reason: 'twice' },
        ],
      ],
    ]
    await importZip(makeZip([{ name: '0_1.png', bytes: png }]), false)
    const before = await traces()
    for (const [zip, lines] of cases) {
      const { status, body } = await importZip(zip, true)
      expect({ status, lines: body.lines }).toEqual({ status: 422, lines })
    }
    expect(await traces()).toEqual(before)
  })
})

describe('what is said of a picture', () => {
  const said = { title: { zh: '湯', en: 'Soup' }, label: 9 }
  const soup = { name: { zh: '湯面', en: 'broth' }, explained: true }
  const mask = (ids: Uint8Array, width = 80, height = 40) => ({
    width,
    height,
    deflated: deflateRawSync(ids).toString('base64'),
  })
  const half = new Uint8Array(80 * 40).fill(1, 0, 1600)
  const save = (pictureId: string, body: object) =>
    call(PUT, 'PUT', instructor, {
      params: { pictureId },
      body: { ...said, regions: [], mask: null, ...body },
    })

  it('has revisions: the latest counts, and an older page is told so', async () => {
    const { pictureId } = (await upload(await photograph().png().toBuffer())).body
    expect((await save(pictureId, { basedOn: 1, regions: [soup], mask: mask(half) })).status).toBe(200)
    expect((await save(pictureId, { basedOn: 1 })).status).toBe(409)
    expect(await read(pictureId)).toMatchObject({ ...said, revision: 2, regions: [soup], mask: mask(half) })
    const found = await sources.pictures.find(pictureId)
    const [region] = await found.regions({ height: 4, width: 4 })
    expect([...region!.coverage.data]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('fits: masks have the size of the picture and a pixel of every region', async () => {
    const { pictureId } = (await upload(await photograph().png().toBuffer())).body
    const wrong = [
      { regions: [soup], mask: null },
      { regions: [], mask: mask(half) },
      { regions: [soup], mask: mask(half, 40, 80) },
      { regions: [soup], mask: mask(new Uint8Array(80 * 40)) },
      { regions: [soup], mask: mask(new Uint8Array(80 * 40).fill(2)) },
      { regions: [soup], mask: mask(new Uint8Array(40_000_000)) },
      { regions: [soup], mask: { ...mask(half), deflated: 'bm90IGRlZmxhdGVk' } },
      { regions: [soup, soup], mask: mask(half) },
    ]
    for (const body of wrong)
      expect((await save(pictureId, { basedOn: 1, ...body })).status, JSON.stringify(body).slice(0, 80)).toBe(
        400,
      )
    expect(await read(pictureId)).toMatchObject({ revision: 1, regions: [], mask: null })
  })

  it('is part of the names of what depends on it, and of nothing else', async () => {
    const { pictureId } = (await upload(await photograph().png().toBuffer())).body
    const maps = figureSpecSchema.parse({ layout: 'maps', pictures: [pictureId], methods: ['saliency'] })
    const tests = trustSpecOf(maps)!
    const names = async () => Promise.all([maps, tests].map(requestNaming(sources)))
    await save(pictureId, { basedOn: 1 })
    const [figure, trust] = await names()
    await save(pictureId, { basedOn: 2, regions: [soup], mask: mask(half) })
    const [sameFigure, otherTrust] = await names()
    expect([sameFigure === figure, otherTrust === trust]).toEqual([true, false])
    await save(pictureId, {
      basedOn: 3,
      regions: [soup],
      mask: mask(half),
      title: { zh: '粥', en: 'Congee' },
    })
    expect((await names())[0]).not.toBe(figure)
  })
})

/** A new version of the room's first question, with this figure. */
async function publish(room: Classroom, figureSpec: FigureSpec) {
  const { id: questionId } = await staffDatabase.question.findFirstOrThrow({
    where: { assignmentId: room.assignmentId, position: 1 },
  })
  const access = await authorizeQuestion(await room.enrol('INSTRUCTOR'), { questionId }, 'question.edit')
  const { content, key } = question(1)
  return publishQuestion(access, { basedOn: 1, content, key, figureSpec })
}

describe('a question about an uploaded picture', () => {
  it('gets its figure from the classifier, and keeps the picture', { timeout: 180_000 }, async () => {
    const access = await authorizeCourse(instructor, room.courseSlug, 'picture.edit')
    const { pictureId } = await copyBundledPicture(access, 2)
    await lookAtPicture(pictureId, shelf)
    const looked = await read(pictureId)
    if (looked.look.state !== 'ready') throw new Error(looked.look.state)
    expect(looked.look.probabilities.reduce((sum, value) => sum + value)).toBeCloseTo(1)
    expect(looked).toMatchObject({ label: 1, regions: [{ name: { en: 'table' } }, { explained: true }, {}] })

    const figure = figureSpecSchema.parse({ layout: 'maps', pictures: [pictureId], methods: ['saliency'] })
    const { questionVersionId } = await publish(room, figure)
    await ensureFigures()
    const version = await staffDatabase.questionVersion.findUniqueOrThrow({
      where: { id: questionVersionId },
    })
    const signal = new AbortController().signal
    const languageShelf = new LanguageShelf(async () => undefined, 1)
    const connection = await openLockConnection(environment().DATABASE_URL, 'test of pictures')
    const locks = computationLocks(connection)
    await drawFigure(
      version.figureRequestId!,
      { sources, shelf, languageShelf, locks, signal },
      {
        attempts: 1,
        max_attempts: 3,
      },
    )
    await connection.close()
    const request = await staffDatabase.figureRequest.findUniqueOrThrow({
      where: { id: version.figureRequestId! },
      include: { figure: { include: { assets: { select: { name: true } } } } },
    })
    expect(request.error).toBeNull()
    const { document, manifest, assets } = request.figure!
    expect(assets.map(({ name }) => name).sort()).toEqual([
      `picture-${pictureId}.png`,
      `saliency-${pictureId}.png`,
    ])
    expect(document).toMatchObject({
      groups: [{ panels: [{ caption: looked.title }, { over: `picture-${pictureId}.png` }] }],
    })
    expect(JSON.stringify(document)).toContain(`Picture “${looked.title.en}” beside what is made of it`)
    expect(manifest).toMatchObject({ pictures: [{ id: pictureId, label: 1, title: looked.title }] })

    const elsewhere = await openClassroom()
    await expect(publish(elsewhere, figure)).rejects.toMatchObject({ code: 'invalid-request' })
    const refused = await call(DELETE, 'DELETE', instructor, { params: { pictureId } })
    expect([refused.status, (await refused.json()).usedBy.length]).toEqual([409, 1])
  })
})
