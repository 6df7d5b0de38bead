import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { addDemoClass, removeDemoClass } from '@/lib/demo-class/mutations'
import { readAssignment } from '@/lib/interchange/service'
import { seedAssignment } from '@/prisma/seed'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const courseSlug = 'desk-test'
const desk = `/courses/${courseSlug}/hw9/staff`
const ta = demoAccounts.find((account) => account.role === 'TA')!

test.beforeAll(async ({ product: _, database }) => {
  const document = await readAssignment()
  const { courseId } = await seedAssignment({ ...document, course: { ...document.course, slug: courseSlug } })
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT id, $1, 'TA' FROM "User" WHERE email = $2`,
    [courseId, ta.email],
  )
  const where = { courseSlug, assignmentSlug: 'hw9' }
  await addDemoClass({ ...where, students: 60, seed: 1, now: new Date() })
})

test.afterAll(async ({ database }) => {
  await removeDemoClass()
  await database.query(`DELETE FROM "Course" WHERE slug = $1`, [courseSlug])
})

test('a TA reads the class, finds a student, follows one answer, and takes the table away', async ({
  page,
  signIn,
  database,
}) => {
  await signIn(page, ta)
  await page.goto(`${desk}/scores`)
  const rows = page.getByRole('group', { name: 'Students' }).locator('tbody tr')
  await expect(rows).toHaveCount(50)
  await expect(page.getByText('all 60 students are simulated')).toBeVisible()
  await page.getByRole('button', { name: 'Score', exact: true }).click()
  const best = rows.first()
  await expect(best).toContainText('Submitted')
  // Beside it stands the section of who is in one.
  const below = await best.getByRole('rowheader').locator('span').last().textContent()
  const [email] = /\S+@\S+/.exec(below!)!
  await page.getByRole('searchbox').fill(email)
  await expect(rows).toHaveCount(1)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV of these' }).click()
  const table = await readFile(await (await download).path(), 'utf8')
  expect(table.trim().split('\r\n')).toHaveLength(2)
  expect(table).toContain(email)

  // Somebody is added while the page is open: it follows by itself.
  await page.getByRole('searchbox').fill('newcomer')
  await expect(page.getByText('No student matches')).toBeVisible()
  const id = randomUUID()
  await database.query(`INSERT INTO "User" (id, email, name) VALUES ($1, $2, 'Newcomer')`, [
    id,
    `${id}@test.example`,
  ])
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT $1, id, 'STUDENT' FROM "Course" WHERE slug = $2`,
    [id, courseSlug],
  )
  await expect(rows).toHaveCount(1)
  await database.query(`DELETE FROM "User" WHERE id = $1`, [id])

  await page.getByRole('searchbox').fill(email)
  await rows.first().getByRole('link').click()
  await expect(page.getByText(email)).toBeVisible()
  await expect(page.getByText('key version 1 · question version 1').first()).toBeVisible()
  await page
    .getByText(/^\d saves?$/)
    .first()
    .click()
  await expect(page.getByRole('columnheader', { name: 'Choice' }).first()).toBeVisible()
})

test('item statistics say which parts deserve a look', async ({ page, signIn }) => {
  await signIn(page, ta)
  await page.goto(`${desk}/statistics`)
  await expect(page.getByText('Cronbach’s alpha').first()).toBeVisible()
  await page.locator('#item-q01 summary').click()
  await expect(page.locator('#item-q01').getByRole('table', { name: 'Options' })).toBeVisible()
})

test('the staff pages pass axe and fit a phone', async ({ page, signIn, baseURL }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page, ta)
  await page.goto(`${desk}/scores`)
  const student = await page
    .getByRole('group', { name: 'Students' })
    .getByRole('link')
    .first()
    .getAttribute('href')
  const question = `${desk}/studio/q01`
  for (const address of [`${desk}/scores`, `${desk}/statistics`, `${desk}/audit`, question, student!]) {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.context().addCookies([{ name: 'vitrine-language', value: 'en', url: baseURL! }])
    await page.goto(address)
    await expect(page.getByRole('main')).toBeVisible()
    await expectNoViolations(page)
    await page.setViewportSize({ width: 360, height: 800 })
    await page.context().addCookies([{ name: 'vitrine-language', value: 'zh', url: baseURL! }])
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
    await expectNoSidewaysScroll(page)
  }
})

test('a student is shown none of it', async ({ page, student, signIn }) => {
  await signIn(page, student)
  for (const address of ['scores', 'statistics', 'audit', 'students/anybody']) {
    await page.goto(`/courses/explainable-ai/hw9/staff/${address}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not open to your role')
    await expect(page.getByRole('navigation', { name: 'Staff pages' })).toHaveCount(0)
  }
})

test('a TA makes a section, moves a student into it, and looks at it alone', async ({ page, signIn }) => {
  await signIn(page, ta)
  await page.goto(`${desk}/sections`)
  await page.getByLabel('Name', { exact: true }).fill('Friday')
  await page.getByRole('button', { name: 'Make a section' }).click()
  const made = page
    .getByRole('list', { name: 'Sections' })
    .getByRole('listitem')
    .filter({ hasText: 'Friday' })
  await expect(made).toContainText('0 students')

  const first = page.getByRole('list', { name: 'Students' }).getByRole('checkbox').first()
  await first.check()
  await page.getByLabel('Move them to').selectOption({ label: 'Friday' })
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(made).toContainText('1 student')
  await page.getByLabel('Table', { exact: true }).fill('email,section\nnobody@example.org,Friday')
  await page.getByRole('button', { name: 'Take in' }).click()
  await expect(page.getByText('no student of this course has the email nobody@example.org')).toBeVisible()
  await expectNoViolations(page)

  await made.getByRole('link', { name: 'Scores' }).click()
  await expect(page.getByRole('group', { name: 'Students' }).locator('tbody tr')).toHaveCount(1)
  await page.getByRole('main').getByRole('combobox').selectOption({ label: 'Everybody' })
  await expect(page.getByRole('group', { name: 'Students' }).locator('tbody tr')).toHaveCount(50)

  await page.goto(`${desk}/statistics`)
  await expect(page.getByRole('heading', { name: /Is the key right/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'By language read' })).toBeVisible()
  await expectNoSidewaysScroll(page)
})
