import { randomUUID } from 'node:crypto'
import { hashPassword } from '@/lib/auth/password'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

test('an operator sees at a glance what needs a look, reads why a job was set aside, and begins it anew', async ({
  page,
  database,
  signIn,
}) => {
  const id = randomUUID()
  const operator = { email: `${id}@test.example`, password: `password-${id}` }
  const key = `check:${id}`
  await database.query(
    `INSERT INTO "User" (id, email, name, "passwordHash", operator) VALUES ($1, $2, 'Operator', $3, true)`,
    [id, operator.email, await hashPassword(operator.password)],
  )
  // Of a run that is gone: begun anew, it finds nothing to do and ends well.
  await database.query(
    `SELECT graphile_worker.add_job('check-keys', $1, run_at := now() + interval '1 hour', max_attempts := 3,
                                    job_key := $2, priority := 24000)`,
    [JSON.stringify({ runId: id }), key],
  )
  await database.query(
    `UPDATE graphile_worker._private_jobs SET attempts = 3, last_error = 'cannot open /srv/models/a.onnx' WHERE key = $1`,
    [key],
  )

  await signIn(page, operator)
  await page.getByRole('link', { name: 'Operations' }).click()
  await expect(page.getByTestId('health')).toContainText('set aside after three attempts')
  await expectNoViolations(page)

  await page.getByRole('link', { name: /^Queue/ }).click()
  await page.getByRole('link', { name: /^Set aside/ }).click()
  const job = page.locator(`[data-job="${key}"]`)
  await expect(job).toContainText('cannot open a.onnx')
  await expectNoViolations(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
  await job.getByRole('button', { name: /^Retry/ }).click()
  await expect(job).toHaveCount(0)
  await expect(page.getByText('No job is in this state.')).toBeVisible()
})
