import type { AssignmentAccess } from '@/lib/auth/gate'
import { readAssignment } from '@/lib/courses/data'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { decidingPair, describeClaim } from '@/lib/explainers/claims/wording'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import type { PictureTitles } from '@/lib/explainers/pictures/picture-name'
import { readFigureStates } from '@/lib/figures/data'
import { readPictureTitles } from '@/lib/pictures/data'
import {
  type PartKey,
  type QuestionContent,
  type QuestionKey,
  type QuestionPart,
  questionContentSchema,
  questionKeySchema,
} from '@/lib/questions/content'
import { readLatestQuestions } from '@/lib/questions/data'
import { uploadedPicturesOfKey } from '@/lib/questions/named-pictures'
import { renderText } from '@/lib/questions/rendered-content'
import { type PartVerdict, partVerdictSchema } from '@/lib/verification/part-verdict'
import { modelsOf, showVerdict } from '@/lib/verification/verdict-view'
import type {
  EvidenceBrief,
  EvidenceLine,
  EvidenceOverview,
  KeyCheckState,
  PastVerdict,
} from '@/lib/verification/view'
import { explainVerdict } from '@/lib/verification/wording'

/** The latest key of the latest version of a question. */
export interface CheckedKey {
  readonly questionId: string
  readonly answerKeyId: string
  readonly content: QuestionContent
  readonly key: QuestionKey
  readonly figureRequestId: string | null
  /** Model that its figure is of; null where it has none. */
  readonly figureModel: string | null
}

/** For the worker and for functions that the gate has let through. */
export async function readKeysToCheck(assignmentId: string): Promise<CheckedKey[]> {
  const questions = await staffDatabase.question.findMany({
    where: { assignmentId, archivedAt: null },
    orderBy: { position: 'asc' },
    include: {
      versions: {
        orderBy: { version: 'desc' },
        take: 1,
        include: { keys: { orderBy: { version: 'desc' }, take: 1 } },
      },
    },
  })
  return questions.flatMap(({ id, versions: [version] }) => {
    const key = version?.keys[0]
    if (!version || !key) return []
    return [
      {
        questionId: id,
        answerKeyId: key.id,
        content: questionContentSchema.parse(version.content),
        key: questionKeySchema.parse(key.secret),
        figureRequestId: version.figureRequestId,
        figureModel: version.figureSpec === null ? null : figureSpecSchema.parse(version.figureSpec).model,
      },
    ]
  })
}

export function partIdsOf(keys: readonly CheckedKey[]): string[] {
  return keys.flatMap(({ content }) => content.parts.map((part) => part.id))
}

/** For the worker: whether a run was cancelled while it was under way. */
export async function isCheckEnded(runId: string): Promise<boolean> {
  const going = { id: runId, status: { in: ['QUEUED', 'COMPUTING'] } } satisfies Prisma.KeyCheckRunWhereInput
  return (await staffDatabase.keyCheckRun.count({ where: going })) === 0
}

/** @returns the latest verdict of one part of a key; null before the first. */
export async function readLatestVerdict(answerKeyId: string, partId: string): Promise<PartVerdict | null> {
  const row = await staffDatabase.keyVerdict.findFirst({
    where: { answerKeyId, partId },
    orderBy: { id: 'desc' },
  })
  const parsed = partVerdictSchema.safeParse(row?.result)
  return parsed.success ? parsed.data : null
}

/** @returns by part id, what was last measured for any key of a question version. */
export async function readLatestReadings(
  questionVersionId: string,
): Promise<ReadonlyMap<string, PartVerdict['readings']>> {
  const rows = await staffDatabase.keyVerdict.findMany({
    where: { answerKey: { questionVersionId } },
    orderBy: [{ partId: 'asc' }, { id: 'desc' }],
    distinct: ['partId'],
    select: { partId: true, result: true },
  })
  return new Map(
    rows.flatMap(({ partId, result }) => {
      const parsed = partVerdictSchema.safeParse(result)
      return parsed.success ? [[partId, parsed.data.readings] as const] : []
    }),
  )
}

