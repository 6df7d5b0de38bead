import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import pg from 'pg'
import { hashPassword } from '@/lib/auth/password'
import { openEmbeddedDatabase } from '@/lib/database/embedded/server'
import { closeDatabasePool } from '@/lib/database/pool'

/** A student who has an attempt to herself: every test may answer, submit and be graded as if it were alone. */
export interface Student {
  readonly name: string
  readonly email: string
  readonly password: string
}

export const assignmentAddress = '/courses/explainable-ai/hw9'

interface Fixtures {
  readonly student: Student
  /** Signs a page's person in, as the form does but without opening it, and opens the start page. */
  readonly signIn: (page: Page, person: Pick<Student, 'email' | 'password'>) => Promise<void>
}

interface WorkerFixtures {
  readonly databaseUrl: string
  readonly database: pg.Pool
  /** Lets a test call the product's own functions: they reach the database of the server under test. */
  readonly product: undefined
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  databaseUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const folder = process.env.VITRINE_TEST_DATA ?? path.join(tmpdir(), 'vitrine-browser-tests')
      // The server under test runs it already; this takes a share in it and leaves it running.
      const server = await openEmbeddedDatabase(folder)
      await use(server.url)
      await server.close()
    },
    { scope: 'worker' },
  ],
  database: [
    async ({ databaseUrl }, use) => {
      const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
      await use(pool)
      await pool.end()
    },
    { scope: 'worker' },
  ],
  product: [
    async ({ databaseUrl }, use) => {
      Object.assign(process.env, { DATABASE_URL: databaseUrl, NEXTAUTH_SECRET: randomUUID() })
      await use(undefined)
      // Not sooner: Prisma's client keeps the pool that it began with, and specs share their worker's modules.
      await closeDatabasePool()
    },
    { scope: 'worker' },
  ],
  student: async ({ database }, use) => {
    const id = randomUUID()
    const student = { name: 'Test Student', email: `${id}@test.example`, password: `password-${id}` }
    await database.query(`INSERT INTO "User" (id, email, name, "passwordHash") VALUES ($1, $2, $3, $4)`, [
      id,
      student.email,
      student.name,
      await hashPassword(student.password),
    ])
    await database.query(
      `INSERT INTO "Enrollment" ("userId", "courseId", role)
       SELECT $1, id, 'STUDENT' FROM "Course" WHERE slug = 'explainable-ai'`,
      [id],
    )
    await use(student)
    await database.query(`DELETE FROM "User" WHERE id = $1`, [id])
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  signIn: async ({}, use) => {
    await use(async (page, { email, password }) => {
      const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
      const answer = await page.request.post('/api/auth/callback/credentials', {
        form: { csrfToken, email, password, json: 'true' },
      })
      expect(answer.ok(), `signing ${email} in: ${answer.status()}`).toBe(true)
      await page.goto('/')
    })
  },
})

test.use({ locale: 'en-GB' })

export { expect }

/** Opens question `position`, starting the attempt first where there is none. */
export async function openQuestion(page: Page, position: number): Promise<void> {
  await page.goto(assignmentAddress)
  const start = page.getByRole('button', { name: 'Start', exact: true })
  const goOn = page.getByRole('link', { name: /^(Continue at|Review and submit)/ })
  await expect(start.or(goOn)).toBeVisible()
  if (await start.isVisible()) {
    await start.click()
    await page.waitForURL(/\/questions\/1$/)
  }
  await page.goto(`${assignmentAddress}/questions/${position}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Question ${position} of 30`)
  await expectListening(page)
}

/**
 * Waits until the question page listens: a key that is pressed sooner reaches nobody. Its options are shut until
 * then; they are asked, since Playwright takes no notice of a fieldset that is shut.
 */
export async function expectListening(page: Page): Promise<void> {
  await expect(page.locator('[data-option]').first()).toBeEnabled()
}

/** Signs in through the form, which also takes another account's pages off the device. */
export async function signInThroughForm(
  page: Page,
  { email, password }: Pick<Student, 'email' | 'password'>,
): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((address) => address.pathname !== '/sign-in')
}

export const option = (page: Page, id: string) => page.locator(`input[value="${id}"]`)

/** Chooses an option and waits until it is chosen: while a figure is being drawn, React shows a choice a moment later. */
export async function choose(page: Page, id: string): Promise<void> {
  if (!(await option(page, id).isChecked())) await option(page, id).click()
  await expect(option(page, id)).toBeChecked()
}
export const saveLine = (page: Page) => page.getByTestId('save-line')

/** Waits until the server has everything. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(saveLine(page)).toHaveText(/^Saved \d\d:\d\d:\d\d$/)
}

/** From the review page: submits, confirms, and opens the result. */
export async function submitAndOpenResult(page: Page): Promise<void> {
  await page.goto(`${assignmentAddress}/review`)
  await page.getByRole('button', { name: 'Submit', exact: true }).click()
  await page.getByRole('button', { name: 'Submit now' }).click()
  await expect(page.getByTestId('receipt')).toHaveText(/\S{6,}/)
  await page.getByRole('link', { name: 'See result' }).click()
  await expect(page.getByTestId('total')).toBeVisible()
}
