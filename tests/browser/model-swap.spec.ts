import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { readAssignment } from '@/lib/interchange/service'
import { seedAssignment } from '@/prisma/seed'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const courseSlug = 'swap-test'
const studio = `/courses/${courseSlug}/hw9/staff/studio`
const instructor = demoAccounts.find((account) => account.role === 'INSTRUCTOR')!

test.beforeAll(async ({ product: _, database }) => {
  const document = await readAssignment()
  const { courseId } = await seedAssignment({
    ...document,
    course: { ...document.course, slug: courseSlug },
    questions: document.questions.filter(({ slug }) => slug === 'q14' || slug === 'q16'),
  })
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT id, $1, 'INSTRUCTOR' FROM "User" WHERE email = $2`,
    [courseId, instructor.email],
  )
})

test.afterAll(async ({ database }) => {
  await database.query(`DELETE FROM "Course" WHERE slug = $1`, [courseSlug])
})

/** Uploads the bundled classifier under another name, as another one with the same classes. */
async function uploadTwin(page: Page): Promise<void> {
  const models = `/api/courses/${courseSlug}/models`
  const headers = { 'sec-fetch-site': 'same-origin' }
  const sent = await page.request.post(`${models}?name=twin&file=twin.safetensors`, {
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    data: await readFile('models/food-cnn/model.safetensors'),
  })
  expect(sent.ok(), await sent.text()).toBe(true)
  const read = async () => (await page.request.get(`${models}/twin`)).json()
  await expect(async () => expect((await read()).status).toBe('details')).toPass({ timeout: 90_000 })
  const { details, card } = await read()
  const named = { ...details, classes: card.suggestedClasses }
  expect((await page.request.put(`${models}/twin`, { headers, data: named })).ok()).toBe(true)
  await expect(async () => expect((await read()).status).toBe('ready')).toPass({ timeout: 90_000 })
}

test('another model is tried in the questions of one, compared, and applied; a claim is measured in a draft', async ({
  page,
  signIn,
  database,
}) => {
  test.setTimeout(300_000)
  /** Swaps wait for the figures of questions, of which all may be still to come, and be queued only now. */
  const expectComputed = (shown: Locator) =>
    expect(async () => {
      await database.query(
        `SELECT graphile_worker.reschedule_jobs(
           ARRAY(SELECT id FROM graphile_worker.jobs
                 WHERE task_identifier NOT IN ('draw-preview', 'try-keys', 'read-model') AND locked_at IS NULL),
           run_at := now() + interval '2 minutes')`,
      )
      await expect(shown).toBeVisible({ timeout: 2000 })
    }).toPass({ timeout: 120_000 })
  await signIn(page, instructor)
  await uploadTwin(page)

  await page.goto(studio)
  await page.getByRole('link', { name: 'Swap a model' }).click()
  await page.getByLabel('Model that takes its place').selectOption('twin')
  await page.getByRole('button', { name: 'See what is possible' }).click()
  await expect(page.getByRole('checkbox', { name: /^Question 14/ })).toBeChecked()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Try it in 2 questions' }).click()
  await expect(page.getByRole('heading', { name: 'food-cnn → twin' })).toBeVisible()
  await expectComputed(page.getByText('Everything is computed.'))
  await page.getByText(/^14/).click()
  const after = page.getByRole('region', { name: 'After', exact: true })
  await expect(after.getByTestId('figure')).toBeVisible()
  await expectNoViolations(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Apply to 2 questions' }).click()
  await expect(page.getByText('Applied. Attempts that begin from now on')).toBeVisible()

  await page.goto(`${studio}/q14`)
  await page.getByRole('button', { name: 'Measure now' }).click()
  await expectComputed(page.getByText('Measured on twin.'))
  await expectNoViolations(page)

  await page.goto(`${studio}/figures`)
  await page.getByLabel('Use in a question').selectOption({ index: 2 })
  await page.getByRole('button', { name: 'Put into its draft' }).click()
  await expect(page.getByText('The draft of question 16 has this figure now.')).toBeVisible()
})
