import { demoAccounts } from '@/lib/auth/demo-accounts'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { assignmentAddress, expect, openQuestion, test } from './people'

const ta = demoAccounts.find((account) => account.role === 'TA')!

test('a student asks how far a map can be trusted; only staff are told where it points', async ({
  page,
  student,
  signIn,
}) => {
  test.setTimeout(600_000)
  await signIn(page, student)
  await openQuestion(page, 6)
  const fold = page.getByTestId('trust')
  await expect(fold).toBeVisible({ timeout: 240_000 })
  await fold.getByText('How far can you trust this map?').click()
  // The first to ask waits, behind every figure that is not drawn yet.
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
