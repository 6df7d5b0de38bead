import { Problem } from '@/lib/api/problem'
import type { Prisma } from '@/lib/database/generated/client'
import { bundledSources } from '@/lib/figures/sources'
import { type Illustrated, materialOf, type NewNames } from '@/lib/material/renaming'
import { copyModels } from '@/lib/models/copying/mutations'
import { holdStoredPictures } from '@/lib/pictures/data'
import { type AddedPicture, insertPictures, type ReceivingCourse } from '@/lib/pictures/mutations'
import { SaidOtherwise } from '@/lib/pictures/said-otherwise'

/** What came along with questions. */
export interface BroughtMaterial {
  /** What is called otherwise in the receiving course. */
  readonly names: NewNames
  /** For `lookAtPictures`, when the transaction has ended. */
  readonly pictures: readonly AddedPicture[]
}

/**
 * Gives a course what the questions of other courses show: pictures with what is said of them, and models. Rows are new, the
 * files are the same; what the course has already is not copied again. For functions that the gate has let through; call it
 * before the transaction holds anything of the receiving course.
 * @param from courses of the questions; what belongs to any other stays where it is
 * @throws Problem `picture-differs` where the course says otherwise of a picture; `model-not-read`, `model-limit`
 */
export async function bringMaterial(
  transaction: Prisma.TransactionClient,
  into: ReceivingCourse,
  from: readonly string[],
  questions: readonly Illustrated[],
): Promise<BroughtMaterial> {
  const courses = from.filter((courseId) => courseId !== into.courseId)
  const named = materialOf(questions)
  const models = await copyModels(transaction, into, courses, named.models, bundledSources().models)
  const originals = await holdStoredPictures(transaction, courses, named.pictures)
  const pictures = await insertPictures(transaction, into, [...originals.values()], {
    mustAgree: true,
  }).catch(refusedPictures)
  const ids = new Map([...originals.keys()].map((id, place) => [id, pictures[place]!.pictureId]))
  const names = {
    picture: (id: string) => ids.get(id) ?? id,
    model: (name: string) => models.get(name) ?? name,
  }
  return { names, pictures }
}

function refusedPictures(error: unknown): never {
  if (!(error instanceof SaidOtherwise)) throw error
  const pictures = [...error.differences.values()]
  throw new Problem('picture-differs', undefined, { facts: { pictures }, cause: error })
}
