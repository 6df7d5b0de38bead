import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import {
  assignmentAddress,
  choose,
  expect,
  expectSaved,
  openQuestion,
  option,
  saveLine,
  signInThroughForm,
  submitAndOpenResult,
  test,
} from './people'

test.use({ serviceWorkers: 'allow' })

const keptDocuments = (page: Page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('vitrine-private-'))
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return keys
      .flat()
      .map(({ url }) => new URL(url).pathname)
      .filter((path) => path.endsWith('/questions'))
  })

/** Opens a question and waits until the device could show it without a network. */
async function openKeptQuestion(page: Page, position: number) {
  await openQuestion(page, position)
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active)
  await expect
    .poll(
      async () => {
        if ((await keptDocuments(page)).length > 0) return true
        // A page drawn while the worker is in charge is kept as it passes.
        await page.reload()
        return false
      },
      { intervals: [1500, 1500, 2000] },
    )
    .toBe(true)
}

test('an opened attempt is reloaded and continued without a network', async ({
  page,
  context,
  database,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openKeptQuestion(page, 4)
  // Saved after the copy was drawn: the copy must not hide it.
  await choose(page, 'q04-b')
  await expectSaved(page)

  await context.setOffline(true)
  await page.goto(`${assignmentAddress}/questions/4`)
  await expect(page.getByText('This page is the copy that this device kept')).toBeVisible()
  await expect(option(page, 'q04-b')).toBeChecked()
  await page.getByRole('link', { name: 'Next' }).click()
  await choose(page, 'q05-a')
  const flag = page.getByRole('button', { name: 'Flag to come back to' })
  await flag.click()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Question 5 of 30')
  await expect(option(page, 'q05-a')).toBeChecked()
  await expect(flag).toHaveAttribute('aria-pressed', 'true')
  await expect(saveLine(page)).toHaveText('Waiting for the network (1 answer kept on this device)')

  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'There is no network' })).toBeVisible()
  await page.getByRole('link', { name: 'hw9' }).click()
  await expect(option(page, 'q01-a')).toBeVisible()

  await context.setOffline(false)
  await expectSaved(page)
  await page.goto(`${assignmentAddress}/questions/5`)
  await expect(option(page, 'q05-a')).toBeChecked()
  const marks = await database.query(
    `SELECT position FROM "AttemptQuestion" q JOIN "Attempt" t ON t.id = q."attemptId"
     JOIN "User" u ON u.id = t."userId" WHERE u.email = $1 AND flagged`,
    [student.email],
  )
  expect(marks.rows).toEqual([{ position: 5 }])
})

