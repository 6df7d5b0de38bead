import {
  choose,
  expect,
  expectSaved,
  openQuestion,
  option,
  saveLine,
  signInThroughForm,
  test,
} from './people'

test('a reload and a second tab show the same answers', async ({ page, context, student, signIn }) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  await choose(page, 'q01-b')
  await expectSaved(page)
  await page.reload()
  await expect(option(page, 'q01-b')).toBeChecked()

  const second = await context.newPage()
  await openQuestion(second, 1)
  await expect(option(second, 'q01-b')).toBeChecked()
  await choose(second, 'q01-c')
  await expectSaved(second)
  // Tabs of one browser tell each other.
  await expect(option(page, 'q01-c')).toBeChecked()
})

test('an older device gives way to the newer answer and says so', async ({
  page,
  browser,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  const other = await browser.newContext()
  const device = await other.newPage()
  await signIn(device, student)
  await openQuestion(device, 1)

  await choose(device, 'q01-a')
  await choose(device, 'q01-b')
  await expectSaved(device)

  // A press, not `check`: the answer may have given way before it could be looked at.
  await option(page, 'q01-d').click()
  await expect(saveLine(page)).toHaveText('This tab is older than your last answer. Reload to go on.')
  await expect(option(page, 'q01-b')).toBeChecked()
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(option(page, 'q01-b')).toBeChecked()
  await choose(page, 'q01-d')
  await expectSaved(page)
  await other.close()
})

test('answers given without a network are kept, and sent when it returns', async ({
  page,
  context,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openQuestion(page, 4)
  await context.setOffline(true)
  await choose(page, 'q04-a')
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Question 5 of 30')
  await choose(page, 'q05-b')
  await expect(saveLine(page)).toHaveText('Waiting for the network (2 answers kept on this device)')
  await context.setOffline(false)
  await expectSaved(page)
  await page.reload()
  await expect(option(page, 'q05-b')).toBeChecked()
})

test('a reload loses no answer that could not be sent', async ({ page, student, signIn }) => {
  await signIn(page, student)
  await openQuestion(page, 4)
  const saves = '**/api/attempts/*/answers/*'
  await page.route(saves, (route) => route.abort())
  await choose(page, 'q04-c')
  await expect(saveLine(page)).toHaveText('Waiting for the network (1 answer kept on this device)')
  await page.reload()
  await expect(option(page, 'q04-c')).toBeChecked()
  await expect(saveLine(page)).toHaveText('Waiting for the network (1 answer kept on this device)')
  await page.unroute(saves)
  await expectSaved(page)
})

test('going back never shows an older answer', async ({ page, student, signIn }) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  await choose(page, 'q01-b')
  await expectSaved(page)
  await page.getByRole('button', { name: 'All questions' }).click()
  await page.getByRole('link', { name: 'Review and submit' }).click()
  await expect(page.getByText('29 questions have no answer yet.')).toBeVisible()
  await page.goBack()
  await expect(option(page, 'q01-b')).toBeChecked()
  await choose(page, 'q01-c')
  await expectSaved(page)
})

test('a server restored from an older copy gets back what this device had saved, and the student is told', async ({
  page,
  database,
  student,
  signIn,
}) => {
  const ofStudent = `"attemptId" IN (SELECT t.id FROM "Attempt" t JOIN "User" u ON u.id = t."userId" WHERE u.email = $1)`
  const goBack = () => database.query(`DELETE FROM "Answer" WHERE ${ofStudent}`, [student.email])
  const stored = async () =>
    (await database.query(`SELECT "optionIds" FROM "Answer" WHERE ${ofStudent}`, [student.email])).rows
  const told = /^The server had lost 1 answer saved before\./
  await signIn(page, student)
  await openQuestion(page, 1)
  await choose(page, 'q01-b')
  await expectSaved(page)

  await goBack()
  await database.query(
    `INSERT INTO "Restoration" (id, "backedUpAt") VALUES ('test', now() AT TIME ZONE 'UTC' - interval '1 hour')`,
  )
  try {
    await page.reload()
    await expect(saveLine(page)).toHaveText(told)
    await expect(page.getByText(/^The server was restored .* from a copy of /)).toBeVisible()
    await expect(option(page, 'q01-b')).toBeChecked()
    expect(await stored()).toEqual([{ optionIds: ['q01-b'] }])
    for (const name of ['OK', 'OK']) await page.getByRole('button', { name }).first().click()
    await expectSaved(page)
  } finally {
    await database.query(`DELETE FROM "Restoration" WHERE id = 'test'`)
  }

  // An open tab does not hand in what the server has lost meanwhile.
  await goBack()
  await page.getByRole('button', { name: 'All questions' }).click()
  await page.getByRole('link', { name: 'Review and submit' }).click()
  const submit = async () => {
    await page.getByRole('button', { name: 'Submit', exact: true }).click()
    await page.getByRole('button', { name: 'Submit now' }).click()
  }
  await submit()
  await expect(saveLine(page)).toHaveText(told)
  expect(await stored()).toEqual([{ optionIds: ['q01-b'] }])
  await submit()
  await expect(page.getByTestId('receipt')).toHaveText(/\S{6,}/)
})

test('answers of an attempt that a restored server has lost are kept, and taken over when the student asks', async ({
  page,
  database,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  await option(page, 'q01-b').check()
  await expectSaved(page)
  await database.query(`DELETE FROM "Attempt" t USING "User" u WHERE u.id = t."userId" AND u.email = $1`, [
    student.email,
  ])

  await option(page, 'q01-c').check()
  await expect(saveLine(page)).toHaveText(
    /^The server no longer has this attempt; .* 1 answer is kept on this device\./,
  )
  await page.getByRole('link', { name: 'Start again' }).click()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.waitForURL(/\/questions\/1$/)
  const offer = page.getByTestId('lost-answers')
  await expect(offer).toContainText('This device has kept 1 answer of it.')
  await expect(option(page, 'q01-c')).not.toBeChecked()
  await offer.getByRole('button', { name: 'Take over 1 answer' }).click()
  await expect(option(page, 'q01-c')).toBeChecked()
  await expectSaved(page)
  await page.reload()
  await expect(option(page, 'q01-c')).toBeChecked()
  await expectSaved(page)
  await expect(offer).toBeHidden()
})

test.describe('by plain http from another machine', () => {
  test.use({ baseURL: `http://vitrine.test:${process.env.VITRINE_TEST_PORT ?? '3117'}` })

  test('answers are saved, and what was kept of a person is forgotten', async ({ page, student }) => {
    const broken: string[] = []
    page.on('pageerror', ({ message }) => broken.push(message))
    await signInThroughForm(page, student)
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await openQuestion(page, 1)
    await choose(page, 'q01-b')
    await expectSaved(page)
    await page.reload()
    await expect(option(page, 'q01-b')).toBeChecked()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL(/\/sign-in/)
    expect(broken).toEqual([])
  })
})
