import type { AttemptQuestionView } from '@/lib/attempts/view'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import { measuredPictures } from '@/lib/explainers/claims/place'
import type { FigureDocument, Panel } from '@/lib/explainers/figures/document'
import { spotsOf } from '@/lib/explainers/figures/spots'
import { partFeedback, type Shows } from '@/lib/feedback/part-feedback'
import { readScenery } from '@/lib/feedback/service'
import type { PartFeedback } from '@/lib/feedback/view'
import type { ReleasedKeys } from '@/lib/grading/released-keys'
import { measurementsOf, type PartVerdict, partVerdictSchema } from '@/lib/verification/part-verdict'

/** An attempt, as far as feedback is about it. */
interface AnsweredQuestions {
  readonly assignment: { readonly assignmentId: string }
  readonly questions: readonly Pick<AttemptQuestionView, 'content' | 'figureRequestId'>[]
  /** By part id. */
  readonly answers: { readonly [partId: string]: { readonly optionIds: readonly string[] } }
}

/**
 * What an attempt's student is told about each part. Verdicts are of the very keys that the attempt was scored with,
 * and of the models that its figures show: what was measured of other weights says nothing about them.
 * @param keys that are released, which is what lets measurements out.
 * @returns by part id; null for a part of whose key nobody has said what it rests on.
 */
export async function readFeedback(
  keys: ReleasedKeys,
  { assignment, questions, answers }: AnsweredQuestions,
): Promise<ReadonlyMap<string, PartFeedback | null>> {
  const requestIds = questions.flatMap(({ figureRequestId }) => figureRequestId ?? [])
  const [verdicts, figures, shown, checks, scenery] = await Promise.all([
    readVerdicts([...new Set([...keys.values()].map(({ answerKeyId }) => answerKeyId))]),
    readFigureModels(requestIds),
    readShown(requestIds),
    staffDatabase.keyCheckRun.count({
      where: { assignmentId: assignment.assignmentId, status: { in: ['QUEUED', 'COMPUTING'] } },
    }),
    readScenery(
      [...keys.values()].flatMap(({ key }) => Object.values(measurementsOf(key)).flatMap(measuredPictures)),
    ),
  ])
  const feedback = new Map<string, PartFeedback | null>()
  for (const { content, figureRequestId } of questions) {
    const models = (figureRequestId && figures.get(figureRequestId)) || []
    const shows = (figureRequestId && shown.get(figureRequestId)) || undefined
    for (const part of content.parts) {
      const released = keys.get(part.id)
      if (!released) continue
      const { key, answerKeyId } = released
      const verdict = verdicts.get(`${answerKeyId} ${part.id}`)?.find((found) => isOfModels(found, models))
      const chosen = answers[part.id]?.optionIds ?? []
      feedback.set(part.id, partFeedback({ part, key, chosen }, verdict ?? null, checks > 0, scenery, shows))
    }
  }
  return feedback
}

/** @returns by key and part, newest first. */
async function readVerdicts(answerKeyIds: readonly string[]): Promise<ReadonlyMap<string, PartVerdict[]>> {
  const rows = await staffDatabase.keyVerdict.findMany({
    where: { answerKeyId: { in: [...answerKeyIds] } },
    orderBy: { id: 'desc' },
    select: { answerKeyId: true, partId: true, result: true },
  })
  const found = new Map<string, PartVerdict[]>()
  for (const { answerKeyId, partId, result } of rows) {
    const parsed = partVerdictSchema.safeParse(result)
    // Written by another release of Vitrine: the next check writes it anew.
    if (!parsed.success) continue
    const name = `${answerKeyId} ${partId}`
    found.set(name, [...(found.get(name) ?? []), parsed.data])
  }
  return found
}

interface ShownModel {
  readonly name: string
  readonly sha256: string
}

/** @returns by figure request, the models that its finished figure was computed with. */
async function readFigureModels(requestIds: readonly string[]): Promise<ReadonlyMap<string, ShownModel[]>> {
  const rows = await studentDatabase.$queryRaw<(ShownModel & { readonly requestId: string })[]>`
    SELECT DISTINCT r.id AS "requestId",
           e->'manifest'->'model'->>'name' AS name, e->'manifest'->'model'->>'sha256' AS sha256
    FROM "FigureRequest" r
    JOIN "Figure" f ON f.id = r."figureId"
    CROSS JOIN LATERAL jsonb_array_elements(f.manifest->'evidence') e
    WHERE r.id = ANY(${[...requestIds]})`
  const models = new Map<string, ShownModel[]>()
  for (const { requestId, ...model } of rows) models.set(requestId, [...(models.get(requestId) ?? []), model])
  return models
}

/** Panels of figures, by the figure's id: they never change. */
const panelsOf = new Map<string, readonly Panel[]>()
const mostFigures = 300

/** @returns by figure request, what its finished figure shows. */
async function readShown(requestIds: readonly string[]): Promise<ReadonlyMap<string, Shows>> {
  const requests = await studentDatabase.figureRequest.findMany({
    where: { id: { in: [...requestIds] }, figureId: { not: null } },
    select: { id: true, figureId: true },
  })
  const unknown = requests.flatMap(({ figureId }) => (figureId && !panelsOf.has(figureId) ? figureId : []))
  const rows = await studentDatabase.figure.findMany({
    where: { id: { in: unknown } },
    select: { id: true, document: true },
  })
  if (panelsOf.size + rows.length > mostFigures) panelsOf.clear()
  const panels = new Map(panelsOf)
  for (const { id, document } of rows) {
    const read = (document as unknown as FigureDocument).groups.flatMap((group) => group.panels)
    panels.set(id, read)
    panelsOf.set(id, read)
  }
  return new Map(
    requests.map(({ id, figureId }) => [
      id,
      (thing) => (panels.get(figureId!) ?? []).some((panel) => spotsOf(panel, thing).length > 0),
    ]),
  )
}

/** A model of another name may stand beside the figure's: the sentences name it. */
function isOfModels({ readings }: PartVerdict, shown: readonly ShownModel[]): boolean {
  return Object.values(readings).every(({ model }) =>
    shown.every(({ name, sha256 }) => name !== model.name || sha256 === model.sha256),
  )
}
