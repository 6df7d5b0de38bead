import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { assignmentAddress, expect, test } from './people'

/** An instructor writes the texts of question 6's variants, asks for one on another picture, and cancels it. */
test('a variant is written, asked for and cancelled', async ({ page, signIn, database }) => {
  await signIn(page, { email: 'instructor@vitrine.example', password: 'instructor-demo' })
  await page.goto(`${assignmentAddress}/staff/studio/q06/variants`)
  const prompt = page.getByRole('textbox', { name: 'Prompt, English' })
  await expect(prompt).toHaveValue(/Saliency map of \{\{picture\.1\}\}/)
  await prompt.fill('Look at the saliency map of {{picture.1}} and {{region.9}}.')
  await expect(page.getByText('There is no placeholder {{region.9}}.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save texts' })).toBeDisabled()
  await prompt.fill('Where are the red dots in the saliency map of {{picture.1}}?')
  await page.getByRole('button', { name: 'Save texts' }).click()
  await expect(page.getByText('Saved. Variants made from now on say this.')).toBeVisible()

  await page
    .getByRole('group', { name: 'In place of picture 8' })
    .getByRole('button', { name: /Layer cake/ })
    .click()
  // What is proposed can be made; what is chosen instead may not be.
  await page.getByLabel('In place of “sashimi”').selectOption('plate')
  await expect(page.getByText('Two regions have become one.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Measure and make' })).toBeDisabled()
  await page.getByLabel('In place of “sashimi”').selectOption('cake')
  // Somebody else publishes while texts are written: what was written stays.
  await prompt.fill('Where are they in {{picture.1}}?')
  const readings = /\/api\/questions\/[^/]+\/variants$/
  await page.route(readings, async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    const response = await route.fetch()
    const { view } = await response.json()
    await route.fulfill({ response, json: { view: { ...view, version: view.version + 1 } } })
  })
  await page.getByRole('button', { name: 'Measure and make' }).click()
  await expect(page.getByText('of the question was published meanwhile')).toBeVisible()
  await expect(prompt).toHaveValue('Where are they in {{picture.1}}?')
  await page.getByRole('button', { name: /^Take the texts of version/ }).click()
  await expect(prompt).toHaveValue('Where are the red dots in the saliency map of {{picture.1}}?')
  await page.unroute(readings)

  // The worker draws the assignment's figures first; what it makes then is tested with the worker itself.
  const variant = page.getByTestId('variant')
  await expect(variant.getByRole('heading', { name: /picture 3/ })).toBeVisible()
  await expect(variant.getByText('cake for sashimi')).toBeVisible()
  await expectNoViolations(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await expectNoSidewaysScroll(page)
  await expect(page.getByRole('checkbox', { name: /Each attempt gets/ })).not.toBeChecked()
  await variant.getByRole('button', { name: /^(Cancel|Remove)$/ }).click()
  await expect(variant).toHaveCount(0)
  await database.query(`DELETE FROM "VariantTexts" WHERE "authorId" IS NOT NULL`)
})
