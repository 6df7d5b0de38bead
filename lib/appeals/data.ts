import { appealState, isAskingOpen } from '@/lib/appeals/lease'
import type { QueueQuery } from '@/lib/appeals/schema'
import type {
  AppealDetail,
  AppealFilter,
  AppealGroup,
  AppealHolder,
  AppealLine,
  AppealQueue,
  OwnAppeal,
  OwnAppeals,
} from '@/lib/appeals/view'
import type { AppealAccess, AssignmentAccess, OwnAttemptAccess, Viewer } from '@/lib/auth/gate'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { studentDatabase } from '@/lib/database/student'
import { readFeedback } from '@/lib/feedback/data'
import { readKeysForStaff } from '@/lib/grading/data'
import { readLatestQuestions } from '@/lib/questions/data'
import { readAttemptWork } from '@/lib/student-work/data'
import { readRelease } from '@/lib/submission/data'

/** What the viewer asked about an attempt, and whether more may be asked. */
export async function readOwnAppeals(access: OwnAttemptAccess<'attempt.result'>): Promise<OwnAppeals> {
  const { attemptId, assignmentId } = access
  const now = new Date()
  const [{ appealsUntil }, release, appeals] = await Promise.all([
    studentDatabase.assignment.findUniqueOrThrow({
      where: { id: assignmentId },
      select: { appealsUntil: true },
    }),
    readRelease(attemptId, now),
    studentDatabase.appeal.findMany({
      where: { attemptId },
      orderBy: { askedAt: 'asc' },
      include: { messages: { orderBy: { id: 'asc' } } },
    }),
  ])
  return {
    open: isAskingOpen(release.score, appealsUntil, now),
    until: appealsUntil?.toISOString() ?? null,
    appeals: appeals.map((appeal) => ownAppeal(appeal, now)),
  }
}

type AppealRow = Parameters<typeof appealState>[0] & {
  readonly id: string
  readonly partId: string
  readonly messages: readonly { readonly byStaff: boolean; readonly at: Date; readonly text: string }[]
}

function ownAppeal(appeal: AppealRow, now: Date): OwnAppeal {
  return {
    appealId: appeal.id,
    partId: appeal.partId,
    state: appealState(appeal, now),
    messages: appeal.messages.map(({ byStaff, at, text }) => ({ byStaff, at: at.toISOString(), text })),
  }
}

/** @returns how many questions wait for an answer, taken or not. */
export function countWaiting(
  access: AssignmentAccess<'assignment.overview' | 'appeal.answer'>,
): Promise<number> {
  return staffDatabase.appeal.count({
    where: { status: 'OPEN', attempt: { assignmentId: access.assignmentId } },
  })
}

const linesAPage = 50

/** A page of the questions of an assignment, the oldest first. */
export async function readQueue(
  access: AssignmentAccess<'appeal.answer'>,
  { state, part, page }: QueueQuery,
): Promise<AppealQueue> {
  const now = new Date()
  const all: Prisma.AppealWhereInput = { attempt: { assignmentId: access.assignmentId } }
  const filters: Readonly<Record<AppealFilter, Prisma.AppealWhereInput>> = {
    open: { ...all, status: 'OPEN', OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] },
    claimed: { ...all, status: 'OPEN', claimedUntil: { gt: now } },
    answered: { ...all, status: 'ANSWERED' },
    all,
  }
  const where = { ...filters[state], ...(part !== undefined && { partId: part }) }
  const count = (which: Prisma.AppealWhereInput) => staffDatabase.appeal.count({ where: which })
  const [open, claimed, answered, total, matching, waiting, labels, rows] = await Promise.all([
    count(filters.open),
    count(filters.claimed),
    count(filters.answered),
    count(filters.all),
    count(where),
    staffDatabase.appeal.groupBy({ by: ['partId'], where: { ...all, status: 'OPEN' }, _count: true }),
    readLabels(access),
    staffDatabase.appeal.findMany({
      where,
      orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * linesAPage,
      take: linesAPage,
      include: lineParts,
    }),
  ])
  const holders = await readNames(rows.flatMap(({ claimedById }) => claimedById ?? []))
  return {
    counts: { open, claimed, answered, all: total },
    groups: [...labels].flatMap(([partId, label]): AppealGroup[] => {
      const students = waiting.find((group) => group.partId === partId)?._count ?? 0
      return students < 2 ? [] : [{ partId, label, students }]
    }),
    lines: rows.map((row) => lineOf(row, access.viewer, labels, holders, now)),
    pages: Math.max(1, Math.ceil(matching / linesAPage)),
  }
}