test('a second attempt takes the first one’s place, in a tab that is still open and on the device', async ({
  page,
  context,
  database,
  student,
  signIn,
}) => {
  // Its turn to ask for a copy comes at once.
  await context.addInitScript(() => {
    Math.random = () => 0
  })
  await database.query(
    `INSERT INTO "AssignmentOverride" ("assignmentId", "userId", "attemptsAllowed", "updatedAt")
     SELECT s.id, u.id, 2, now() FROM "Assignment" s, "User" u WHERE s.slug = 'hw9' AND u.email = $1`,
    [student.email],
  )
  await signIn(page, student)
  await openKeptQuestion(page, 1)
  await choose(page, 'q01-b')
  await expectSaved(page)
  const other = await context.newPage()
  // One that asks between the two attempts shows that the first is handed in, which is right, and asks no more.
  await other.addInitScript(() => {
    const { fetch } = window
    Object.assign(window, { isDeaf: true })
    window.fetch = (input, init) =>
      'isDeaf' in window && String(input).endsWith('/time')
        ? Promise.reject(new TypeError('not now'))
        : fetch(input, init)
  })
  await other.goto(`${assignmentAddress}/questions/1`)
  await expect(option(other, 'q01-b')).toBeChecked()
  await submitAndOpenResult(page)
  await page.goto(assignmentAddress)
  await page.getByRole('button', { name: 'Start attempt 2' }).click()
  await page.waitForURL(/\/questions\/1$/)
  await expect(option(page, 'q01-b')).not.toBeChecked()

  await other.evaluate(() => Reflect.deleteProperty(window, 'isDeaf'))
  await expect(async () => {
    await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await expect(option(other, 'q01-b')).not.toBeChecked({ timeout: 1000 })
  }).toPass()
  await choose(other, 'q01-c')
  await expectSaved(other)
  const { rows } = await database.query<{ id: string; options: string[] }>(
    `SELECT t.id, a."optionIds" AS options FROM "Attempt" t JOIN "User" u ON u.id = t."userId"
     JOIN "Answer" a ON a."attemptId" = t.id WHERE u.email = $1 AND number = 2`,
    [student.email],
  )
  expect(rows.map(({ options }) => options)).toEqual([['q01-c']])
  await other.close()

  const keptAttempt = (id: string) =>
    page.evaluate(async (attemptId) => {
      const names = (await caches.keys()).filter((name) => name.startsWith('vitrine-private-'))
      const found = await Promise.all(
        names.map(async (name) =>
          (await caches.open(name)).match(`${location.pathname.replace(/\/\d+$/, '')}`),
        ),
      )
      return (await found.find(Boolean)?.text())?.includes(attemptId)
    }, id)
  await expect.poll(() => keptAttempt(rows[0]!.id), { timeout: 20_000 }).toBe(true)
  await context.setOffline(true)
  await page.reload()
  await expect(option(page, 'q01-c')).toBeChecked()
  await choose(page, 'q01-d')
  await context.setOffline(false)
  await expectSaved(page)
})

test('on a shared device an answer waits for its own student, and copies go with her', async ({
  page,
  context,
  database,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openKeptQuestion(page, 4)
  // Her session ends, somebody else signs in, and her page is still open.
  await context.clearCookies({ name: 'vitrine.session' })
  const second = await context.newPage()
  await signInThroughForm(second, { email: 'instructor@vitrine.example', password: 'instructor-demo' })
  expect(await keptDocuments(second)).toEqual([])
  await choose(page, 'q04-c')
  await expect(saveLine(page)).toHaveText(/^Another account is signed in here\. 1 answer is kept/)
  const stored = () =>
    database.query(
      `SELECT a."optionIds" FROM "Answer" a JOIN "Attempt" t ON t.id = a."attemptId"
       JOIN "User" u ON u.id = t."userId" WHERE u.email = $1`,
      [student.email],
    )
  expect((await stored()).rowCount).toBe(0)

  await context.clearCookies({ name: 'vitrine.session' })
  await signInThroughForm(second, student)
  await openQuestion(second, 4)
  await expect(option(second, 'q04-c')).toBeChecked()
  await expectSaved(second)
  expect((await stored()).rows).toEqual([{ optionIds: ['q04-c'] }])
  // Her first page hears of it and goes on by itself.
  await expect(saveLine(page)).toHaveText(/^Saved/)
})

test('an answer that cannot be sent reaches the instructor as a file', async ({
  page,
  browser,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openQuestion(page, 4)
  const saves = '**/api/attempts/*/answers/*'
  await page.context().route(saves, (route) => route.abort())
  await choose(page, 'q04-c')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download them as a file for your instructor' }).click()
  const file = await (await download).path()
  expect(await readFile(file, 'utf8')).not.toContain('q04')

  const desk = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block' })
  const staff = await desk.newPage()
  await signIn(staff, { email: 'instructor@vitrine.example', password: 'instructor-demo' })
  await staff.goto(`${assignmentAddress}/staff`)
  await staff.getByLabel('Choose an answer file').setInputFiles(file)
  await expect(staff.getByRole('row', { name: /q04-c.*newer than what is stored/ })).toBeVisible()
  await staff.getByRole('button', { name: 'Store 1 answer' }).click()
  await expect(staff.getByText('1 answer was stored.')).toBeVisible()
  await desk.close()

  // The device finds the network after all: what it sends is stored already.
  await page.context().unroute(saves)
  await page.reload()
  await expect(option(page, 'q04-c')).toBeChecked()
  await expectSaved(page)
})
