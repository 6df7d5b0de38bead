import type { Page } from '@playwright/test'
import { startAttempt } from '@/lib/attempts/mutations'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { authorizeAssignment } from '@/lib/auth/gate'
import { readAssignment } from '@/lib/interchange/service'
import { seedAssignment } from '@/prisma/seed'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const courseSlug = 'studio-test'
const address = `/courses/${courseSlug}/hw9`
const accountOf = (role: (typeof demoAccounts)[number]['role']) =>
  demoAccounts.find((account) => account.role === role)!
const ann = accountOf('INSTRUCTOR')
/** Teaches this course too. */
const ben = accountOf('TA')
const late = accountOf('STUDENT')

const textBox = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const draftState = (page: Page) => page.getByTestId('draft-state')

test.beforeAll(async ({ product: _, database }) => {
  const document = await readAssignment()
  const { courseId } = await seedAssignment({ ...document, course: { ...document.course, slug: courseSlug } })
  for (const [email, role] of [
    [ann.email, 'INSTRUCTOR'],
    [ben.email, 'INSTRUCTOR'],
    [late.email, 'STUDENT'],
  ])
    await database.query(
      `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT id, $1, $3::"Role" FROM "User" WHERE email = $2`,
      [courseId, email, role],
    )
})

test.afterAll(async ({ database }) => {
  await database.query(
    `DELETE FROM "Attempt" a USING "Assignment" s, "Course" c
     WHERE s.id = a."assignmentId" AND c.id = s."courseId" AND c.slug = $1`,
    [courseSlug],
  )
  await database.query(`DELETE FROM "Course" WHERE slug = $1`, [courseSlug])
})

test('a question is written by two, published, and shown to attempts that begin afterwards', async ({
  browser,
  database,
  student,
  signIn,
}) => {
  const begin = async (email: string) => {
    const { rows } = await database.query<{ userId: string; name: string; email: string }>(
      `SELECT id AS "userId", name, email FROM "User" WHERE email = $1`,
      [email],
    )
    const where = { courseSlug, assignmentSlug: 'hw9' }
    await startAttempt(await authorizeAssignment(rows[0]!, where, 'attempt.start'))
  }
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role)
     SELECT u.id, c.id, 'STUDENT' FROM "User" u, "Course" c WHERE u.email = $1 AND c.slug = $2`,
    [student.email, courseSlug],
  )
  await begin(student.email)

  const [annsContext, bensContext] = [
    await browser.newContext({ locale: 'en-GB' }),
    await browser.newContext({ locale: 'en-GB' }),
  ]
  const [page, other] = [await annsContext.newPage(), await bensContext.newPage()]
  await signIn(page, ann)
  await page.goto(`${address}/staff/studio`)
  await expect(page.getByRole('button', { name: 'New question' })).toBeEnabled()
  await expectNoViolations(page)
  await page.getByRole('link', { name: /^1 Please observe picture number 2/ }).click()
  await expect(page.getByRole('button', { name: 'Publish …' })).toBeEnabled()

  await textBox(page, 'Prompt, English').fill('Who lives *here*?')
  await textBox(page, 'Prompt, Chinese').fill('誰住在這裡？')
  await page.getByRole('button', { name: 'Add an option' }).click()
  await textBox(page, 'Option E, English').fill('Nobody at all')
  await textBox(page, 'Option E, Chinese').fill('根本沒有人')
  await page.getByRole('button', { name: 'Move option E', exact: true }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByText('At place 5.')).toBeAttached()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText('At place 4.')).toBeAttached()
  await page.keyboard.press('Space')
  await expect(textBox(page, 'Option D, English')).toHaveValue('Nobody at all')
  await page.getByRole('radio', { name: 'Option D is correct' }).check()
  await page.getByLabel('What the key rests on').selectOption('Reasoned')

  const preview = page.frameLocator('iframe')
  await expect(preview.getByText('Who lives here?')).toBeVisible()
  await expect(preview.getByText('誰住在這裡？')).toBeVisible()
  await expect(preview.locator('label').nth(3)).toContainText('Nobody at all')

  await expect(draftState(page)).toContainText('Draft saved')
  await page.keyboard.press('Control+z')
  await expect(page.getByLabel('What the key rests on')).not.toHaveValue('reasoned')
  await page.keyboard.press('Control+Shift+z')
  await expect(page.getByLabel('What the key rests on')).toHaveValue('reasoned')
  await expect(draftState(page)).toContainText('Draft saved')
  await page.reload()
  await expect(textBox(page, 'Option D, English')).toHaveValue('Nobody at all')
  await expect(page.getByRole('radio', { name: 'Option D is correct' })).toBeChecked()
  await expectNoViolations(page)

  await signIn(other, ben)
  await other.goto(`${address}/staff/studio/q01`)
  await expect(other.getByRole('button', { name: 'Publish …' })).toBeEnabled()
  await textBox(other, 'Prompt, English').fill('Who lives there?')
  await expect(draftState(other)).toContainText('Draft saved')
  await textBox(page, 'Prompt, English').fill('Who lives in this house?')
  const notice = page.getByRole('alert').filter({ hasText: 'Two drafts of this question' })
  await expect(notice).toContainText(`${ben.name} saved another draft`)
  await notice.getByText('What differs').click()
  await expect(notice.locator('del', { hasText: 'there' })).toBeVisible()
  await notice.getByRole('button', { name: 'Go on with mine' }).click()
  await expect(notice).toBeHidden()
  await expect(draftState(page)).toContainText('Draft saved')

  await page.getByRole('button', { name: 'Publish …' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: 'Changes since version 1' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Publish version 2' }).click()
  await expect(dialog.getByRole('heading', { name: 'Version 2 is published' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  // An id that a version has had is not given again.
  await page.getByRole('button', { name: 'Remove option D' }).click()
  await page.getByRole('button', { name: 'Add an option' }).click()
  await textBox(page, 'Option E, English').fill('Somebody')
  await expect(draftState(page)).toContainText('Draft saved')
  const { rows } = await database.query<{ id: string }>(
    `SELECT d.draft #>> '{parts,0,options,-1,id}' AS id FROM "QuestionDraft" d JOIN "Question" q ON q.id = d."questionId"
     JOIN "Assignment" s ON s.id = q."assignmentId" JOIN "Course" c ON c.id = s."courseId"
     WHERE c.slug = $1 AND q.slug = 'q01'`,
    [courseSlug],
  )
  expect(rows).toEqual([{ id: 'q01-f' }])
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(textBox(page, 'Option D, English')).toHaveValue('Nobody at all')
  // A step back shows what was published, not the page as it was.
  await page.getByRole('link', { name: 'Variants' }).click()
  await expect(page).toHaveURL(/variants$/)
  await page.goBack()
  await expect(textBox(page, 'Prompt, English')).toHaveValue('Who lives in this house?')
  await expect(page.getByText('Version 2 is published')).toBeVisible()
  await page.getByRole('button', { name: 'History' }).click()
  await expect(page.getByRole('dialog').getByText(`Draft by ${ben.name}`)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)

  await begin(late.email)
  for (const [person, prompt] of [
    [student, 'Please observe picture number 2'],
    [late, 'Who lives in this house?'],
  ] as const) {
    await signIn(page, person)
    await page.goto(`${address}/questions/1`)
    await expect(page.getByText(prompt)).toBeVisible()
  }
  await annsContext.close()
  await bensContext.close()
})