export async function readLatestKeyCheck(
  access: AssignmentAccess<'evidence.read'>,
): Promise<KeyCheckState | null> {
  const run = await staffDatabase.keyCheckRun.findFirst({
    where: { assignmentId: access.assignmentId },
    orderBy: { createdAt: 'desc' },
  })
  if (!run) return null
  const status = run.status.toLowerCase() as KeyCheckState['status']
  return { status, done: run.done, total: run.total }
}

/** Everything that the page of evidence shows. */
export async function readEvidenceOverview(
  access: AssignmentAccess<'evidence.read'>,
): Promise<EvidenceOverview> {
  const keys = await readKeysToCheck(access.assignmentId)
  const [rows, figures, reasons, run, shown, titles] = await Promise.all([
    readHistory(access.assignmentId),
    readFigureStates(keys.flatMap(({ figureRequestId }) => figureRequestId ?? [])),
    readPublishReasons(keys),
    readLatestKeyCheck(access),
    readLatestQuestions(access.assignmentId),
    readPictureTitles(keys.flatMap(({ key }) => uploadedPicturesOfKey(key))),
  ])
  const { view } = await readAssignment(access, shown)
  return {
    assignment: view,
    run,
    parts: keys.flatMap((checked) =>
      checked.content.parts.map((part) =>
        lineOf(checked, part, {
          history: rows.get(part.id) ?? [],
          figure: (checked.figureRequestId && figures.get(checked.figureRequestId)) || null,
          publishReason: reasons.get(checked.questionId) ?? null,
          titles,
        }),
      ),
    ),
  }
}

/** What was found about every part's key, in short, to be held against what the class answers. */
export async function readEvidenceBriefs(
  access: AssignmentAccess<'evidence.read'>,
): Promise<EvidenceBrief[]> {
  const keys = await readKeysToCheck(access.assignmentId)
  const [history, figures, titles] = await Promise.all([
    readHistory(access.assignmentId),
    readFigureStates(keys.flatMap(({ figureRequestId }) => figureRequestId ?? [])),
    readPictureTitles(keys.flatMap(({ key }) => uploadedPicturesOfKey(key))),
  ])
  return keys.flatMap(({ answerKeyId, content, key, figureRequestId }) => {
    const figure = figureRequestId ? figures.get(figureRequestId) : undefined
    return content.parts.map((part): EvidenceBrief => {
      const current = history.get(part.id)?.find((row) => row.answerKeyId === answerKeyId)
      return {
        partId: part.id,
        label: part.label,
        questionLabel: content.label,
        options: part.options,
        correct: key[part.id]!.correct,
        figureId: figure?.status === 'ready' ? figure.figureId : null,
        verdict: current?.verdict.verdict ?? null,
        evidence: current ? briefOf(current.verdict, key[part.id]!, titles) : null,
      }
    })
  })
}

/** @returns null where no verdict on the key comes out of a measurement. */
function briefOf(verdict: PartVerdict, key: PartKey, titles: PictureTitles): EvidenceBrief['evidence'] {
  const { verdict: judgement, outcomes, readings, isThin } = verdict
  if (judgement === 'reasoned' || judgement === 'not-computable') return null
  const measurements = key.evidence?.kind === 'claims' ? key.evidence.measurements : {}
  const holding = Object.entries(outcomes).filter(([, { holds }]) => holds)
  const [favoured] = holding.toSorted(([one], [other]) => {
    const keyed = (id: string) => Number(key.correct.includes(id))
    // Where the key is in doubt, what holds beside it is what there is to say.
    return judgement === 'supported' ? keyed(other) - keyed(one) : keyed(one) - keyed(other)
  })
  return {
    judgement,
    isThin,
    accepted: key.evidence?.kind === 'claims' && key.evidence.accepted !== undefined,
    otherOptions: holding.flatMap(([id]) => (key.correct.includes(id) ? [] : [id])),
    favoured: favoured?.[0] ?? null,
    numbers: favoured ? decidingPair(favoured[1].claim, { measurements, readings }) : null,
    why: (favoured && explainVerdict(key, verdict, titles)[favoured[0]]) ?? null,
  }
}

