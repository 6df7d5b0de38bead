import type { AssignmentAccess, CourseAccess } from '@/lib/auth/gate'
import { readAssignmentDocument } from '@/lib/authoring/data'
import { addDocument, refusedFile, refuseForeign, requireFreeName } from '@/lib/authoring/making/mutations'
import { type PackageFiles, type ReadPackage, readPackage, withZip } from '@/lib/authoring/package-reading'
import { formatAssignmentJson } from '@/lib/interchange/assignment-document'
import { InterchangeError } from '@/lib/interchange/errors'
import { makeZip, type ZipEntry } from '@/lib/interchange/zip-writing'
import { materialOf, renameMaterial } from '@/lib/material/renaming'
import { withSpooled } from '@/lib/objects/service'
import { ObjectError } from '@/lib/objects/store'
import { readWholePictures } from '@/lib/pictures/data'
import { addPictures } from '@/lib/pictures/mutations'
import { setLimits } from '@/lib/pictures/refusal'
import { SaidOtherwise } from '@/lib/pictures/said-otherwise'

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
  await refuseForeign(
    assignments.courseId,
    read.document.questions,
    new Set(read.pictures.keys()),
    files.name,
  )
  const added = await addPictures(pictures, read.pictures.values(), { mustAgree: true }).catch((error) => {
    throw error instanceof SaidOtherwise ? differingPictures(error, read) : error
  })
  const ids = new Map([...read.pictures.keys()].map((name, index) => [name, added[index]!.pictureId]))
  const names = { picture: (name: string) => ids.get(name) ?? name, model: (name: string) => name }
  const { assignment, questions, pictures: _, ...others } = read.document
  const document = {
    ...others,
    assignment: { ...assignment, slug },
    questions: questions.map((question) => renameMaterial(question, names)),
  }
  return addDocument(assignments, document, { from })
}

/** What the course says of a picture is not changed by a file, and questions were written about what the file says. */
function differingPictures(cause: SaidOtherwise, { pictures }: ReadPackage): InterchangeError {
  const names = [...pictures.keys()]
  const problems = [...cause.differences].map(([index, { otherClass, lacking }]) => {
    const regions = lacking.map(({ en }) => en).join(', ')
    const what = otherClass ? 'as another class' : `without the regions ${regions}`
    const message = `the course has the picture "${names[index]}" already, ${what}; change it on its page first`
    return { path: `pictures[${index}]`, line: null, message }
  })
  const [first, ...others] = problems
  return new InterchangeError('pictures', [first!, ...others], { cause })
}

/** @returns the assignment as `importAssignment` takes it, and the name of the file. */
export async function exportPackage(
  access: AssignmentAccess<'assignment.settings'>,
): Promise<{ readonly name: string; readonly zip: Buffer }> {
  const document = await readAssignmentDocument(access)
  const pictures = await readWholePictures(access, materialOf(document.questions).pictures)
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
