import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { encode } from 'next-auth/jwt'
import {
  type Action,
  mayOnSite,
  mayRole,
  type Role,
  roles,
  type SiteAction,
  sitePermissions,
} from '@/lib/auth/permissions'
import { sessionCookie } from '@/lib/auth/session'
import { generatedSecret } from '@/lib/data-folder'
import { assignmentAddress, expect, test } from './people'

/**
 * Every page is asked for by every role, by members of another course, by somebody without a course and by nobody, over
 * HTTP without a browser; the permission matrix says what has to come back. A page that is not in the table fails the
 * test until it is. Routes have the same test in tests/integration/server/denials.test.ts.
 */

interface Case {
  readonly address: (studentId: string) => string
  /** null: everybody who is signed in. */
  readonly action: Action | SiteAction | null
  /** `any`: a member of any course may; somebody without one is answered 403. */
  readonly members?: 'any'
  /** Also for somebody who is not signed in. */
  readonly open?: true
}

/** Whether a member of that role in any course, who is no operator, may. */
const may = (role: Role, action: Action | SiteAction): boolean =>
  action in sitePermissions
    ? mayOnSite({ operator: false, instructor: role === 'INSTRUCTOR' }, action as SiteAction)
    : mayRole(role, action as Action)

const courseStaff = (rest: string) => () => `/courses/explainable-ai/staff${rest}`
const below = (rest: string) => () => assignmentAddress + rest
const room = (name: string): Case => ({
  address: () => `/explore${name}`,
  action: 'exploration.run',
  members: 'any',
})
/** Made for this test. */
const appealId = 'denied-appeal'
/** Of a regrade that is put away and of a swap of models, made for this test. */
const regradeNumber = 999
const inAssignment = 'courses/[course]/[assignment]/'

