import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import { type AssignmentAccess, authorizeQuestion, type QuestionAccess } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { readPublishedToCopy } from '@/lib/studio/data'
import { addDraftQuestion, holdQuestions } from '@/lib/studio/mutations'

/**
 * Copies questions of any course that the viewer is an instructor of to the end of an assignment, each in its latest version,
 * as drafts that nobody is asked before they are published. Which version it was stays known.
 * @throws Problem `not-found`, `forbidden` for a question that is not the viewer's to copy; `invalid-request` for one that was
 * never published
 */
export async function copyQuestions(
  { assignmentId, viewer }: AssignmentAccess<'question.edit'>,
  questionIds: readonly string[],
): Promise<{ questionId: string; slug: string }[]> {
  const wanted = [...new Set(questionIds)]
  for (const questionId of wanted) await authorizeQuestion(viewer, { questionId }, 'question.edit')
  return staffDatabase.$transaction(async (transaction) => {
    const copies: { questionId: string; slug: string }[] = []
    for (const [at, original] of wanted.entries()) {
      const source = await readPublishedToCopy(transaction, original)
      if (!source)
        throw new Problem('invalid-request', undefined, {
          fields: [{ path: `body.questionIds.${at}`, issue: 'expected a question that was published' }],
        })
      const copy = await addDraftQuestion(transaction, {
        assignmentId,
        authorId: viewer.userId,
        held: await holdQuestions(transaction, assignmentId),
        copyOf: source,
      })
      await recordAudit(transaction, {
        actorId: viewer.userId,
        action: 'question.copy',
        subject: `question:${copy.questionId}`,
        after: { slug: copy.slug, copyOf: original, version: source.version },
      })
      copies.push(copy)
    }
    return copies
  })
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
