import { recordAudit } from '@/lib/audit/mutations'
import { demoAccounts as accounts } from '@/lib/auth/demo-accounts'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'
import { ensureFigures } from '@/lib/figures/mutations'
import type { AssignmentDocument } from '@/lib/interchange/assignment-document'
import { readAssignment } from '@/lib/interchange/service'
import { writePools } from '@/lib/pools/mutations'
import { addVersions, lockLatestVersions, type NewVersion, versionHash } from '@/lib/questions/mutations'
import { inRequest, requestIdOf } from '@/lib/request-context'
import { ensureVariants, seedVariantTexts } from '@/lib/variants/carrying/mutations'
import { ensureKeyChecks } from '@/lib/verification/mutations'
import { addDemoAccounts, removeDemoAccounts } from '@/prisma/seed/demo-accounts'

const roleNames = { STUDENT: 'Student', TA: 'TA', INSTRUCTOR: 'Instructor' } as const

/** For the announcement of `npm start`. */
export const demoAccounts = accounts.map(({ role, email, password }) => ({
  role: roleNames[role],
  email,
  password,
}))

/** Any two seedings wait for each other. An arbitrary number that nothing else uses. */
const seedLock = 5_607_001

export interface Seeded {
  readonly assignmentId: string
  /** Slugs of questions that got a new version. */
  readonly changed: readonly string[]
}

/**
 * Puts the bundled assignment into the database, the demo accounts as far as they are wanted, and asks for the
 * figures and for the keys to be checked. Run at every start: what is there already is left alone.
 */
export function seed(): Promise<Seeded> {
  return inRequest({ requestId: requestIdOf(null), actingAs: 'server' }, async () => {
    const { courseId, ...seeded } = await seedAssignment(await readAssignment())
    if (environment().demo) await addDemoAccounts(courseId)
    else await removeDemoAccounts()
    await ensureFigures()
    await ensureKeyChecks()
    await ensureVariants()
    return seeded
  })
}

/** @returns the name of the course of the bundled assignment. */
export async function bundledCourse(): Promise<string> {
  return (await readAssignment()).course.slug
}

/**
 * Seeds one assignment. Course and assignment are made once and are the instructor's from then on. A question gets a
 * new version when its text changed, unless an instructor has published a version or regraded it: then it stays as it is.
 */
export async function seedAssignment(document: AssignmentDocument): Promise<Seeded & { courseId: string }> {
  return staffDatabase.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${seedLock}::bigint)`
      const { courseId, id: assignmentId, isNew } = await findOrCreateAssignment(transaction, document)
      const changed = await seedQuestions(transaction, assignmentId, document.questions)
      if (isNew) await seedPools(transaction, assignmentId, document)
      return { courseId, assignmentId, changed }
    },
    { timeout: 60_000, maxWait: 30_000 },
  )
}

async function findOrCreateAssignment(
  transaction: Prisma.TransactionClient,
  { course, assignment }: AssignmentDocument,
) {
  const { id: courseId } = await transaction.course.upsert({
    where: { slug: course.slug },
    create: course,
    update: {},
  })
  const where = { courseId_slug: { courseId, slug: assignment.slug } }
  const existing = await transaction.assignment.findUnique({ where })
  if (existing) return { ...existing, isNew: false }
  const lateTiers = assignment.lateTiers.map((tier) => ({ ...tier }))
  const created = await transaction.assignment.create({ data: { courseId, ...assignment, lateTiers } })
  await recordAudit(transaction, {
    actorId: null,
    action: 'seed.assignment',
    subject: `assignment:${created.id}`,
  })
  return { ...created, isNew: true }
}

async function seedPools(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  { pools = [] }: AssignmentDocument,
): Promise<void> {
  const rows = await transaction.question.findMany({ where: { assignmentId } })
  const idOf = new Map(rows.map(({ id, slug }) => [slug, id]))
  await writePools(
    transaction,
    assignmentId,
    pools.map((pool) => ({ ...pool, questionIds: pool.questions.map((slug) => idOf.get(slug)!) })),
  )
}

/** Texts of variants go with the versions that they were written for: where an instructor has published another, there is none. */
async function seedTexts(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  questions: AssignmentDocument['questions'],
): Promise<void> {
  const written = questions.filter(({ variants }) => variants?.texts)
  const rows = await transaction.questionVersion.findMany({
    where: { question: { assignmentId, slug: { in: written.map(({ slug }) => slug) } }, origin: 'SEED' },
    select: { id: true, contentHash: true },
  })
  const idOf = new Map(rows.map(({ id, contentHash }) => [contentHash, id]))
  const texts = written.flatMap(({ content, key, figure, variants }) => {
    const versionId = idOf.get(versionHash({ content, key, figureSpec: figure }))
    return versionId ? [[versionId, variants!.texts] as const] : []
  })
  await seedVariantTexts(transaction, new Map(texts))
}

/** @returns slugs of the questions that got a new version. */
async function seedQuestions(
  transaction: Prisma.TransactionClient,
  assignmentId: string,
  questions: AssignmentDocument['questions'],
): Promise<string[]> {
  await transaction.question.createMany({
    data: questions.map(({ slug, tags = [] }, index) => ({ assignmentId, slug, tags, position: index + 1 })),
    skipDuplicates: true,
  })
  const stored = await transaction.question.findMany({ where: { assignmentId } })
  const rowOf = new Map(stored.map((question) => [question.slug, question]))
  const latest = await lockLatestVersions(
    transaction,
    stored.map((question) => question.id),
  )
  const changed: string[] = []
  const versions: NewVersion[] = []
  for (const [index, { slug, content, key, figure }] of questions.entries()) {
    const row = rowOf.get(slug)!
    const version = { content, key, figureSpec: figure }
    const known = latest.get(row.id)
    if (
      known?.origin === 'INSTRUCTOR' ||
      (known?.keyVersion ?? 1) > 1 ||
      known?.contentHash === versionHash(version)
    )
      continue
    changed.push(slug)
    const number = (known?.version ?? 0) + 1
    versions.push({ ...version, questionId: row.id, number, origin: 'SEED', authorId: null })
    if (row.position !== index + 1)
      await transaction.question.update({ where: { id: row.id }, data: { position: index + 1 } })
  }
  if (versions.length > 0) await addVersions(transaction, versions)
  await seedTexts(transaction, assignmentId, questions)
  await recordAudit(
    transaction,
    ...versions.map((version) => ({
      actorId: null,
      action: 'seed.question' as const,
      subject: `question:${version.questionId}`,
      after: { version: version.number, contentHash: versionHash(version) },
    })),
  )
  return changed
}
