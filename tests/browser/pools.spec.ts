import { randomUUID } from 'node:crypto'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const instructor = { email: 'instructor@vitrine.example', password: 'instructor-demo' }

test('an instructor copies questions from the bank, draws some for each attempt, and a student has as many', async ({
  page,
  student,
  browser,
  signIn,
  database,
}) => {
  const slug = `quiz-${randomUUID().slice(0, 8)}`
  const studio = `/courses/explainable-ai/${slug}/staff/studio`
  try {
    await signIn(page, instructor)
    const idOf = async (assignment: string): Promise<string> =>
      (await database.query(`SELECT id FROM "Assignment" WHERE slug = $1`, [assignment])).rows[0].id
    const made = await page.request.post('/api/courses/explainable-ai/assignments', {
      data: { from: 'copy', slug, assignmentId: await idOf('hw9') },
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect(made.ok()).toBe(true)

    await page.goto('/courses/explainable-ai/staff/bank?topic=lime')
    await page.getByRole('checkbox').first().check()
    await page.getByLabel('Copy into').selectOption(await idOf(slug))
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await expect(page.getByText(/^1 question was copied/)).toBeVisible()
    await page.getByRole('link', { name: 'Open the studio' }).click()
    await page.waitForURL(`**${studio}`)
    await page.getByRole('link', { name: /Not published/ }).click()
    await expect(page.getByText(/^Copied from .*, version 1\.$/)).toBeVisible()
    await page.getByLabel('Tags').fill('exam')
    await page.getByLabel('Tags').press('Enter')
    await expect(page.getByRole('button', { name: 'Remove the tag exam' })).toBeVisible()

    await page.goto(`${studio}/pools`)
    await page.getByRole('button', { name: 'Add a pool' }).click()
    for (const label of ['2', '3', '4'])
      await page.getByLabel(`Pool of question ${label}`, { exact: true }).selectOption({ label: 'Pool A' })
    await page.getByLabel('Draw').fill('2')
    await expect(page.getByText(/^An attempt has 29 questions/)).toBeVisible()
    // Meanwhile another tab saves: both are shown, and what is written here can be brought back.
    const { rows } = await database.query(
      `SELECT id FROM "Question" WHERE "assignmentId" = (SELECT id FROM "Assignment" WHERE slug = $1)
       AND slug IN ('q03', 'q04')`,
      [slug],
    )
    const questionIds = rows.map(({ id }: { id: string }) => id)
    const other = await page.request.put(`/api/assignments/${await idOf(slug)}/pools`, {
      data: { revision: 0, pools: [{ title: { zh: '題組 A', en: 'Pool A' }, draw: 1, questionIds }] },
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    expect(other.ok()).toBe(true)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const conflict = page.getByRole('alert').filter({ hasText: 'the pools have been changed meanwhile' })
    await expect(conflict.getByRole('row', { name: 'Question 2 Pool A for everybody' })).toBeVisible()
    await expect(conflict.getByRole('row', { name: 'Pool A draws 2 draws 1' })).toBeVisible()
    await expectNoViolations(page)
    await conflict.getByRole('button', { name: 'Take what is saved' }).click()
    await expect(page.getByText(/^An attempt has 29 questions/)).toBeVisible()
    await expect(page.getByLabel('Draw')).toHaveValue('1')
    await page.getByRole('button', { name: 'Bring mine back' }).click()
    await expect(page.getByLabel('Draw')).toHaveValue('2')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible()
    await expectNoViolations(page)
    await page.setViewportSize({ width: 360, height: 740 })
    await expectNoSidewaysScroll(page)
    await database.query(`UPDATE "Assignment" SET state = 'PUBLISHED' WHERE slug = $1`, [slug])

    const context = await browser.newContext({ locale: 'en-GB' })
    const desk = await context.newPage()
    await signIn(desk, student)
    await desk.goto(`/courses/explainable-ai/${slug}`)
    await expect(desk.getByText('Some questions are drawn')).toBeVisible()
    await desk.getByRole('button', { name: 'Start', exact: true }).click()
    await desk.waitForURL(/\/questions\/1$/)
    await desk.goto(`/courses/explainable-ai/${slug}/questions/29`)
    await expect(desk.getByRole('heading', { level: 1 })).toContainText('Question 29 of 29')
    await context.close()
  } finally {
    await database.query(
      `DELETE FROM "Attempt" WHERE "assignmentId" IN (SELECT id FROM "Assignment" WHERE slug = $1)`,
      [slug],
    )
    await database.query(`DELETE FROM "Assignment" WHERE slug = $1`, [slug])
  }
})
