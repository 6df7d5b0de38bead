import { choose, expect, expectListening, expectSaved, openQuestion, option, test } from './people'

test('the language changes at any moment and keeps the answers', async ({ page, student, signIn }) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  await choose(page, 'q01-b')
  await expectSaved(page)
  await page.getByRole('link', { name: 'Next' }).click()
  await page.getByRole('radio', { name: '中文' }).check({ force: true })
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
  const prompt = page.locator('[data-part="q02"]')
  await expect(prompt.getByText('紅色代表負相關')).toHaveAttribute('lang', 'zh-Hant')
  await expect(prompt.getByText('Red represents the negative correlation')).toHaveCount(0)
  await expect(page).toHaveURL(/questions\/2$/)

  await page.getByRole('radio', { name: '雙語：題目以兩種語言並列' }).check({ force: true })
  await expect(prompt.getByText('紅色代表負相關')).toBeVisible()
  await expect(prompt.getByText('Red represents the negative correlation')).toHaveAttribute('lang', 'en')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')

  await page.getByRole('link', { name: '上一題' }).click()
  await expect(option(page, 'q01-b')).toBeChecked()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant')
  await expect(option(page, 'q01-b')).toBeChecked()
})

test('the theme is in the first byte of a page', async ({ page, student, signIn }) => {
  await signIn(page, student)
  const dark = page.getByRole('radio', { name: 'Dark' })
  // Forced below, since its label lies over it: shut until the page listens.
  await expect(dark).toBeEnabled()
  await dark.check({ force: true })
  const response = await page.goto('/courses/explainable-ai/hw9')
  expect(await response!.text()).toContain('data-theme="dark"')
  await expect(page.locator('body')).toHaveCSS('color', 'rgb(236, 232, 225)')
})

test('signing in and answering take the keyboard alone', async ({ page, student }) => {
  await page.goto('/sign-in')
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled()
  await page.getByLabel('Email').focus()
  await page.keyboard.type(student.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(student.password)
  await page.keyboard.press('Enter')
  await page.waitForURL((address) => address.pathname !== '/sign-in')
  await openQuestion(page, 1)
  await page.keyboard.press('2')
  await expect(option(page, 'q01-b')).toBeChecked()
  await page.keyboard.press('ArrowDown')
  await expect(option(page, 'q01-c')).toBeChecked()

  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(option(page, 'q02-a')).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByText('Choose two (2 chosen)')).toBeVisible()
  await page.keyboard.press('3')
  await expect(page.getByText('Two are chosen already. Take one back first.')).toBeVisible()
  await expect(option(page, 'q02-c')).not.toBeChecked()

  await page.keyboard.press('f')
  await expect(page.getByRole('button', { name: 'Flag to come back to' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.keyboard.press('m')
  await expect(page.getByRole('link', { name: 'Question 2, answered, flagged, this question' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.keyboard.press('?')
  await page.getByLabel('Single-key shortcuts').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Question 1 of 30')
  await page.keyboard.press('4')
  await expect(option(page, 'q01-c')).toBeChecked()
  await expectSaved(page)
  await page.reload()
  await expectListening(page)
  await expect(option(page, 'q01-c')).toBeChecked()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: 'Flag to come back to' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})
