import type { AssignmentAccess, CourseAccess, SiteAccess, Viewer } from '@/lib/auth/gate'
import type { Action } from '@/lib/auth/permissions'
import type {
  AssignmentDetailsView,
  AssignmentState,
  AssignmentSummary,
  CopySource,
  CourseDetails,
} from '@/lib/authoring/view'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { type AssignmentDocument, assignmentFormat } from '@/lib/interchange/assignment-document'
import { bilingualSchema, questionContentSchema, questionKeySchema } from '@/lib/questions/content'
import { lateTiersSchema } from '@/lib/timing/schema'
import { readRecipes } from '@/lib/variants/carrying/data'

/** @returns what the course is called and how it is set. */
export async function readCourse(access: CourseAccess<Action>): Promise<CourseDetails> {
  const { slug, title, timeZone, archivedAt } = await staffDatabase.course.findUniqueOrThrow({
    where: { id: access.courseId },
  })
  return {
    slug,
    title: bilingualSchema.parse(title),
    timeZone,
    archivedAt: archivedAt?.toISOString() ?? null,
  }
}

/** What an attempt that begins now has: published, and not archived. */
export const asked = { archivedAt: null, versions: { some: {} } } satisfies Prisma.QuestionWhereInput

const counts = {
  _count: { select: { questions: { where: asked } } },
  attempts: { distinct: ['userId' as const], select: { userId: true } },
}

interface AssignmentRow {
  readonly id: string
  readonly slug: string
  readonly title: unknown
  readonly state: AssignmentState
  readonly _count: { readonly questions: number }
  readonly attempts: readonly unknown[]
}

const summaryOf = ({ id, slug, title, state, _count, attempts }: AssignmentRow): AssignmentSummary => ({
  assignmentId: id,
  slug,
  title: bilingualSchema.parse(title),
  state,
  questions: _count.questions,
  started: attempts.length,
})

/** @returns the course's assignments in their order, drafts and archived ones too. */
export async function readCourseAssignments(
  access: CourseAccess<'assignment.overview'>,
): Promise<AssignmentSummary[]> {
  const rows = await staffDatabase.assignment.findMany({
    where: { courseId: access.courseId },
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    include: counts,
  })
  return rows.map(summaryOf)
}

export async function readAssignmentDetails(
  access: AssignmentAccess<'assignment.settings'>,
): Promise<AssignmentDetailsView> {
  const row = await staffDatabase.assignment.findUniqueOrThrow({
    where: { id: access.assignmentId },
    include: counts,
  })
  return {
    ...summaryOf(row),
    introduction: bilingualSchema.parse(row.introduction),
    shuffleOptions: row.shuffleOptions,
  }
}

const taughtBy = ({ userId }: Viewer): Prisma.CourseWhereInput => ({
  enrollments: { some: { userId, role: 'INSTRUCTOR' } },
})

/** @returns who has been an instructor of the course for longest, for what is done in an instructor's name. */
export async function readInstructor(courseSlug: string): Promise<Viewer | null> {
  const enrollment = await staffDatabase.enrollment.findFirst({
    where: { role: 'INSTRUCTOR', course: { slug: courseSlug } },
    orderBy: [{ user: { createdAt: 'asc' } }, { userId: 'asc' }],
    select: { user: { select: { id: true, name: true, email: true } } },
  })
  return (
    enrollment && { userId: enrollment.user.id, name: enrollment.user.name, email: enrollment.user.email }
  )
}

/** Whether an assignment has ever been made of this, as the history knows also of one that is deleted. */
export async function wasAdded(from: string): Promise<boolean> {
  const made = await staffDatabase.auditEvent.count({
    where: { action: 'assignment.create', after: { path: ['from'], equals: from } },
  })
  return made > 0
}

/** @returns the courses that the viewer is an instructor of, by title; `id` is the slug. */
export async function readCourseSources({
  viewer,
}: SiteAccess<'course.create'>): Promise<CopySource<string>[]> {
  const rows = await staffDatabase.course.findMany({ where: taughtBy(viewer), orderBy: { slug: 'asc' } })
  return rows.map(({ slug, title }) => {
    const name = bilingualSchema.parse(title)
    return { id: slug, title: name, course: name }
  })
}

