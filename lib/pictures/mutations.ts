import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { CourseAccess, PictureAccess, Viewer } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { enqueueLooks } from '@/lib/jobs/exploration-queue'
import { enqueueFigureRequests } from '@/lib/jobs/queue'
import { putObject } from '@/lib/objects/service'
import { readSaid, readUses } from '@/lib/pictures/data'
import { encodeMask, unpackMask } from '@/lib/pictures/mask'
import { differenceOf, SaidOtherwise } from '@/lib/pictures/said-otherwise'
import type { PictureEdit } from '@/lib/pictures/schema'
import type { ReadUpload } from '@/lib/pictures/upload-reading'
import type { PictureLookResult, PictureRegion } from '@/lib/pictures/view'
import { ensureKeyChecks } from '@/lib/verification/mutations'

type Editing = CourseAccess<'picture.edit'>

/** A picture that is to be added, with what is known of it. */
export interface NewPicture {
  readonly upload: ReadUpload
  readonly title: Bilingual
  readonly label: number | null
  readonly regions?: readonly PictureRegion[]
  /** [height, width] of ids of `regions`. */
  readonly mask?: { readonly ids: Uint8Array; readonly width: number; readonly height: number }
}

export interface AddedPicture {
  readonly pictureId: string
  /** Whether the course had it already, which stays as it is. */
  readonly known: boolean
}

/** No limit beyond what `readUploadedPicture` leaves. */
const unlimited = { limit: Number.MAX_SAFE_INTEGER }

/** A set of a thousand pictures. */
const manyRows = { timeout: 120_000 }

/** A picture whose bytes are stored, with what is said of it. */
export interface StoredPicture extends Omit<NewPicture, 'upload' | 'mask'> {
  readonly sha256: string
  readonly width: number
  readonly height: number
  readonly maskSha256: string | null
}

/** A course that receives pictures, and who brings them; for functions that the gate has let through. */
export interface ReceivingCourse {
  readonly courseId: string
  readonly viewer: Viewer
}

interface AddingOptions {
  /** Refuse pictures that the course has already and says otherwise of: questions come along that rest on what is said. */
  readonly mustAgree?: boolean
}

/**
 * Adds pictures to the course, all of them or none, and has a classifier look at those that are new.
 * @throws SaidOtherwise
 */
export async function addPictures(
  access: Editing,
  pictures: AsyncIterable<NewPicture> | Iterable<NewPicture>,
  options: AddingOptions = {},
): Promise<AddedPicture[]> {
  // Bytes first: what no row refers to in the end is removed.
  const stored: StoredPicture[] = []
  for await (const { upload, mask, ...said } of pictures) {
    const { sha256 } = await putObject(upload.png, unlimited)
    const maskSha256 = mask ? await storeMask(mask) : null
    stored.push({ ...said, sha256, width: upload.width, height: upload.height, maskSha256 })
  }
  const added = await staffDatabase.$transaction(
    (transaction) => insertPictures(transaction, access, stored, options),
    manyRows,
  )
  await lookAtPictures(access.courseId, added)
  return added
}

/** Has a classifier look at those of the pictures that are new to their course. */
export async function lookAtPictures(courseId: string, added: readonly AddedPicture[]): Promise<void> {
  const fresh = added.filter(({ known }) => !known).map(({ pictureId }) => pictureId)
  await enqueueLooks(fresh, courseId)
}

/**
 * Gives the course those of the pictures that it does not have yet, byte for byte; `lookAtPictures` afterwards.
 * @returns of each, which one of the course it is
 * @throws SaidOtherwise
 */
export async function insertPictures(
  transaction: Prisma.TransactionClient,
  into: ReceivingCourse,
  pictures: readonly StoredPicture[],
  { mustAgree = false }: AddingOptions = {},
): Promise<AddedPicture[]> {
  const { courseId, viewer } = into
  await transaction.$queryRaw`SELECT id FROM "Course" WHERE id = ${courseId} FOR NO KEY UPDATE`
  const added: AddedPicture[] = []
  for (const { sha256, width, height, title, label, regions = [], maskSha256 } of pictures) {
    const known = await transaction.picture.findUnique({ where: { courseId_sha256: { courseId, sha256 } } })
    if (known) {
      added.push({ pictureId: known.id, known: true })
      continue
    }
    const { id } = await transaction.picture.create({
      data: {
        courseId,
        sha256,
        width,
        height,
        uploadedById: viewer.userId,
        look: { create: {} },
        revisions: {
          create: {
            number: 1,
            title: { ...title },
            label,
            regions: asJson(regions),
            maskSha256,
            authorId: viewer.userId,
          },
        },
      },
    })
    added.push({ pictureId: id, known: false })
  }
  if (mustAgree) await refuseOtherwiseSaid(transaction, pictures, added)
  const fresh = added.filter(({ known }) => !known).map(({ pictureId }) => pictureId)
  if (fresh.length > 0) await record(transaction, into, 'picture.add', null, { pictures: fresh })
  return added
}

async function refuseOtherwiseSaid(
  transaction: Prisma.TransactionClient,
  wanted: readonly StoredPicture[],
  added: readonly AddedPicture[],
): Promise<void> {
  const said = await readSaid(
    transaction,
    added.map(({ pictureId }) => pictureId),
  )
  const differences = new Map(
    wanted.flatMap(({ label, regions = [] }, place) => {
      const own = said.get(added[place]!.pictureId)
      const difference = own && differenceOf(own, { label, regions })
      return difference ? [[place, difference] as const] : []
    }),
  )
  if (differences.size > 0) throw new SaidOtherwise(differences)
}

