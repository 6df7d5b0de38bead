import { createHash } from 'node:crypto'
import type { AssignmentAccess, CourseAccess } from '@/lib/auth/gate'
import { readAssignmentDocument } from '@/lib/authoring/data'
import { addDocument, refusedFile, requireFreeName } from '@/lib/authoring/mutations'
import { type PackageFiles, type ReadPackage, readPackage, withZip } from '@/lib/authoring/package-reading'
import { formatAssignmentJson } from '@/lib/interchange/assignment-document'
import { InterchangeError } from '@/lib/interchange/errors'
import { wordPath } from '@/lib/interchange/located-text'
import { renamePictures, unknownPictures } from '@/lib/interchange/packaged-pictures'
import { makeZip, type ZipEntry } from '@/lib/interchange/zip-writing'
import { withSpooled } from '@/lib/objects/service'
import { ObjectError } from '@/lib/objects/store'
import { readSaid, readWholePictures } from '@/lib/pictures/data'
import { addPictures } from '@/lib/pictures/mutations'
import { setLimits } from '@/lib/pictures/refusal'
import { uploadedPictures } from '@/lib/questions/named-pictures'

/** What makes assignments with pictures: both rights are the instructor's. */
export interface ImportAccess {
  readonly assignments: CourseAccess<'assignment.create'>
  readonly pictures: CourseAccess<'picture.edit'>
}

const zipName = 'assignment.zip'

/**
 * Takes in a zip of an assignment and its pictures, as it arrives.
 * @throws Problem `name-taken`; `assignment-file-refused` with everything that is wrong
 */
export async function importAssignment(
  access: ImportAccess,
  body: AsyncIterable<Uint8Array>,
  slug: string,
): Promise<{ readonly slug: string }> {
  try {
    return await withSpooled(body, { limit: setLimits.bytes }, ({ path }) =>
      withZip(path, zipName, (files) => addPackage(access, files, slug, 'package')),
    )
  } catch (error) {
    if (!(error instanceof ObjectError) || error.code !== 'object-too-large') throw refusedFile(error)
    const message = `is too large: at most ${setLimits.bytes / 1024 / 1024} MB`
    throw refusedFile(new InterchangeError(zipName, [{ path: '', line: null, message }], { cause: error }))
  }
}

/**
 * Makes an assignment, a draft, of a document and its pictures. Everything is read and decoded before anything is stored. A
 * picture that the course has already stays as it is, and is the one that the questions show.
 * @param from for the history
 * @throws Problem `name-taken`; InterchangeError
 */
export async function addPackage(
  { assignments, pictures }: ImportAccess,
  files: PackageFiles,
  slug: string,
  from: string,
): Promise<{ readonly slug: string }> {
  await requireFreeName(assignments, slug)
  const read = await readPackage(files)
  refuseUnknown(read)
  await refuseOtherwiseSaid(pictures, read)
  const added = await addPictures(pictures, read.pictures.values())
  const ids = new Map([...read.pictures.keys()].map((name, index) => [name, added[index]!.pictureId]))
  const { assignment, questions, pictures: _, ...others } = read.document
  const document = {
    ...others,
    assignment: { ...assignment, slug },
    questions: questions.map((question) => renamePictures(question, (name) => ids.get(name) ?? name)),
  }
  return addDocument(assignments, document, from)
}

/** Questions of a package show bundled pictures and those that come along. */
function refuseUnknown({ document, pictures }: ReadPackage): void {
  const problems = unknownPictures(document.questions, new Set(pictures.keys()))
  const [first, ...others] = problems.map(({ path, message }) => ({
    path: wordPath(path),
    line: null,
    message,
  }))
  if (first) throw new InterchangeError('assignment', [first, ...others])
}

/** What the course says of a picture is not changed by a file, and questions were written about what the file says. */
async function refuseOtherwiseSaid(access: ImportAccess['pictures'], { document, pictures }: ReadPackage) {
  const hashes = [...pictures.values()].map(({ upload }) =>
    createHash('sha256').update(upload.png).digest('hex'),
  )
  const said = await readSaid(access.courseId, hashes)
  const problems = (document.pictures ?? []).flatMap(({ class: label, regions, name }, index) => {
    const known = said.get(hashes[index]!)
    if (!known) return []
    const has = new Set(known.regions.map((region) => region.name.en))
    const lacking = regions.flatMap((region) => (has.has(region.name.en) ? [] : region.name.en))
    if (known.label === label && lacking.length === 0) return []
    const what = known.label === label ? `without the regions ${lacking.join(', ')}` : 'as another class'
    const message = `the course has the picture "${name}" already, ${what}; change it on its page first`
    return [{ path: `pictures[${index}]`, line: null, message }]
  })
  const [first, ...others] = problems
  if (first) throw new InterchangeError('pictures', [first, ...others])
}

/** @returns the assignment as `importAssignment` takes it, and the name of the file. */
export async function exportPackage(
  access: AssignmentAccess<'assignment.settings'>,
): Promise<{ readonly name: string; readonly zip: Buffer }> {
  const document = await readAssignmentDocument(access)
  const named = document.questions.flatMap(({ figure, key }) => uploadedPictures(figure, key))
  const pictures = await readWholePictures(access, [...new Set(named)])
  const text = formatAssignmentJson({
    ...document,
    ...(pictures.length > 0 && {
      pictures: pictures.map(({ pictureId, title, label, regions, mask }) => ({
        name: pictureId,
        file: `pictures/${pictureId}.png`,
        title,
        class: label,
        regions: regions.map((region) => ({ ...region })),
        ...(mask && { mask: `pictures/${pictureId}.mask.png` }),
      })),
    }),
  })
  const entries: ZipEntry[] = [{ name: 'assignment.json', bytes: Buffer.from(text) }]
  for (const { pictureId, bytes, mask } of pictures) {
    entries.push({ name: `pictures/${pictureId}.png`, bytes })
    if (mask) entries.push({ name: `pictures/${pictureId}.mask.png`, bytes: mask })
  }
  return { name: `${document.assignment.slug}.zip`, zip: makeZip(entries) }
}
