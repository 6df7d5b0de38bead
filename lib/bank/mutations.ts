import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import { type AssignmentAccess, authorizeQuestion, type QuestionAccess } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { bringMaterial } from '@/lib/material/mutations'
import { type Illustrated, type NewNames, renameMaterial } from '@/lib/material/renaming'
import { lookAtPictures } from '@/lib/pictures/mutations'
import { type CopySource, readPublishedToCopy } from '@/lib/studio/data'
import { draftOf, versionOf } from '@/lib/studio/draft'
import { addDraftQuestion, holdQuestions } from '@/lib/studio/mutations'

/**
 * Copies questions of any course that the viewer is an instructor of to the end of an assignment, each in its latest version,
 * as drafts that nobody is asked before they are published. Which version it was stays known. What they show comes along into
 * the assignment’s course.
 * @throws Problem `not-found`, `forbidden` for a question that is not the viewer's to copy; `invalid-request` for one that was
 * never published; `picture-differs`, `model-not-read`, `model-limit` for what it shows
 */
export async function copyQuestions(
  { assignmentId, courseId, viewer }: AssignmentAccess<'question.edit'>,
  questionIds: readonly string[],
): Promise<{ questionId: string; slug: string }[]> {
  const wanted = [...new Set(questionIds)]
  const courses = new Set<string>()
  for (const questionId of wanted)
    courses.add((await authorizeQuestion(viewer, { questionId }, 'question.edit')).courseId)
  const { copies, pictures } = await staffDatabase.$transaction(async (transaction) => {
    const sources = await readSources(transaction, wanted)
    const { names, pictures } = await bringMaterial(
      transaction,
      { courseId, viewer },
      [...courses],
      sources.map(illustrated),
    )
    const copies: { questionId: string; slug: string }[] = []
    for (const [at, source] of sources.entries()) {
      const copy = await addDraftQuestion(transaction, {
        assignmentId,
        authorId: viewer.userId,
        held: await holdQuestions(transaction, assignmentId),
        copyOf: renamed(source, names),
      })
      await recordAudit(transaction, {
        actorId: viewer.userId,
        action: 'question.copy',
        subject: `question:${copy.questionId}`,
        after: { slug: copy.slug, copyOf: wanted[at]!, version: source.version },
      })
      copies.push(copy)
    }
    return { copies, pictures }
  })
  await lookAtPictures(courseId, pictures)
  return copies
}

/** @throws Problem `invalid-request` for a question that was never published. */
async function readSources(
  transaction: Prisma.TransactionClient,
  questionIds: readonly string[],
): Promise<CopySource[]> {
  const sources: CopySource[] = []
  for (const [at, questionId] of questionIds.entries()) {
    const source = await readPublishedToCopy(transaction, questionId)
    if (!source)
      throw new Problem('invalid-request', undefined, {
        fields: [{ path: `body.questionIds.${at}`, issue: 'expected a question that was published' }],
      })
    sources.push(source)
  }
  return sources
}

function illustrated({ draft, variants }: CopySource): Illustrated {
  const { figureSpec, key } = versionOf(draft)
  return { figure: figureSpec, key, ...(variants && { variants }) }
}

/** @returns what a copy starts from, with pictures and models called by other names. */
function renamed(source: CopySource, names: NewNames): CopySource {
  const { figure, key, variants } = renameMaterial(illustrated(source), names)
  const { content } = versionOf(source.draft)
  return { ...source, draft: draftOf({ content, key, figureSpec: figure }), variants: variants ?? null }
}

/** Gives a question its tags, in place of those that it had. Written twice, also in another case of letters, a tag is one. */
export async function setTags(
  { questionId, viewer }: QuestionAccess<'question.edit'>,
  tags: readonly string[],
): Promise<{ readonly tags: string[] }> {
  const after = [...new Map(tags.map((tag) => [tag.toLowerCase(), tag] as const)).values()]
  await staffDatabase.$transaction(async (transaction) => {
    const { tags: before } = await transaction.question.findUniqueOrThrow({ where: { id: questionId } })
    if (before.join('\n') === after.join('\n')) return
    await transaction.question.update({ where: { id: questionId }, data: { tags: after } })
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'question.tags',
      subject: `question:${questionId}`,
      before: { tags: before },
      after: { tags: after },
    })
  })
  return { tags: after }
}