const lineParts = {
  messages: { orderBy: { id: 'asc' } },
  attempt: { select: { number: true, user: { select: { id: true, name: true, email: true } } } },
} as const satisfies Prisma.AppealInclude

type LineRow = Prisma.AppealGetPayload<{ include: typeof lineParts }>

/** @returns by part id, in the order of the parts. */
async function readLabels(access: AssignmentAccess<'appeal.answer'>): Promise<ReadonlyMap<string, string>> {
  const questions = await readLatestQuestions(access.assignmentId)
  return new Map(questions.flatMap(({ content }) => content.parts.map(({ id, label }) => [id, label])))
}

async function readNames(userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await staffDatabase.user.findMany({
    where: { id: { in: [...userIds] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}

function lineOf(
  row: LineRow,
  viewer: Viewer,
  labels: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
  now: Date,
): AppealLine {
  const { user, number } = row.attempt
  const state = appealState(row, now)
  const holder: AppealHolder | null =
    state === 'claimed'
      ? {
          name: names.get(row.claimedById!) ?? null,
          isViewer: row.claimedById === viewer.userId,
          until: row.claimedUntil!.toISOString(),
        }
      : null
  return {
    appealId: row.id,
    state,
    partId: row.partId,
    label: labels.get(row.partId) ?? row.partId,
    student: { userId: user.id, name: user.name, email: user.email },
    attemptNumber: number,
    askedAt: row.askedAt.toISOString(),
    text: row.messages[0]?.text ?? '',
    holder,
  }
}

/** A question with what it is about: the student's answer, the key, the figure, and what was measured. */
export async function readAppeal(access: AppealAccess<'appeal.answer'>): Promise<AppealDetail> {
  const { appealId, attemptId, assignmentId, viewer } = access
  const now = new Date()
  const row = await staffDatabase.appeal.findUniqueOrThrow({ where: { id: appealId }, include: lineParts })
  const { partId } = row
  const [earlier, alsoWaiting, work, keys, names] = await Promise.all([
    staffDatabase.appeal.findMany({
      where: { attemptId, partId, askedAt: { lt: row.askedAt } },
      orderBy: { askedAt: 'asc' },
      include: { messages: { orderBy: { id: 'asc' } } },
    }),
    staffDatabase.appeal.count({
      where: { partId, status: 'OPEN', id: { not: appealId }, attempt: { assignmentId } },
    }),
    readAttemptWork(access),
    readKeysForStaff(access),
    readNames([
      ...row.messages.map(({ authorId }) => authorId),
      ...(row.claimedById ? [row.claimedById] : []),
    ]),
  ])
  const question = work.questions.find(({ parts }) => parts.some(({ part }) => part.id === partId))
  if (!question)
    throw new Error(`attempt ${attemptId} has no part ${partId}, which appeal ${appealId} is about`)
  const asked = question.parts.find(({ part }) => part.id === partId)!
  const feedback = await readFeedback(keys, {
    assignment: { assignmentId },
    questions: [{ ...question, content: { ...question.content, parts: [asked.part] } }],
    answers: { [partId]: { optionIds: asked.chosen } },
  })
  return {
    ...lineOf(row, viewer, new Map([[partId, asked.part.label]]), names, now),
    messages: ownAppeal(row, now).messages,
    answeredBy: names.get(row.messages.find(({ byStaff }) => byStaff)?.authorId ?? '') ?? null,
    earlier: earlier.map((one) => ownAppeal(one, now)),
    work: { ...question, parts: [asked] },
    feedback: feedback.get(partId) ?? null,
    alsoWaiting,
  }
}