const pages: { readonly [file: string]: Case } = {
  'page.tsx': { address: () => '/', action: null },
  'sign-in/page.tsx': { address: () => '/sign-in', action: null, open: true },
  // A link that was never made: the page says so.
  'invitations/[token]/page.tsx': { address: () => '/invitations/none', action: null, open: true },
  'explore/page.tsx': room(''),
  'explore/attention/page.tsx': room('/attention'),
  'explore/embedding-similarity/page.tsx': room('/embedding-similarity'),
  'explore/embedding-space/page.tsx': room('/embedding-space'),
  'courses/[course]/staff/bank/page.tsx': { address: courseStaff('/bank'), action: 'question.bank' },
  'courses/[course]/staff/models/page.tsx': { address: courseStaff('/models'), action: 'model.read' },
  'courses/new/page.tsx': { address: () => '/courses/new', action: 'course.create', members: 'any' },
  'operator/page.tsx': { address: () => '/operator', action: 'operations.read', members: 'any' },
  'operator/queue/page.tsx': { address: () => '/operator/queue', action: 'operations.read', members: 'any' },
  'courses/[course]/staff/page.tsx': { address: courseStaff(''), action: 'assignment.overview' },
  'courses/[course]/staff/people/page.tsx': { address: courseStaff('/people'), action: 'course.people' },
  'courses/[course]/staff/pictures/page.tsx': { address: courseStaff('/pictures'), action: 'picture.read' },
  'courses/[course]/staff/pictures/[picture]/page.tsx': {
    address: courseStaff('/pictures/0'),
    action: 'picture.read',
  },
  'courses/[course]/staff/settings/page.tsx': {
    address: courseStaff('/settings'),
    action: 'course.settings',
  },
  [`${inAssignment}staff/settings/page.tsx`]: {
    address: below('/staff/settings'),
    action: 'assignment.settings',
  },
  [`${inAssignment}page.tsx`]: { address: below(''), action: 'assignment.read' },
  [`${inAssignment}(attempt)/questions/[position]/page.tsx`]: {
    address: below('/questions/1'),
    action: 'attempt.read',
  },
  [`${inAssignment}(attempt)/review/page.tsx`]: { address: below('/review'), action: 'attempt.read' },
  [`${inAssignment}result/page.tsx`]: { address: below('/result'), action: 'attempt.result' },
  [`${inAssignment}staff/page.tsx`]: { address: below('/staff'), action: 'assignment.overview' },
  [`${inAssignment}staff/scores/page.tsx`]: {
    address: below('/staff/scores'),
    action: 'assignment.overview',
  },
  [`${inAssignment}staff/statistics/page.tsx`]: {
    address: below('/staff/statistics'),
    action: 'assignment.statistics',
  },
  [`${inAssignment}staff/sections/page.tsx`]: {
    address: below('/staff/sections'),
    action: 'course.sections',
  },
  [`${inAssignment}staff/regrades/page.tsx`]: { address: below('/staff/regrades'), action: 'regrade.draft' },
  [`${inAssignment}staff/regrades/new/page.tsx`]: {
    address: below('/staff/regrades/new'),
    action: 'regrade.draft',
  },
  [`${inAssignment}staff/regrades/[number]/page.tsx`]: {
    address: below(`/staff/regrades/${regradeNumber}`),
    action: 'regrade.draft',
  },
  [`${inAssignment}staff/regrades/[number]/edit/page.tsx`]: {
    address: below(`/staff/regrades/${regradeNumber}/edit`),
    action: 'regrade.draft',
  },
  [`${inAssignment}staff/appeals/page.tsx`]: { address: below('/staff/appeals'), action: 'appeal.answer' },
  [`${inAssignment}staff/appeals/[appeal]/page.tsx`]: {
    address: below(`/staff/appeals/${appealId}`),
    action: 'appeal.answer',
  },
  [`${inAssignment}staff/studio/page.tsx`]: { address: below('/staff/studio'), action: 'question.read-key' },
  [`${inAssignment}staff/studio/[question]/page.tsx`]: {
    address: below('/staff/studio/q01'),
    action: 'question.read-key',
  },
  [`${inAssignment}staff/studio/models/page.tsx`]: {
    address: below('/staff/studio/models'),
    action: 'question.read-key',
  },
  [`${inAssignment}staff/studio/models/[swap]/page.tsx`]: {
    address: below(`/staff/studio/models/${regradeNumber}`),
    action: 'question.read-key',
  },
  [`${inAssignment}staff/evidence/page.tsx`]: { address: below('/staff/evidence'), action: 'evidence.read' },
  [`${inAssignment}staff/audit/page.tsx`]: { address: below('/staff/audit'), action: 'assignment.audit' },
  [`${inAssignment}staff/dates/page.tsx`]: { address: below('/staff/dates'), action: 'assignment.schedule' },
  [`${inAssignment}staff/receipts/page.tsx`]: {
    address: below('/staff/receipts'),
    action: 'receipt.verify',
  },
  [`${inAssignment}staff/studio/[question]/variants/page.tsx`]: {
    address: below('/staff/studio/q01/variants'),
    action: 'question.edit',
  },
  [`${inAssignment}staff/studio/figures/page.tsx`]: {
    address: below('/staff/studio/figures'),
    action: 'question.edit',
  },
  [`${inAssignment}staff/studio/pools/page.tsx`]: {
    address: below('/staff/studio/pools'),
    action: 'question.edit',
  },
  [`${inAssignment}staff/preview/page.tsx`]: {
    address: (studentId) => `${assignmentAddress}/staff/preview?student=${studentId}`,
    action: 'student.preview',
  },
  [`${inAssignment}staff/students/[student]/page.tsx`]: {
    address: (studentId) => `${assignmentAddress}/staff/students/${studentId}`,
    action: 'assignment.inspect',
  },
}

test('every page is in the table', () => {
  const files = readdirSync('app', { recursive: true }).map(String)
  const routes = files.filter((file) => path.basename(file) === 'page.tsx')
  expect(routes.sort()).toEqual(Object.keys(pages).sort())
})

