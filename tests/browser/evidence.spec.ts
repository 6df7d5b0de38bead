import { demoAccounts } from '@/lib/auth/demo-accounts'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { assignmentAddress, expect, test } from './people'

const evidence = `${assignmentAddress}/staff/evidence`
const instructor = demoAccounts.find((account) => account.role === 'INSTRUCTOR')!

test('an instructor reads why a key is supported, on a phone too', async ({ page, signIn }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page, instructor)
  await page.goto(evidence)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Evidence for the key')
  const rows = page.locator('details')
  await expect(rows).toHaveCount(32)
  await expectNoViolations(page)
  const kindOfLayer = rows.filter({ hasText: 'cnnid=21' })
  await kindOfLayer.locator('summary').click()
  await expect(
    kindOfLayer.getByText('Kind of layer at cnnid=21: BatchNorm2d is highest').first(),
  ).toBeVisible()
  await expectNoViolations(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
})
