import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { readInstructor } from '@/lib/authoring/data'
import { exampleFolder } from '@/lib/authoring/example-folder'
import { addExample } from '@/lib/authoring/examples'
import { folderFiles } from '@/lib/authoring/package-reading'
import { ensureFigures } from '@/lib/figures/mutations'
import { makeZip } from '../integration/server/zip-making'
import { expectNoViolations } from './accessibility'
import { choose, expect, expectSaved, option, test } from './people'

const instructor = demoAccounts.find(({ role }) => role === 'INSTRUCTOR')!
const [from, to] = ['package-from', 'package-to']

test.beforeAll(async ({ product: _, database }) => {
  for (const slug of [from, to])
    await database.query(
      `WITH made AS (
         INSERT INTO "Course" (id, slug, title) VALUES ($1, $1, jsonb_build_object('zh', $1::text, 'en', $1::text)) RETURNING id)
       INSERT INTO "Enrollment" ("userId", "courseId", role)
       SELECT u.id, made.id, 'INSTRUCTOR' FROM "User" u, made WHERE u.email = $2`,
      [slug, instructor.email],
    )
  // As the start of a demo does it, in an instructor's name; which figures are wanted is for a worker to find out.
  await addExample((await readInstructor(from))!, from)
  await ensureFigures()
  await withdrawJobs(database)
})

test.afterAll(async ({ database }) => {
  await withdrawJobs(database)
  await database.query(
    `DELETE FROM "Attempt" a USING "Assignment" s WHERE s.id = a."assignmentId" AND s."courseId" = $1`,
    [from],
  )
  await database.query(`DELETE FROM "Course" WHERE slug IN ($1, $2)`, [from, to])
})

test('the example is there for a student, with its own picture before there is a figure', async ({
  page,
  student,
  signIn,
  database,
}) => {
  await database.query(
    `INSERT INTO "Enrollment" ("userId", "courseId", role) SELECT id, $2, 'STUDENT' FROM "User" WHERE email = $1`,
    [student.email, from],
  )
  await signIn(page, student)
  await page.goto(`/courses/${from}/sanity-checks`)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Question 1 of 6')
  await expect
    .poll(() =>
      page
        .locator('img[src*="/api/pictures/"], img[src*="/api/figures/"]')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(0)
  await expect(option(page, 's01-a')).toBeEnabled()
  await choose(page, 's01-a')
  await expectSaved(page)
})

test('an assignment leaves one course as a package and comes into another, by keyboard; a bad package is refused with its places', async ({
  page,
  signIn,
}) => {
  let given: { name: string; mimeType: string; buffer: Buffer }
  // From the beginning: a dialogue that is opened before Playwright has asked to see it is seen by nobody.
  page.on('filechooser', (chooser) => chooser.setFiles(given))
  await signIn(page, instructor)
  await page.goto(`/courses/${from}/sanity-checks/staff/settings`)
  const take = page.getByRole('link', { name: 'Download with pictures' })
  await take.focus()
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const taken = await download

  await page.goto(`/courses/${to}/staff`)
  const nothing = page.getByRole('radio', { name: 'Nothing' })
  await expect(nothing).toBeEnabled()
  await nothing.focus()
  // From left to right: nothing, a copy, a file.
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Tab')
  await page.keyboard.type('sanity')
  await page.keyboard.press('Tab')
  const field = page.getByLabel('Assignment file')
  await expect(field).toBeFocused()
  const zip = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/zip', buffer })
  given = zip('lacking.zip', await packageWithout('ricebowl.png'))
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(/lacking\.zip$/)
  const make = page.getByRole('button', { name: 'Make the assignment' })
  await page.keyboard.press('Tab')
  await expect(make).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Nothing was made: 1 place is wrong in the file.')).toBeVisible()
  await expect(page.getByText('pictures[3].file there is no file ricebowl.png')).toBeVisible()
  await expectNoViolations(page)

  given = zip(taken.suggestedFilename(), await readFile(await taken.path()))
  await field.focus()
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(/sanity-checks\.zip$/)
  await make.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/courses/${to}/sanity/staff/settings`)
  await page.goto(`/courses/${to}/staff/pictures`)
  const rice = page.getByRole('listitem').filter({ hasText: 'A bowl of rice' })
  await expect(rice).toContainText('5 regions')
  await page.goto(`/courses/${to}/sanity/staff/studio`)
  await expect(page.getByRole('link', { name: /^6 / })).toBeVisible()
})

/** The example as a zip, without one of its files. */
async function packageWithout(missing: string): Promise<Buffer> {
  const { files, read } = await folderFiles(exampleFolder)
  const entries = files.filter((file) => file !== missing)
  return Buffer.from(
    makeZip(await Promise.all(entries.map(async (name) => ({ name, bytes: await read(name) })))),
  )
}

/** Figures and checks of these courses would hold up those that other tests wait for. */
async function withdrawJobs(database: pg.Pool): Promise<void> {
  await database.query(
    `SELECT graphile_worker.complete_jobs(
       ARRAY(SELECT id FROM graphile_worker._private_jobs WHERE flags ?| ARRAY['course:${from}', 'course:${to}']))`,
  )
}
