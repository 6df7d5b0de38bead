import { choose, expect, openQuestion, option, test } from './people'

test('a figure appears without a reload, reads its weights and says how it was made', async ({
  page,
  student,
  signIn,
}) => {
  test.setTimeout(300_000)
  await signIn(page, student)
  await openQuestion(page, 1)
  // Answering never waits for the figure.
  await choose(page, 'q01-b')
  const place = await page.locator('[data-part="q01"]').boundingBox()
  const figure = page.getByTestId('figure')
  await expect(figure).toBeVisible({ timeout: 240_000 })
  expect(await page.locator('[data-part="q01"]').boundingBox()).toEqual(place)
  await expect(option(page, 'q01-b')).toBeChecked()

  const superpixels = page.getByTestId('superpixels').first()
  await superpixels.focus()
  const line = page.getByTestId('weight-line').first()
  await expect(async () => {
    await page.keyboard.press('Home')
    await expect(line).toContainText(/Superpixel \d+: \+/, { timeout: 1000 })
  }).toPass()
  const first = await line.textContent()
  await page.keyboard.press('ArrowRight')
  await expect(line).not.toHaveText(first!)
  await expect(page).toHaveURL(/questions\/1$/)

  await page.getByRole('button', { name: 'How was this made?' }).click()
  await expect(page.getByTestId('plaque')).toContainText('1,000 samples')
  await expect(page.getByTestId('plaque')).toContainText('seed 16')

  await page.getByRole('button', { name: 'Enlarge', exact: true }).click()
  await page.getByTestId('zoom-stage').focus()
  await page.keyboard.press('+')
  await expect(page.getByText('125 %')).toBeVisible()
  await page.keyboard.press('Escape')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download PNG' }).click()
  expect((await download).suggestedFilename()).toMatch(/^vitrine-[0-9a-f]{8}\.png$/)
})