interface HistoryRow {
  readonly answerKeyId: string
  readonly keyVersion: number
  readonly verdict: PartVerdict
  readonly checkedAt: Date
}

/** Verdicts of all versions of the assignment's questions by part, newest first. */
async function readHistory(assignmentId: string): Promise<ReadonlyMap<string, readonly HistoryRow[]>> {
  const rows = await staffDatabase.keyVerdict.findMany({
    where: { answerKey: { questionVersion: { variant: null, question: { assignmentId } } } },
    orderBy: { id: 'desc' },
    include: { answerKey: { select: { questionVersion: { select: { version: true } } } } },
  })
  const byPart = new Map<string, HistoryRow[]>()
  for (const { partId, answerKeyId, result, checkedAt, answerKey } of rows) {
    const parsed = partVerdictSchema.safeParse(result)
    // Written by another release of Vitrine: the next check writes it anew.
    if (!parsed.success) continue
    const keyVersion = answerKey.questionVersion.version
    byPart.set(partId, [
      ...(byPart.get(partId) ?? []),
      { answerKeyId, keyVersion, verdict: parsed.data, checkedAt },
    ])
  }
  return byPart
}

/** @returns by question id, the reason given when its latest version was published; absent where none was. */
async function readPublishReasons(keys: readonly CheckedKey[]): Promise<ReadonlyMap<string, string>> {
  const events = await staffDatabase.auditEvent.findMany({
    where: {
      action: 'question.publish',
      subject: { in: keys.map(({ questionId }) => `question:${questionId}`) },
    },
    orderBy: { id: 'asc' },
    select: { subject: true, after: true },
  })
  const reasons = new Map<string, string>()
  for (const { subject, after } of events) {
    const questionId = subject.slice('question:'.length)
    const reason = (after as { reason?: unknown } | null)?.reason
    if (typeof reason === 'string') reasons.set(questionId, reason)
    else reasons.delete(questionId)
  }
  return reasons
}

function lineOf(
  { answerKeyId, content, key }: CheckedKey,
  part: QuestionPart,
  {
    history,
    figure,
    publishReason,
    titles,
  }: {
    history: readonly HistoryRow[]
    figure: EvidenceLine['figure']
    publishReason: string | null
    titles: PictureTitles
  },
): EvidenceLine {
  const partKey = key[part.id]!
  const current = history.find((row) => row.answerKeyId === answerKeyId)
  const claims = partKey.evidence?.kind === 'claims' ? partKey.evidence : null
  const reasons = current ? explainVerdict(partKey, current.verdict, titles) : {}
  return {
    partId: part.id,
    label: part.label,
    topic: content.topic,
    prompt: renderText(part.prompt ?? content.prompt),
    figure,
    verdict: current ? showVerdict(current, partKey, titles) : null,
    options: part.options.map(({ id, text }) => {
      const outcome = current?.verdict.outcomes[id]
      const claim = claims?.claims[id]
      return {
        optionId: id,
        text: renderText(text, 'inline'),
        keyed: partKey.correct.includes(id),
        holds: outcome?.holds ?? null,
        margin: outcome?.margin ?? null,
        why: reasons[id] ?? (claim && claims ? describeClaim(claim, { ...claims, titles }) : null),
      }
    }),
    accepted: claims?.accepted ?? null,
    publishReason,
    disputed: claims?.disputed ?? null,
    explanation: renderText(partKey.explanation),
    history: history.map(pastOf),
  }
}

function pastOf({ verdict, keyVersion, checkedAt }: HistoryRow): PastVerdict {
  return {
    verdict: verdict.verdict,
    margin: verdict.margin,
    models: modelsOf(verdict),
    keyVersion,
    checkedAt: checkedAt.toISOString(),
  }
}
