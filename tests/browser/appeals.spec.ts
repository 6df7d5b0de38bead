import { saveAnswer, startAttempt } from '@/lib/attempts/mutations'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { authorizeAssignment, authorizeOwnAttempt, authorizeSaving, type Viewer } from '@/lib/auth/gate'
import { readAssignment } from '@/lib/interchange/service'
import { submitAttempt } from '@/lib/submission/mutations'
import { seedAssignment } from '@/prisma/seed'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const courseSlug = 'appeal-test'
const address = `/courses/${courseSlug}/hw9`
const where = { courseSlug, assignmentSlug: 'hw9' }
const ta = demoAccounts.find(({ role }) => role === 'TA')!

test.beforeAll(async ({ product: _, database }) => {
  const document = await readAssignment()
  const { courseId } = await seedAssignment({ ...document, course: { ...document.course, slug: courseSlug } })
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT id, $1, 'TA' FROM "User" WHERE email = $2`,
    [courseId, ta.email],
  )
})

test.afterAll(async ({ database }) => {
  await database.query(`DELETE FROM "Course" WHERE slug = $1`, [courseSlug])
})

test('a student asks about a score; a TA takes the question, answers and adjusts; the student reads it', async ({
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

  await signIn(page, student)
  await page.goto(`${address}/result`)
  const asked = page.getByTestId('appeals-q04')
  await asked.getByRole('button', { name: 'Ask about this score' }).click()
  await asked.getByRole('button', { name: 'Send' }).click()
  await expect(asked.getByRole('alert')).toHaveText('Write what should be looked at again.')
  await asked.getByRole('textbox').fill('The figure can be read the other way round.')
  await asked.getByRole('button', { name: 'Send' }).click()
  await expect(asked.getByText('waits for an answer')).toBeVisible()

  const context = await browser.newContext({ locale: 'en-GB' })
  const desk = await context.newPage()
  await signIn(desk, ta)
  await desk.goto(`${address}/staff/appeals`)
  await expect(desk.getByRole('navigation', { name: 'Staff pages' })).toContainText('Appeals1')
  await desk.getByRole('link', { name: `Q4 · ${student.name}` }).click()
  await desk.getByRole('button', { name: 'Take it' }).click()
  await expect(desk.getByText('with you until')).toBeVisible()
  await desk.getByLabel('Answer to the student').fill('It can, in part.')
  await desk.getByLabel('Points', { exact: true }).selectOption('set')
  await desk.getByLabel('Points instead').fill('0.5')
  await desk.getByLabel('Reason, for staff only').fill('Known ambiguity')
  await desk.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(desk.getByText('That is more than the part’s full points.')).toBeVisible()
  await desk.getByLabel('Points instead').fill('0.2')
  for (const [theme, language, width] of [
    ['light', 'en', 1280],
    ['dark', 'zh', 360],
  ] as const) {
    await page.setViewportSize({ width, height: 800 })
    await page.context().addCookies([
      { name: 'vitrine-theme', value: theme, url: baseURL! },
      { name: 'vitrine-language', value: language, url: baseURL! },
    ])
    await desk.setViewportSize({ width, height: 800 })
    if (language === 'en') await expectNoViolations(desk)
    await expectNoSidewaysScroll(desk)
  }
  await desk.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(desk.getByText('Adjusted by hand: 0.00 → 0.20')).toBeVisible()
  await expect(desk.getByText('It can, in part.')).toBeVisible()

  await context.addCookies([
    { name: 'vitrine-theme', value: 'dark', url: baseURL! },
    { name: 'vitrine-language', value: 'zh', url: baseURL! },
  ])
  for (const to of ['appeals?state=all', `students/${viewer.userId}`]) {
    await desk.goto(`${address}/staff/${to}`)
    await expect(desk.getByRole('main')).toBeVisible()
    if (to.startsWith('students')) await desk.getByRole('button', { name: '修改人工調整' }).click()
    await expectNoViolations(desk)
    await expectNoSidewaysScroll(desk)
  }
  await context.close()

  await page.reload()
  await expect(page.getByTestId('total')).toHaveText('0.20')
  await expect(page.getByText('人工調整：0.00 → 0.20')).toBeVisible()
  await expect(asked.getByText('It can, in part.')).toBeVisible()
  await expect(page.getByText('Known ambiguity')).toHaveCount(0)
  await expectNoSidewaysScroll(page)
})