/** @returns the assignments of all courses that the viewer is an instructor of. */
export async function readAssignmentSources({
  viewer,
}: CourseAccess<'assignment.create'>): Promise<CopySource<string>[]> {
  const rows = await staffDatabase.assignment.findMany({
    where: { course: taughtBy(viewer) },
    orderBy: [{ course: { slug: 'asc' } }, { position: 'asc' }, { slug: 'asc' }],
    select: { id: true, title: true, course: { select: { title: true } } },
  })
  return rows.map(({ id, title, course }) => ({
    id,
    title: bilingualSchema.parse(title),
    course: bilingualSchema.parse(course.title),
  }))
}

/**
 * @returns the assignment as a file holds it: settings, and the latest version of every question with its latest key.
 * Full points are those of the questions, also where a regrade gave a part others.
 */
export async function readAssignmentDocument(
  access: AssignmentAccess<'assignment.settings'>,
): Promise<AssignmentDocument> {
  return documentOf(staffDatabase, access.assignmentId)
}

/** As `readAssignmentDocument`, within a transaction that copies. */
export async function documentOf(
  reader: Pick<Prisma.TransactionClient, 'assignment' | 'question'>,
  assignmentId: string,
): Promise<AssignmentDocument> {
  const { course, pools, questions, ...assignment } = await reader.assignment.findUniqueOrThrow({
    where: { id: assignmentId },
    include: {
      course: { select: { slug: true, title: true } },
      pools: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
      questions: {
        where: asked,
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        include: {
          versions: {
            orderBy: { version: 'desc' },
            take: 1,
            include: { keys: { orderBy: { version: 'desc' }, take: 1 } },
          },
        },
      },
    },
  })
  const recipes = await readRecipes(
    reader,
    questions.map(({ id }) => id),
  )
  const instant = (date: Date | null) => date?.toISOString() ?? null
  return {
    format: assignmentFormat,
    course: { slug: course.slug, title: bilingualSchema.parse(course.title) },
    assignment: {
      slug: assignment.slug,
      title: bilingualSchema.parse(assignment.title),
      introduction: bilingualSchema.parse(assignment.introduction),
      opensAt: instant(assignment.opensAt),
      dueAt: instant(assignment.dueAt),
      closesAt: instant(assignment.closesAt),
      scoreReleaseAt: instant(assignment.scoreReleaseAt),
      keyReleaseAt: instant(assignment.keyReleaseAt),
      appealsUntil: instant(assignment.appealsUntil),
      lateTiers: lateTiersSchema.parse(assignment.lateTiers),
      timeLimitMinutes: assignment.timeLimitMinutes,
      attemptsAllowed: assignment.attemptsAllowed,
      attemptKeep: assignment.attemptKeep,
      scoreRelease: assignment.scoreRelease,
      keyRelease: assignment.keyRelease,
      ...(assignment.shuffleOptions && { shuffleOptions: true }),
    },
    ...poolsOf(pools, questions),
    questions: questions.flatMap(({ id: questionId, slug, tags, versions }) =>
      versions.map(({ id, content, figureSpec, keys }) => {
        if (!keys[0]) throw new Error(`question version ${id} has no key`)
        const variants = recipes.get(questionId)
        return {
          slug,
          content: questionContentSchema.parse(content),
          key: questionKeySchema.parse(keys[0].secret),
          figure: figureSpec === null ? null : figureSpecSchema.parse(figureSpec),
          ...(tags.length > 0 && { tags }),
          ...(variants && { variants }),
        }
      }),
    ),
  }
}

/** Pools without any question that is asked are left out, and none draws more than there are. */
function poolsOf(
  pools: readonly { readonly id: string; readonly title: unknown; readonly draw: number }[],
  questions: readonly { readonly slug: string; readonly poolId: string | null }[],
): Pick<AssignmentDocument, 'pools'> {
  const found = pools.flatMap(({ id, title, draw }) => {
    const slugs = questions.flatMap(({ slug, poolId }) => (poolId === id ? [slug] : []))
    if (slugs.length === 0) return []
    return [{ title: bilingualSchema.parse(title), draw: Math.min(draw, slugs.length), questions: slugs }]
  })
  return found.length > 0 ? { pools: found } : {}
}
