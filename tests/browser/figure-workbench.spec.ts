import type { Locator } from '@playwright/test'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { assignmentAddress, expect, test } from './people'

const instructor = demoAccounts.find((account) => account.role === 'INSTRUCTOR')!

test('an instructor tries a figure out, compares it with another setting, and cancels what takes long', async ({
  page,
  signIn,
  database,
}) => {
  test.setTimeout(240_000)
  await signIn(page, instructor)
  /** Previews wait for the figures of questions, of which all may be still to come, and be queued only now. */
  const expectPreviewed = (shown: Locator) =>
    expect(async () => {
      await database.query(
        `SELECT graphile_worker.reschedule_jobs(
           ARRAY(SELECT id FROM graphile_worker.jobs WHERE task_identifier <> 'draw-preview' AND locked_at IS NULL),
           run_at := now() + interval '2 minutes')`,
      )
      await expect(shown).toBeVisible({ timeout: 2000 })
    }).toPass({ timeout: 120_000 })
  await page.goto(`${assignmentAddress}/staff/studio/figures`)
  await page.getByLabel('Kind of figure').selectOption('Before and after normalisation')
  await page.getByRole('button', { name: /^Picture 0/ }).click()
  await expect(page.getByText('Choose at least one.')).toBeVisible()
  const preview = page.getByRole('button', { name: 'Preview', exact: true })
  await expect(preview).toBeDisabled()
  await page.getByLabel('Kind of figure').selectOption('Pictures and their maps')
  await page.getByRole('button', { name: /^Picture 4/ }).click()
  await expect(page.getByRole('button', { name: /^Picture 4/ })).toHaveAttribute('aria-pressed', 'true')
  await preview.click()
  await expectPreviewed(page.getByTestId('figure'))
  await expect(page.getByText(/^Computed in \d/)).toBeVisible()

  await page.getByRole('button', { name: 'Compare with another setting' }).click()
  const other = page.getByRole('region', { name: 'Setting B' })
  await other.getByRole('checkbox', { name: 'Saliency map' }).uncheck()
  await other.getByRole('checkbox', { name: 'LIME' }).check()
  const copies = other.getByRole('textbox', { name: /^Copies/ })
  await copies.fill('20k')
  await expect(other.getByText('Write a number.')).toBeVisible()
  await copies.fill('20000')
  await expect(page.getByRole('row', { name: 'LIME: Copies default 20000' })).toBeVisible()
  await other.getByRole('button', { name: 'Preview', exact: true }).click()
  await expectPreviewed(other.getByText(/perturbed copies/i))
  await other.getByRole('button', { name: 'Cancel' }).click()
  await expect(other.getByText('Cancelled.')).toBeVisible()
  await expect
    .poll(
      async () => (await database.query(`SELECT FROM "FigureRequest" WHERE status = 'COMPUTING'`)).rowCount,
    )
    .toBe(0)
  await expectNoViolations(page)

  // The address keeps both settings.
  await page.reload()
  await expect(
    page.getByRole('region', { name: 'Setting B' }).getByRole('checkbox', { name: 'LIME' }),
  ).toBeChecked()
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
})
