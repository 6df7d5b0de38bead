import type { AssignmentAccess, AuthorizedCourseId, PictureAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { ExplainerError } from '@/lib/explainers/errors'
import { hashOfJson } from '@/lib/explainers/evidence'
import { className } from '@/lib/explainers/figures/wording'
import { decodeMask } from '@/lib/explainers/pictures/bundled'
import { type LibraryPicture, missingPicture, type PictureLibrary } from '@/lib/explainers/pictures/library'
import type { PictureTitles } from '@/lib/explainers/pictures/picture-name'
import { regionFromMask } from '@/lib/explainers/regions'
import { readObject } from '@/lib/objects/service'
import { isAway, ObjectError } from '@/lib/objects/store'
import { packBytes } from '@/lib/pictures/mask'
import type { StoredPicture } from '@/lib/pictures/mutations'
import type { SaidOfPicture } from '@/lib/pictures/said-otherwise'
import { lookResultSchema, regionsSchema } from '@/lib/pictures/schema'
import type {
  PictureLine,
  PictureLookView,
  PictureRegion,
  PictureUse,
  PictureView,
} from '@/lib/pictures/view'
import { bilingualSchema } from '@/lib/questions/content'

const latest = { orderBy: { number: 'desc' }, take: 1 } as const

/** Pictures that staff uploaded, as figures and measurements ask for them. */
export const uploadedLibrary: PictureLibrary = {
  find: (id) => findUploaded(String(id)),
  findByFile: findUploaded,
}

async function findUploaded(id: string): Promise<LibraryPicture> {
  const row = await staffDatabase.picture.findUnique({ where: { id }, include: { revisions: latest } })
  const revision = row?.revisions[0]
  if (!row || !revision) throw missingPicture(id, 'it was not uploaded here, or was removed')
  const { label, maskSha256 } = revision
  if (label === null) {
    const message = `Nobody has said which class the picture ${id} shows; choose it on the picture’s page`
    throw new ExplainerError('invalid-parameter', id, message)
  }
  const regions = regionsSchema.parse(revision.regions)
  return {
    id,
    name: id,
    sha256: row.sha256,
    label,
    title: bilingualSchema.parse(revision.title),
    ...(maskSha256 && { regionsSha256: hashOfJson({ mask: maskSha256, regions }) }),
    bytes: () => objectOf(row.sha256, id),
    regions: async (size) => {
      if (!maskSha256) return []
      const mask = await decodeMask(await objectOf(maskSha256, id), id)
      return regions.map(({ name, explained }, index) => ({
        ...regionFromMask(mask, name, [index + 1], size),
        explained,
      }))
    },
  }
}

async function objectOf(sha256: string, id: string): Promise<Buffer> {
  try {
    return await readObject(sha256)
  } catch (cause) {
    if (!(cause instanceof ObjectError) || isAway(cause)) throw cause
    throw new ExplainerError('picture-damaged', id, `The picture ${id} cannot be read: ${cause.code}`, {
      cause,
    })
  }
}

/** @returns the pictures of a course, the latest first. */
export async function readPictures(courseId: AuthorizedCourseId<'picture.read'>): Promise<PictureLine[]> {
  const rows = await staffDatabase.picture.findMany({
    where: { courseId },
    include: { revisions: latest, look: { select: { result: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(lineOf)
}

/** @returns of the pictures that figures can explain, the names of their regions. */
export async function readRegionNames(
  courseId: AuthorizedCourseId<'picture.read' | 'question.edit'>,
): Promise<{ pictureId: string; title: Bilingual; regions: Bilingual[] }[]> {
  const rows = await staffDatabase.picture.findMany({
    where: { courseId, archivedAt: null },
    include: { revisions: latest },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return rows.flatMap(({ id, revisions: [revision] }) =>
    revision && revision.label !== null
      ? [
          {
            pictureId: id,
            title: bilingualSchema.parse(revision.title),
            regions: regionsSchema.parse(revision.regions).map(({ name }) => name),
          },
        ]
      : [],
  )
}

type Row = Prisma.PictureGetPayload<{ include: { revisions: true } }> & {
  readonly look: { readonly result: unknown } | null
}

function lineOf(row: Row): PictureLine {
  const { title, label, regions } = row.revisions[0]!
  const classes = row.look?.result ? lookResultSchema.parse(row.look.result).classes : null
  return {
    pictureId: row.id,
    title: bilingualSchema.parse(title),
    label,
    className: label !== null && classes ? className(classes, label) : null,
    width: row.width,
    height: row.height,
    regions: regionsSchema.parse(regions).length,
    archived: row.archivedAt !== null,
  }
}

/** @returns everything about one picture. */
export async function readPictureForStaff({
  pictureId,
}: PictureAccess<'picture.read'>): Promise<PictureView> {
  const row = await staffDatabase.picture.findUniqueOrThrow({
    where: { id: pictureId },
    include: { revisions: latest, look: true },
  })
  const revision = row.revisions[0]!
  const { maskSha256 } = revision
  const mask = maskSha256 ? await decodeMask(await readObject(maskSha256), pictureId) : null
  return {
    ...lineOf(row),
    revision: revision.number,
    regions: regionsSchema.parse(revision.regions),
    mask: mask && { width: mask.width, height: mask.height, deflated: packBytes(mask.ids) },
    look: lookOf(row.look),
    usedBy: await readUses(staffDatabase, pictureId),
  }
}

function lookOf(
  look: { result: unknown; superpixels: Uint8Array | null; failed: boolean } | null,
): PictureLookView {
  if (look?.failed) return { state: 'failed' }
  if (!look?.result || !look.superpixels) return { state: 'computing' }
  const superpixels = Buffer.from(look.superpixels).toString('base64')
  return { state: 'ready', ...lookResultSchema.parse(look.result), superpixels }
}

/** @returns questions whose versions or drafts name the picture, in figures or in keys, or of which a variant on it is to be made. */
export async function readUses(database: Prisma.TransactionClient, pictureId: string): Promise<PictureUse[]> {
  // Ids are random: wherever one stands in quotes, it is the picture.
  const named = `%"${pictureId}"%`
  const rows = await database.$queryRaw<{ title: unknown; slug: string }[]>`
    SELECT DISTINCT s.title, q.slug, s.id
    FROM "Question" q
    JOIN "Assignment" s ON s.id = q."assignmentId"
    LEFT JOIN "QuestionVersion" v ON v."questionId" = q.id
    LEFT JOIN "AnswerKey" k ON k."questionVersionId" = v.id
    LEFT JOIN "QuestionDraft" d ON d."questionId" = q.id
    LEFT JOIN "QuestionVariant" r ON r."baseId" = v.id AND r.status IN ('QUEUED', 'COMPUTING')
    WHERE v."figureSpec"::text LIKE ${named} OR k.secret::text LIKE ${named} OR d.draft::text LIKE ${named}
      OR d.variants::text LIKE ${named} OR r.substitution::text LIKE ${named}
    ORDER BY s.id, q.slug`
  return rows.map(({ title, slug }) => ({ assignment: bilingualSchema.parse(title), question: slug }))
}

/** @returns the PNG. */
export async function readPictureImage({
  pictureId,
}: PictureAccess<'figure.read'>): Promise<Uint8Array<ArrayBuffer>> {
  const { sha256 } = await studentDatabase.picture.findUniqueOrThrow({
    where: { id: pictureId },
    select: { sha256: true },
  })
  return new Uint8Array(await readObject(sha256))
}

/** What uploaded pictures are called; of the names in `ids` only. */
export async function readPictureTitles(ids: readonly string[]): Promise<PictureTitles> {
  if (ids.length === 0) return () => undefined
  const rows = await staffDatabase.pictureRevision.findMany({
    where: { pictureId: { in: [...ids] } },
    orderBy: { number: 'asc' },
    select: { pictureId: true, title: true },
  })
  const titles = new Map<string, Bilingual>()
  for (const { pictureId, title } of rows) titles.set(pictureId, bilingualSchema.parse(title))
  return (id) => titles.get(id)
}

/** @returns which of the PNGs, by their hashes, the course has. */
export async function readKnownPictures(
  courseId: AuthorizedCourseId<'picture.edit'>,
  sha256: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await staffDatabase.picture.findMany({
    where: { courseId, sha256: { in: [...sha256] } },
    select: { sha256: true },
  })
  return new Set(rows.map((row) => row.sha256))
}

/** A picture with all that is said of it, to be taken elsewhere. */
export interface WholePicture {
  readonly pictureId: string
  readonly title: Bilingual
  readonly label: number | null
  readonly regions: readonly PictureRegion[]
  /** PNGs. */
  readonly bytes: Buffer
  readonly mask: Buffer | null
}

/** @returns the pictures that an assignment shows, by their ids; the id of a picture that was removed is left out. */
export async function readWholePictures(
  _access: AssignmentAccess<'assignment.settings'>,
  ids: readonly string[],
): Promise<WholePicture[]> {
  const rows = await staffDatabase.picture.findMany({
    where: { id: { in: [...ids] } },
    include: { revisions: latest },
    orderBy: { id: 'asc' },
  })
  return Promise.all(
    rows.map(async ({ id, sha256, revisions }) => {
      const { title, label, regions, maskSha256 } = revisions[0]!
      return {
        pictureId: id,
        title: bilingualSchema.parse(title),
        label,
        regions: regionsSchema.parse(regions),
        bytes: await readObject(sha256),
        mask: maskSha256 ? await readObject(maskSha256) : null,
      }
    }),
  )
}

/** For functions that the gate has let through. @returns what is said of pictures, by their ids. */
export async function readSaid(
  client: Pick<Prisma.TransactionClient, 'picture'>,
  pictureIds: readonly string[],
): Promise<ReadonlyMap<string, SaidOfPicture & { readonly pictureId: string; readonly title: Bilingual }>> {
  const rows = await client.picture.findMany({
    where: { id: { in: [...pictureIds] } },
    include: { revisions: latest },
  })
  return new Map(
    rows.map(({ id, revisions }) => {
      const { title, label, regions } = revisions[0]!
      const said = { title: bilingualSchema.parse(title), label, regions: regionsSchema.parse(regions) }
      return [id, { pictureId: id, ...said }]
    }),
  )
}

/**
 * The pictures of some courses, held until the transaction ends, so that they can be added to another one.
 * For functions that the gate has let through.
 * @returns by id; the id of a picture that was removed, or is of none of these courses, is left out.
 */
export async function holdStoredPictures(
  transaction: Prisma.TransactionClient,
  courseIds: readonly string[],
  pictureIds: readonly string[],
): Promise<ReadonlyMap<string, StoredPicture>> {
  const held = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Picture"
    WHERE id = ANY(${[...pictureIds]}::text[]) AND "courseId" = ANY(${[...courseIds]}::text[])
    ORDER BY id FOR KEY SHARE`
  const rows = await transaction.picture.findMany({
    where: { id: { in: held.map(({ id }) => id) } },
    include: { revisions: latest },
    orderBy: { id: 'asc' },
  })
  return new Map(
    rows.map(({ id, sha256, width, height, revisions }) => {
      const { title, label, regions, maskSha256 } = revisions[0]!
      const said = { title: bilingualSchema.parse(title), label, regions: regionsSchema.parse(regions) }
      return [id, { sha256, width, height, maskSha256, ...said }]
    }),
  )
}

/** For the worker: the bytes of a picture; null when it was removed meanwhile. */
export async function readPictureBytes(pictureId: string): Promise<Buffer | null> {
  const row = await staffDatabase.picture.findUnique({ where: { id: pictureId }, select: { sha256: true } })
  return row && readObject(row.sha256)
}
