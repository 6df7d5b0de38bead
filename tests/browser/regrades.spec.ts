import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { authorizeAssignment, authorizeOwnAttempt, authorizeSaving, type Viewer } from '@/lib/auth/gate'
import { readAssignment } from '@/lib/interchange/service'
import { submitAttempt } from '@/lib/submission/mutations'
import { seedAssignment } from '@/prisma/seed'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { choose, expect, test } from './people'

const courseSlug = 'regrade-test'
const address = `/courses/${courseSlug}/hw9`
const where = { courseSlug, assignmentSlug: 'hw9' }
const instructor = demoAccounts.find(({ role }) => role === 'INSTRUCTOR')!

test.beforeAll(async ({ product: _, database }) => {
  const document = await readAssignment()
  const { courseId } = await seedAssignment({ ...document, course: { ...document.course, slug: courseSlug } })
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT id, $1, 'INSTRUCTOR' FROM "User" WHERE email = $2`,
    [courseId, instructor.email],
  )
})

test.afterAll(async ({ database }) => {
  await database.query(`DELETE FROM "Course" WHERE slug = $1`, [courseSlug])
})

test('a key is changed: draft, preview, apply; the student reads why, and it is taken back', async ({
  page,
  browser,
  baseURL,
  database,
  student,
  signIn,
}) => {
  const { rows } = await database.query<{ id: string }>(`SELECT id FROM "User" WHERE email = $1`, [
    student.email,
  ])
  const viewer: Viewer = { userId: rows[0]!.id, name: student.name, email: student.email }
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT $1, id, 'STUDENT' FROM "Course" WHERE slug = $2`,
    [viewer.userId, courseSlug],
  )
  const { questions } = await readAssignment()
  const { content, key } = questions.find(({ slug }) => slug === 'q04')!
  const part = content.parts[0]!
  const wrong = part.options.find(({ id }) => !key[part.id]!.correct.includes(id))!.id
  const { attemptId } = await startAttempt(await authorizeAssignment(viewer, where, 'attempt.start'))
  const own = await authorizeSaving(viewer, attemptId)
  await saveAnswer({ ...viewer, since: new Date() }, own, part.id, {
    optionIds: [wrong],
    clientId: 'tab',
    revision: 1,
  })
  await submitAttempt(await authorizeOwnAttempt(viewer, { attemptId }, 'attempt.submit'))

  const context = await browser.newContext({ locale: 'en-GB' })
  const staff = await context.newPage()
  await signIn(staff, instructor)
  await staff.goto(`${address}/staff/regrades`)
  await expect(staff.getByText('Nothing has been regraded.')).toBeVisible()
  await staff.goto(`${address}/staff/regrades/new?part=q04`)
  await staff.getByRole('button', { name: 'See what it would do' }).click()
  await expect(staff.getByText('Write the reason in at least one language.')).toBeVisible()
  await choose(staff, wrong)
  await staff.getByLabel('In English', { exact: true }).fill('The figure was read the wrong way round.')
  await staff.getByRole('button', { name: 'See what it would do' }).click()
  await expect(staff.getByRole('heading', { name: 'What it would do' })).toBeVisible()
  await expect(staff.getByText(student.email)).toBeVisible()
  await expect(staff.getByText('0 → 0.3 (all or nothing)')).toBeVisible()
  await signIn(page, student)
  await page.goto(`${address}/result`)
  await expect(page.getByTestId('total')).toHaveText('0.00')

  const reason = staff.getByLabel('Why the key stands')
  const apply = staff.getByRole('button', { name: 'Apply', exact: true })
  await expect(apply.or(reason).first()).toBeVisible()
  if (await reason.isVisible()) await reason.fill('The picture is another one.')
  await apply.click()
  await staff.getByRole('button', { name: 'Apply now: 1 score moves' }).click()
  await expect(staff.getByTestId('status')).toHaveText('Applied')
  await page.reload()
  await expect(page.getByTestId('total')).toHaveText('0.30')
  await expect(page.getByText('Your score changed from 0.00 to 0.30')).toBeVisible()
  await expect(page.getByText('The figure was read the wrong way round.')).toBeVisible()
  for (const [theme, language, width] of [
    ['light', 'en', 1280],
    ['dark', 'zh', 360],
  ] as const) {
    await staff.setViewportSize({ width, height: 800 })
    await context.addCookies([
      { name: 'vitrine-theme', value: theme, url: baseURL! },
      { name: 'vitrine-language', value: language, url: baseURL! },
    ])
    for (const to of ['regrades', 'regrades/new', 'regrades/1']) {
      await staff.goto(`${address}/staff/${to}`)
      await expect(staff.getByRole('main')).toBeVisible()
      await expectNoViolations(staff)
      await expectNoSidewaysScroll(staff)
    }
  }

  await staff.getByRole('button', { name: '復原' }).click()
  await expect(staff.getByRole('heading', { level: 1 })).toContainText('第 2 號')
  await staff.getByRole('button', { name: '套用', exact: true }).click()
  await staff.getByRole('button', { name: '確定套用：1 筆成績變動' }).click()
  await expect(staff.getByTestId('status')).toHaveText('已套用')
  await page.reload()
  await expect(page.getByTestId('total')).toHaveText('0.00')
  await expect(page.getByText('Your score changed from 0.30 to 0.00')).toBeVisible()
  await context.close()
})
