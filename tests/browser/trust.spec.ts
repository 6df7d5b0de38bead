import { demoAccounts } from '@/lib/auth/demo-accounts'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { assignmentAddress, expect, openQuestion, test } from './people'

const ta = demoAccounts.find((account) => account.role === 'TA')!

test('a student asks how far a map can be trusted; only staff are told where it points', async ({
  page,
  student,
  signIn,
  database,
}) => {
  test.setTimeout(600_000)
  await signIn(page, student)
  await openQuestion(page, 6)
  const fold = page.getByTestId('trust')
  await expect(fold).toBeVisible({ timeout: 240_000 })
  await fold.getByText('How far can you trust this map?').click()
  // Tests wait for every figure. Those that are not drawn yet, where this is not the last of many tests, may come later.
  await database.query(
    `SELECT graphile_worker.reschedule_jobs(
       ARRAY(SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'draw-figure' AND locked_at IS NULL),
       run_at := now() + interval '5 minutes')`,
  )
  await expect(fold.getByRole('table', { name: 'What was measured' })).toBeVisible({ timeout: 300_000 })
  await expect(
    fold.getByRole('row', { name: /^Deletion, area under the curve 0\.\d+ .* in random order/ }),
  ).toBeVisible()
  await expect(fold.getByRole('row', { name: /^The whole model with random weights/ })).toBeVisible()
  await fold.getByText('As a table').click()
  await expect(fold.getByRole('table', { name: /probability of the class/ }).getByRole('row')).toHaveCount(12)
  await expect(fold).toContainText('shown with the answer key')
  await expect(fold).not.toContainText('sashimi')
  await expectNoViolations(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)

  await page.context().clearCookies()
  await page.setViewportSize({ width: 1280, height: 800 })
  await signIn(page, ta)
  await page.goto(`${assignmentAddress}/staff`)
  const question = page.locator('details', { hasText: 'distribution of red dots' }).first()
  await question.locator('summary').first().click()
  await question.getByText('How far can you trust this map?').click()
  const pointing = question.getByRole('table', { name: 'Pointing game' })
  await expect(pointing.getByRole('row', { name: /Picture 8, Saliency map sashimi \d+ %/ })).toBeVisible()
})