test('every page follows the permission matrix', async ({ request, database }) => {
  const folder = process.env.VITRINE_TEST_DATA ?? path.join(tmpdir(), 'vitrine-browser-tests')
  const secret = generatedSecret(folder, 'sessions')
  const made: string[] = []
  const enrol = async (courseId: string | null, role: Role) => {
    const id = randomUUID()
    made.push(id)
    const email = `${id}@test.example`
    await database.query(`INSERT INTO "User" (id, email, name) VALUES ($1, $2, 'Somebody')`, [id, email])
    if (courseId)
      await database.query(
        `INSERT INTO "Enrollment" ("userId", "courseId", role) VALUES ($1, $2, $3::"Role")`,
        [id, courseId, role],
      )
    const token = await encode({ token: { sub: id, name: 'Somebody', email }, secret })
    return { id, cookie: `${sessionCookie}=${token}` }
  }
  const ask = async (address: string, cookie: string) => {
    const response = await request.get(address, { headers: { cookie }, maxRedirects: 0 })
    return { status: response.status(), to: response.headers().location ?? '' }
  }
  const { rows } = await database.query<{ courseId: string; assignmentId: string }>(
    `SELECT c.id AS "courseId", a.id AS "assignmentId" FROM "Course" c JOIN "Assignment" a ON a."courseId" = c.id
     WHERE c.slug = 'explainable-ai' AND a.slug = 'hw9'`,
  )
  const { courseId, assignmentId } = rows[0]!
  const regradeId = randomUUID()
  await database.query(
    `INSERT INTO "Regrade" (id, "assignmentId", number, status, changes, "basedOn", reason, "authorIds")
     VALUES ($1, $2, $3, 'DISCARDED', '[]', '{}', '{"zh":"","en":"A test"}', '{}')`,
    [regradeId, assignmentId, regradeNumber],
  )
  await database.query(
    `INSERT INTO "ModelSwap" (id, "assignmentId", number, "fromModel", "toModel", "authorId")
     VALUES ($1, $2, $3, 'a', 'b', '')`,
    [regradeId, assignmentId, regradeNumber],
  )
  const elsewhere = randomUUID()
  await database.query(`INSERT INTO "Course" (id, slug, title) VALUES ($1, $1, '{"zh":"別","en":"Else"}')`, [
    elsewhere,
  ])
  try {
    const members = await Promise.all(roles.map(async (role) => ({ role, ...(await enrol(courseId, role)) })))
    const foreign = await Promise.all(
      roles.map(async (role) => ({ role, ...(await enrol(elsewhere, role)) })),
    )
    const stranger = await enrol(null, 'STUDENT')
    const student = members.find(({ role }) => role === 'STUDENT')!
    const started = await request.post(`/api/assignments/${assignmentId}/attempts`, {
      headers: { cookie: student.cookie, 'sec-fetch-site': 'same-origin' },
    })
    expect(started.status()).toBe(200)
    await database.query(
      `INSERT INTO "Appeal" (id, "attemptId", "partId") SELECT $1, id, 'q01' FROM "Attempt" WHERE "userId" = $2`,
      [appealId, student.id],
    )

    for (const [file, { address, action, members: whose, open }] of Object.entries(pages)) {
      const asked = address(student.id)
      const mayOpen = async (cookie: string, who: string) => {
        const { status, to } = await ask(asked, cookie)
        // A page may lead on to another one, but not away to the sign-in.
        if (status === 307) expect(to, `${who}: ${file}`).not.toContain('/sign-in')
        else expect(status, `${who}: ${file}`).toBe(200)
      }
      for (const { role, cookie } of members)
        if (action === null || may(role, action)) await mayOpen(cookie, role)
        else expect((await ask(asked, cookie)).status, `${role}: ${file}`).toBe(403)
      for (const { role, cookie } of foreign)
        if (action === null || (whose === 'any' && may(role, action)))
          await mayOpen(cookie, `${role} elsewhere`)
        else
          expect((await ask(asked, cookie)).status, `${role} elsewhere: ${file}`).toBe(
            whose === 'any' ? 403 : 404,
          )
      if (action === null) await mayOpen(stranger.cookie, 'without a course')
      else
        expect((await ask(asked, stranger.cookie)).status, `without a course: ${file}`).toBe(
          whose === 'any' ? 403 : 404,
        )
      const nobody = await ask(asked, '')
      if (open) expect(nobody.status).toBe(200)
      else expect(nobody, `nobody: ${file}`).toEqual({ status: 307, to: expect.stringContaining('/sign-in') })
    }
  } finally {
    await database.query(`DELETE FROM "Regrade" WHERE id = $1`, [regradeId])
    await database.query(`DELETE FROM "ModelSwap" WHERE id = $1`, [regradeId])
    await database.query(`DELETE FROM "User" WHERE id = ANY($1)`, [made])
    await database.query(`DELETE FROM "Course" WHERE id = $1`, [elsewhere])
  }
})
