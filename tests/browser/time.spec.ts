import { demoAccounts } from '@/lib/auth/demo-accounts'
import { assignmentAddress, choose, expect, expectSaved, openQuestion, option, test } from './people'

const instructor = demoAccounts.find(({ role }) => role === 'INSTRUCTOR')!

test('an extension reaches a running attempt, and the receipt of what is handed in can be checked', async ({
  page,
  browser,
  student,
  signIn,
}) => {
  const staff = await browser.newPage({ locale: 'en-GB' })
  await signIn(staff, instructor)
  await staff.goto(`${assignmentAddress}/staff/dates`)
  const line = staff.getByRole('listitem').filter({ hasText: student.email })
  await line.getByRole('button', { name: student.name }).click()
  const limit = line.getByLabel('Time limit in minutes')
  const save = line.getByRole('button', { name: 'Save', exact: true })
  await limit.fill('45')
  await save.click()
  await expect(line.getByRole('status')).toHaveText('Saved')

  await signIn(page, student)
  await page.goto(assignmentAddress)
  await expect(page.getByText('Time limit 45 minutes, from the moment you start.')).toBeVisible()
  await openQuestion(page, 1)
  const left = page.getByTestId('time-left')
  await expect(left).toHaveText(/^4[45] min left: your time limit ends /)
  await choose(page, 'q01-b')
  await expectSaved(page)

  // Time and a half of 45 minutes is 68.
  await line.getByLabel('Extra time here in %').fill('50')
  await save.click()
  await expect(line.getByRole('status')).toHaveText('Saved')
  await page.reload()
  await expect(left).toHaveText(/^1 h [78] min left: your time limit ends /)

  await staff.goto(`${assignmentAddress}/staff/dates`)
  await line.getByRole('link', { name: 'See as this student' }).click()
  await expect(staff.getByRole('heading', { name: `What ${student.name} sees` })).toBeVisible()
  await expect(staff.getByText('May go on')).toBeVisible()

  await page.goto(`${assignmentAddress}/review`)
  await page.getByRole('button', { name: 'Submit', exact: true }).click()
  await page.getByRole('button', { name: 'Submit now' }).click()
  const receipt = page.getByTestId('receipt')
  await expect(receipt).toHaveText(/\S{6,}/)
  const code = (await receipt.textContent()) ?? ''
  await staff.goto(`${assignmentAddress}/staff/receipts`)
  await staff.getByLabel('Receipt', { exact: true }).fill(code)
  await staff.getByRole('button', { name: 'Check', exact: true }).click()
  await expect(staff.getByText('This receipt is genuine.')).toBeVisible()
  await expect(staff.getByText(student.email)).toBeVisible()
  await staff.close()
})

test('a mistake in the dates is named beside its field, and nothing is saved', async ({ page, signIn }) => {
  await signIn(page, instructor)
  await page.goto(`${assignmentAddress}/staff/dates`)
  await page.getByLabel('Due', { exact: true }).fill('2031-01-02T18:00')
  await page.getByLabel('Closes', { exact: true }).fill('2031-01-01T18:00')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await expect(page.getByText('It cannot close before it is due.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Due', { exact: true })).toHaveValue('')
})

test('more time opens an attempt again that the server had submitted, also in a tab that is open', async ({
  page,
  browser,
  database,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  await choose(page, 'q01-b')
  await expectSaved(page)
  // An hour that was over five minutes ago.
  await database.query(
    `UPDATE "Attempt" SET "startedAt" = now() AT TIME ZONE 'UTC' - interval '65 min',
       "endsAt" = now() AT TIME ZONE 'UTC' - interval '5 min'
     WHERE "userId" = (SELECT id FROM "User" WHERE email = $1)`,
    [student.email],
  )
  const askAgain = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(async () => {
    await askAgain()
    await expect(page.getByText('This attempt is submitted')).toBeVisible({ timeout: 1000 })
  }).toPass()

  const staff = await browser.newPage({ locale: 'en-GB' })
  await signIn(staff, instructor)
  await staff.goto(`${assignmentAddress}/staff/dates`)
  const line = staff.getByRole('listitem').filter({ hasText: student.email })
  await line.getByRole('button', { name: student.name }).click()
  await line.getByLabel('Time limit in minutes').fill('120')
  await line.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(line.getByRole('status')).toHaveText('Saved')
  await staff.close()

  await expect(async () => {
    await askAgain()
    await expect(page.getByTestId('reopened')).toHaveText(/^Reopened: your time was extended until /, {
      timeout: 1000,
    })
  }).toPass()
  await expect(option(page, 'q01-b')).toBeChecked()
  await choose(page, 'q01-c')
  await expectSaved(page)
  await page.goto(assignmentAddress)
  await expect(page.getByText(/^Reopened: your time was extended until /)).toBeVisible()
})
