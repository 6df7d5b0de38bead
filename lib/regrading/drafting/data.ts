import { isDeepStrictEqual } from 'node:util'
import type { AssignmentAccess } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import type { QuestionPart } from '@/lib/questions/content'
import { type KeyedVersion, treatmentOf } from '@/lib/regrading/plan'
import type { TreatedPart } from '@/lib/regrading/policy'
import { readKeyedVersions } from '@/lib/regrading/preparing/data'
import type { RegradablePart } from '@/lib/regrading/view'

/** The assignment's parts, of all question versions that attempts show or will show, as a draft may change them. */
export async function readRegradableParts(
  access: AssignmentAccess<'regrade.draft'>,
): Promise<RegradablePart[]> {
  const [versions, pins, scores] = await Promise.all([
    readKeyedVersions(staffDatabase, access.assignmentId),
    staffDatabase.attemptQuestion.groupBy({
      by: ['questionVersionId'],
      where: { attempt: { assignmentId: access.assignmentId } },
    }),
    staffDatabase.partScore.groupBy({
      by: ['answerKeyId', 'partId'],
      where: { attempt: { assignmentId: access.assignmentId } },
      _count: true,
    }),
  ])
  const pinned = new Set(pins.map(({ questionVersionId }) => questionVersionId))
  const countOf = (version: KeyedVersion, partId: string) =>
    scores
      .filter(
        (row) => row.partId === partId && version.keys.some((key) => key.answerKeyId === row.answerKeyId),
      )
      .reduce((sum, row) => sum + row._count, 0)
  const parts: RegradablePart[] = []
  for (const version of versions.filter((one) => one.isLatest || pinned.has(one.questionVersionId)))
    for (const part of version.content.parts) {
      const treated = treatmentOf(part, version.keys[0]!)
      const alike = parts.findIndex((known) => isAlike(known, part, treated))
      const own = { questionVersionId: version.questionVersionId, version: version.version }
      const known = parts[alike]
      if (known)
        parts[alike] = {
          ...known,
          versions: [...known.versions, own],
          scores: known.scores + countOf(version, part.id),
        }
      else
        parts.push({
          partId: part.id,
          position: version.position,
          label: part.label,
          prompt: part.prompt ?? version.content.prompt,
          part,
          versions: [own],
          ...treated,
          scores: countOf(version, part.id),
        })
    }
  return parts
}

function isAlike(known: RegradablePart, part: QuestionPart, treated: TreatedPart): boolean {
  const shown = ({ selection, options }: QuestionPart) => ({ selection, ids: options.map(({ id }) => id) })
  return (
    known.partId === part.id &&
    known.points === treated.points &&
    isDeepStrictEqual(shown(known.part), shown(part)) &&
    isDeepStrictEqual(known.key, treated.key)
  )
}
