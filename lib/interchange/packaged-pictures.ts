import { z } from 'zod'
import { uploadedPictureNameSchema } from '@/lib/explainers/pictures/picture-name-schema'
import { type Illustrated, materialOf } from '@/lib/material/renaming'
import { pictureTitleSchema, regionsSchema } from '@/lib/pictures/schema'
import type { Path } from './located-text'
import { closedObject } from './validation'

/** A course's own pictures on their way from one course or installation to another, beside the assignment that shows them. */

/** A file beside the document, or in a folder beside it. */
const fileName = z
  .string()
  .regex(/^(?:[\w-][\w.-]*\/)?[\w-][\w.-]*$/, 'expected the name of a file beside the document')

export const packagedPictureSchema = closedObject({
  /** By which figures and measurements of the document call it. Where it is taken in, it gets an id of its own. */
  name: uploadedPictureNameSchema,
  file: fileName,
  title: pictureTitleSchema,
  /** Index of the class that figures explain; null: none yet. */
  class: z.int().min(0).max(999).nullable(),
  regions: regionsSchema.default([]),
  /** 8-bit grey PNG: the place of each pixel's region in `regions`, from 1; 0 where there is none. */
  mask: fileName.optional(),
}).refine(({ regions, mask }) => regions.length > 0 === (mask !== undefined), {
  path: ['mask'],
  error: 'regions and mask belong together',
})

export type PackagedPicture = z.output<typeof packagedPictureSchema>

interface Packaged {
  readonly questions: readonly Illustrated[]
  readonly pictures?: readonly PackagedPicture[] | undefined
}

/** @returns names that stand twice, and questions with pictures that do not come along. None of a document without pictures. */
export function findPictureProblems({ questions, pictures }: Packaged): { path: Path; message: string }[] {
  if (!pictures) return []
  const names = pictures.map(({ name }) => name)
  return [
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [{ path: ['pictures', index, 'name'], message: `picture "${name}" is there twice` }]
        : [],
    ),
    ...unknownPictures(questions, new Set(names)),
  ]
}

/** @param known names of the pictures that questions may show or measure in, beside the bundled ones. */
export function unknownPictures(
  questions: Packaged['questions'],
  known: ReadonlySet<string>,
): { path: Path; message: string }[] {
  return questions.flatMap((one, question) =>
    materialOf([one])
      .pictures.filter((name) => !known.has(name))
      .map((name) => ({
        path: ['questions', question],
        message:
          `names the picture "${name}", which ` +
          'does not come along and is none of the course’s; a zip brings pictures along',
      })),
  )
}
