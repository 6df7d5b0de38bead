import type { Page } from '@playwright/test'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, openQuestion, option, test } from './people'

/** The model has answered; the figures' worker may keep the machine busy. */
async function settled(page: Page, room: 'embedding-space' | 'embedding-similarity'): Promise<void> {
  await expect(page.locator(`[data-testid=${room}][data-computing=false]`)).toBeVisible({ timeout: 60_000 })
}

/** Every pair's value at the layer that is shown, in the order of the squares. */
const squares = (page: Page) => page.getByTestId('heat-map').getByRole('button')

test('the explorer leads to its rooms, which answer and can be shared by their address', async ({
  page,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await page.getByRole('link', { name: 'Explorer' }).click()
  await page.getByRole('link', { name: /Embedding space/ }).click()
  await settled(page, 'embedding-space')
  await expect(page.getByTestId('predicted-answer')).toHaveText('1893')
  await expect(page.getByTestId('space-plot').locator('[data-kind=answer]')).not.toHaveCount(0)
  await page.getByRole('slider', { name: 'Layer' }).fill('11')
  await expect(page).toHaveURL(/layer=11/)

  // A passage that nobody wrote for this.
  await page.getByRole('radio', { name: 'Your own' }).check()
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill('Who is kind?')
  await page
    .getByRole('textbox', { name: 'Passage', exact: true })
    .fill('The officer is kind. The king is not.')
  await page.getByRole('textbox', { name: /^Answer/ }).fill('officer')
  await page.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByText('Drawn as the answer: “officer”')).toBeVisible({ timeout: 60_000 })
  await page.reload()
  await settled(page, 'embedding-space')
  await expect(page.getByText('Drawn as the answer: “officer”')).toBeVisible()

  await page.getByRole('link', { name: 'Explorer', exact: true }).first().click()
  await page.getByRole('link', { name: /Embedding similarity/ }).click()
  await settled(page, 'embedding-similarity')
  await page.getByRole('radio', { name: 'Euclidean distance' }).check()
  await page.getByRole('slider', { name: 'Layer' }).fill('0')
  // 果 stands at the same place in sentences 2 and 5, and at another one in sentence 1.
  await expect(squares(page).nth(10 + 4)).toHaveText('0')
  await expect(squares(page).nth(1)).not.toHaveText('0')
  await page.getByLabel('First sentence').selectOption('0')
  await expect(page).toHaveURL(/metric=euclidean&layer=0&pair=1%2C7/)
})

test('the model can be asked beside its question, without leaving it', async ({ page, student, signIn }) => {
  await signIn(page, student)
  await openQuestion(page, 29)
  const view = page.getByTestId('interactive-view')
  await view.getByRole('button', { name: 'Open', exact: true }).click()
  await settled(page, 'embedding-similarity')
  await expect(view.getByTestId('trend')).toContainText('Sentences 8 and 7')
  await expect(option(page, 'q29-a')).toBeVisible()
})

for (const [language, width] of [
  ['en', 1280],
  ['zh', 360],
] as const) {
  test(`nothing in the way of anybody: ${language}, ${width} pixels`, async ({
    page,
    student,
    signIn,
    baseURL,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await signIn(page, student)
    await page.context().addCookies([{ name: 'vitrine-language', value: language, url: baseURL ?? '' }])
    for (const room of [null, 'embedding-space', 'embedding-similarity'] as const) {
      await page.goto(room ? `/explore/${room}` : '/explore')
      if (room) await settled(page, room)
      // The numbers behind the charts are part of the page.
      for (const twin of await page.locator('details').all()) await twin.locator('summary').click()
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
    }
  })
}
