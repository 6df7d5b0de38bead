import type { QuestionAccess } from '@/lib/auth/gate'
import { staffDatabase } from '@/lib/database/staff'
import { trialKeysSchema } from '@/lib/key-trials/schema'
import type { KeyTrialView } from '@/lib/key-trials/view'
import { readPictureTitles } from '@/lib/pictures/data'
import { uploadedPicturesOfKey } from '@/lib/questions/named-pictures'
import { partVerdictSchema } from '@/lib/verification/part-verdict'
import { showOutcomes, showVerdict } from '@/lib/verification/verdict-view'

/** @returns the latest trial of a part by the viewer; null: none, or it was withdrawn. */
export async function readTrial(
  { questionId, viewer }: QuestionAccess<'question.edit' | 'question.read-key'>,
  partId: string,
): Promise<KeyTrialView | null> {
  const row = await staffDatabase.keyTrial.findUnique({
    where: { questionId_partId_authorId: { questionId, partId, authorId: viewer.userId } },
  })
  if (!row) return null
  const keys = trialKeysSchema.parse(row.keys)
  const { seeds: _, ...key } = keys[partId]!
  const verdict = (row.verdicts as { readonly [partId: string]: unknown })[partId]
  const parsed = verdict === undefined ? null : partVerdictSchema.parse(verdict)
  const titles = await readPictureTitles(uploadedPicturesOfKey(keys))
  return {
    status: row.status.toLowerCase() as KeyTrialView['status'],
    done: row.done,
    total: row.total,
    asked: { figureModel: row.figureModel, correct: key.correct, evidence: key.evidence! },
    result: parsed && {
      verdict: showVerdict({ verdict: parsed, checkedAt: row.createdAt }, key, titles),
      options: showOutcomes(parsed, key, titles),
    },
  }
}

/** For the worker: whether the trial is still there. Whoever withdraws it takes it away. */
export async function isTrialWanted(trialId: string): Promise<boolean> {
  return (await staffDatabase.keyTrial.count({ where: { id: trialId } })) > 0
}
