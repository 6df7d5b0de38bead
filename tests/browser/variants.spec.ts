import { assignmentAddress, expect, test } from './people'

/** An instructor makes a variant of question 6, which the running worker measures on the bundled model. */
test('a variant is made, read and let be dealt', async ({ page, signIn, database }) => {
  test.setTimeout(180_000)
  await signIn(page, { email: 'instructor@vitrine.example', password: 'instructor-demo' })
  await page.goto(`${assignmentAddress}/staff/studio/q06/variants`)
  const prompt = page.getByRole('textbox', { name: 'Prompt, English' })
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
  await page.getByLabel('In place of “sashimi”').selectOption('cake')
  await expect(page.getByText('Two regions have become one.')).toBeVisible()
  await page.getByLabel('In place of “chopsticks”').selectOption('fork')
  await page.getByRole('button', { name: 'Measure and make' }).click()

  const variant = page.getByTestId('variant')
  await expect(variant.getByText('Clearly supported')).toBeVisible({ timeout: 120_000 })
  await expect(variant.getByText('The keyed options are true, all others false.')).toBeVisible()
  await expect(
    page.frameLocator('iframe').getByText('Where are the red dots in the saliency map of picture 3?'),
  ).toBeVisible()
  await variant.getByRole('button', { name: 'I have read it in both languages: it may be dealt' }).click()
  await expect(variant.getByText('May be dealt')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /Each attempt gets/ })).not.toBeChecked()
  // Nothing is dealt to other tests: dealing is off. The variant goes as it came.
  await variant.getByRole('button', { name: 'Remove' }).click()
  await expect(variant).toHaveCount(0)
  await database.query(`DELETE FROM "VariantTexts"`)
})
