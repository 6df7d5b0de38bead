import { demoAccounts } from '@/lib/auth/demo-accounts'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import {
  assignmentAddress,
  choose,
  expect,
  expectSaved,
  openQuestion,
  submitAndOpenResult,
  test,
} from './people'

test('every page passes axe', async ({ page, student, signIn }) => {
  test.setTimeout(240_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/sign-in')
  await expectNoViolations(page)
  await signIn(page, student)
  await expectNoViolations(page)
  await openQuestion(page, 2)
  await expectNoViolations(page)
  await choose(page, 'q02-a')
  await expectSaved(page)
  await openQuestion(page, 23)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'All questions' }).click()
  await expectNoViolations(page)
  await page.goto(`${assignmentAddress}/review`)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Submit', exact: true }).click()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Keep working' }).click()
  await submitAndOpenResult(page)
  await expectNoViolations(page)
  await page.goto('/nothing-here')
  await expectNoViolations(page)
  await page.goto(`${assignmentAddress}/staff`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not open to your role')
  await expectNoViolations(page)
})

test('the staff pages pass axe', async ({ page, signIn }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page, demoAccounts.find((account) => account.role === 'INSTRUCTOR')!)
  await expectNoViolations(page)
  await page.goto(`${assignmentAddress}/staff`)
  await page.locator('summary').first().click()
  await expectNoViolations(page)
  await page.goto(`${assignmentAddress}/staff/dates`)
  await page.getByRole('button', { name: 'Add a line' }).click()
  await page.getByRole('listitem').getByRole('button').first().click()
  await expectNoViolations(page)
  await page.goto(`${assignmentAddress}/staff/receipts`)
  await expectNoViolations(page)
})

test('nothing scrolls sideways on a 360 px phone', async ({ page, student, signIn, baseURL }) => {
  test.setTimeout(180_000)
  await page.setViewportSize({ width: 360, height: 740 })
  await signIn(page, student)
  for (const language of ['en', 'zh', 'zh+both']) {
    await page.context().addCookies([{ name: 'vitrine-language', value: 'en', url: baseURL! }])
    await openQuestion(page, 1)
    await page.context().addCookies([{ name: 'vitrine-language', value: language, url: baseURL! }])
    for (const address of ['', '/questions/2', '/questions/17', '/questions/23', '/review']) {
      await page.goto(assignmentAddress + address)
      await expectNoSidewaysScroll(page)
    }
  }
  await page.context().addCookies([{ name: 'vitrine-language', value: 'en', url: baseURL! }])
  await submitAndOpenResult(page)
  await expectNoSidewaysScroll(page)
  await page.context().clearCookies({ name: 'vitrine.session' })
  await signIn(page, demoAccounts.find((account) => account.role === 'INSTRUCTOR')!)
  await page.goto(`${assignmentAddress}/staff/dates`)
  await page.getByRole('button', { name: 'Add a line' }).click()
  await expectNoSidewaysScroll(page)
})