/**
 * Says something else of a picture: a new revision. Figures and verdicts that depend on what changed get new names, and are
 * made anew.
 * @throws Problem `version-outdated` when somebody was faster; `invalid-request` for a mask that does not fit.
 */
export async function savePicture(
  access: PictureAccess<'picture.edit'>,
  { basedOn, title, label, regions, mask }: PictureEdit,
): Promise<{ readonly revision: number }> {
  const { pictureId, viewer } = access
  const size = await staffDatabase.picture.findUniqueOrThrow({
    where: { id: pictureId },
    select: { width: true, height: true },
  })
  const maskSha256 = mask
    ? await storeMask({ ...mask, ids: checkedMask(() => unpackMask(mask, size, regions.length)) })
    : null
  const inUse = await staffDatabase.$transaction(async (transaction) => {
    await hold(transaction, pictureId)
    const before = await transaction.pictureRevision.findFirstOrThrow({
      where: { pictureId },
      orderBy: { number: 'desc' },
    })
    if (before.number !== basedOn)
      throw new Problem('picture-outdated', `picture ${pictureId} is at ${before.number}, not ${basedOn}`)
    await transaction.pictureRevision.create({
      data: {
        pictureId,
        number: basedOn + 1,
        title: { ...title },
        label,
        regions: asJson(regions),
        maskSha256,
        authorId: viewer.userId,
      },
    })
    await record(
      transaction,
      access,
      'picture.change',
      { picture: pictureId, revision: before.number },
      { picture: pictureId, revision: basedOn + 1 },
    )
    return (await readUses(transaction, pictureId)).length > 0
  })
  if (inUse) {
    await enqueueFigureRequests()
    await ensureKeyChecks()
  }
  return { revision: basedOn + 1 }
}

function checkedMask(unpack: () => Uint8Array): Uint8Array {
  try {
    return unpack()
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new Problem('invalid-request', undefined, {
      fields: [{ path: 'body.mask', issue: cause.message }],
      cause,
    })
  }
}

async function storeMask({ ids, width, height }: NonNullable<NewPicture['mask']>): Promise<string> {
  return (await putObject(await encodeMask(ids, width, height), unlimited)).sha256
}

/** Offers a picture no longer, or again. What shows it goes on showing it. */
export async function archivePicture(
  access: PictureAccess<'picture.edit'>,
  archived: boolean,
): Promise<void> {
  const { pictureId } = access
  await staffDatabase.$transaction(async (transaction) => {
    const { count } = await transaction.picture.updateMany({
      where: { id: pictureId, archivedAt: archived ? null : { not: null } },
      data: { archivedAt: archived ? new Date() : null },
    })
    if (count > 0)
      await record(transaction, access, 'picture.archive', null, { picture: pictureId, archived })
  })
}

/** @throws Problem `picture-in-use` while any version or draft of a question names it. */
export async function removePicture(access: PictureAccess<'picture.edit'>): Promise<void> {
  const { pictureId } = access
  await staffDatabase.$transaction(async (transaction) => {
    await hold(transaction, pictureId)
    const uses = await readUses(transaction, pictureId)
    if (uses.length > 0)
      throw new Problem('picture-in-use', `picture ${pictureId}`, { facts: { usedBy: uses } })
    await transaction.picture.delete({ where: { id: pictureId } })
    await record(transaction, access, 'picture.remove', { picture: pictureId }, null)
  })
}

/** For the worker: what a classifier makes of the picture, unless it was removed meanwhile. */
export async function storeLook(
  pictureId: string,
  result: PictureLookResult,
  superpixels: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await staffDatabase.pictureLook.updateMany({
    where: { pictureId },
    data: {
      result: { ...result, classes: [...result.classes], probabilities: [...result.probabilities] },
      superpixels,
      failed: false,
    },
  })
}

/** For the worker. */
export async function failLook(pictureId: string): Promise<void> {
  await staffDatabase.pictureLook.updateMany({ where: { pictureId }, data: { failed: true } })
}

/** Has a classifier look again at a picture, after it had failed. */
export async function lookAgain({ courseId, pictureId }: PictureAccess<'picture.edit'>): Promise<void> {
  await staffDatabase.pictureLook.updateMany({ where: { pictureId }, data: { failed: false } })
  await enqueueLooks([pictureId], courseId)
}

/** @throws Problem `not-found` when it was removed. */
async function hold(transaction: Prisma.TransactionClient, pictureId: string): Promise<void> {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT id FROM "Picture" WHERE id = ${pictureId} FOR UPDATE`
  if (rows.length === 0) throw new Problem('not-found', `picture ${pictureId}`)
}

async function record(
  transaction: Prisma.TransactionClient,
  { courseId, viewer }: ReceivingCourse,
  action: 'picture.add' | 'picture.change' | 'picture.archive' | 'picture.remove',
  before: Prisma.InputJsonObject | null,
  after: Prisma.InputJsonObject | null,
): Promise<void> {
  const changed = { ...(before && { before }), ...(after && { after }) }
  await recordAudit(transaction, {
    actorId: viewer.userId,
    action,
    subject: `course:${courseId}`,
    ...changed,
  })
}

function asJson(regions: readonly PictureRegion[]): Prisma.InputJsonArray {
  return regions.map(({ name, explained }) => ({ name: { ...name }, explained }))
}
