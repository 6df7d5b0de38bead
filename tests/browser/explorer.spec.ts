import type { Locator, Page } from '@playwright/test'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const she = 10
const officer = 3

async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/explore/attention${query}`)
  await settled(page)
}

/** The answer for what is on the page has come. The figures' worker may keep the machine busy. */
async function settled(page: Page): Promise<void> {
  const explorer = page.locator('[data-testid=attention-explorer][data-computing=false]')
  await expect(explorer).toBeVisible({ timeout: 60_000 })
}

const token = (page: Page, position: number, text: string) =>
  page.locator(`[data-token="${position}"]`).and(page.getByRole('button', { name: text }))
const mask = (page: Page, position: number) => page.locator(`[data-mask="${position}"]`)

async function probability(table: Locator, word: string): Promise<number> {
  const cell = table.locator(`[data-word="${word}"] [data-probability]`)
  return Number(await cell.getAttribute('data-probability', { timeout: 60_000 }))
}

test('a masked word is predicted, and masking another takes the evidence away', async ({
  page,
  signIn,
  student,
}) => {
  await signIn(page, student)
  await open(page)
  await token(page, she, 'she').dblclick()
  await expect(mask(page, she).locator('tbody tr').first()).toHaveAttribute('data-word', 'he', {
    timeout: 60_000,
  })
  await settled(page)
  const alone = await probability(mask(page, she), 'he')
  expect(alone).toBeCloseTo(0.787, 2)

  // With the keyboard this time.
  await token(page, officer, 'officer').focus()
  await page.keyboard.press('m')
  await expect(mask(page, officer)).toBeVisible({ timeout: 60_000 })
  await settled(page)
  const both = await probability(mask(page, she), 'he')
  expect(Math.abs(alone - both - 0.74)).toBeLessThanOrEqual(0.01)
  // The page says the same: the change is counted from "she" masked alone.
  const change = mask(page, she).locator('[data-word="he"] [data-change]')
  await expect(change).toHaveText(/^−0\.7[345]\d$/)

  // A link to this state shows this state.
  expect(new URL(page.url()).searchParams.get('masks')).toBe('3,10')
  await page.reload()
  await settled(page)
  expect(await probability(mask(page, she), 'he')).toBe(both)
})

test('head 12 of layer 7 looks at the next token', async ({ page, signIn, student }) => {
  await signIn(page, student)
  await open(page)
  await page.getByRole('radio', { name: 'Mean weight on the next token' }).check()
  const cell = page.getByRole('gridcell', { name: /^Layer 7, head 12: / })
  const weight = Number((await cell.getAttribute('aria-label'))?.split(': ')[1])
  expect(Math.abs(weight - 0.99)).toBeLessThanOrEqual(0.01)

  await cell.click()
  await expect(page.getByRole('heading', { name: 'Layer 7, head 12' })).toBeVisible()
  await expect(page).toHaveURL(/layer=7&heads=12/)
  await token(page, 2, 'police').click()
  await page.getByText('The weights as a table').click()
  const row = page.getByTestId('weight-table').getByRole('row', { name: /^officer/ })
  expect(Number(await row.getByRole('cell').first().textContent())).toBeGreaterThan(0.9)
})

test('any sentence can be typed', async ({ page, signIn, student }) => {
  await signIn(page, student)
  await open(page, '?masks=10')
  await page.getByRole('textbox', { name: 'Sentence' }).fill('Paris is the capital of France.')
  await page.keyboard.press('Enter')
  await expect(token(page, 1, 'Paris')).toBeVisible({ timeout: 60_000 })
  // Masks of another sentence mean nothing here.
  await expect(mask(page, she)).toHaveCount(0)
})

test('a model that is not installed is named, with what installs it', async ({ page, signIn, student }) => {
  await signIn(page, student)
  await page.goto('/explore/attention?model=bert-base-cased')
  await expect(page.getByText('models pull google-bert/bert-base-cased')).toBeVisible({ timeout: 60_000 })
})

for (const [language, width] of [
  ['en', 1280],
  ['zh', 360],
] as const) {
  test(`nothing in the way of anybody: ${language}, ${width} pixels`, async ({
    page,
    signIn,
    student,
    baseURL,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await signIn(page, student)
    await page.context().addCookies([{ name: 'vitrine-language', value: language, url: baseURL! }])
    for (const query of ['?layer=7&heads=12&held=10&masks=10', '?overview=next&masks=3,10&compare=10']) {
      await open(page, query)
      await expectNoViolations(page)
      await expectNoSidewaysScroll(page)
    }
  })
}
