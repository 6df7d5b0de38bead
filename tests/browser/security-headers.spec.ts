import { expect, test } from '@playwright/test'

test('pages come with the headers that protect them, and run under their own policy', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/i.test(message.text()))
      complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))

  const response = await page.goto('/sign-in')
  const headers = response?.headers() ?? {}
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/)
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['x-powered-by']).toBeUndefined()
  await expect(page.getByRole('button').first()).toBeEnabled()

  const api = await page.request.get('/api/health')
  expect(api.headers()['content-security-policy']).toContain("default-src 'none'")
  expect(api.headers()['x-content-type-options']).toBe('nosniff')

  await page.goto('/no-such-page')
  await page.waitForLoadState('networkidle')
  expect(complaints).toEqual([])
})

test('a script without the nonce does not run', async ({ page }) => {
  await page.goto('/sign-in')
  const ran = await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.injected = true">')
    return new Promise((resolve) => setTimeout(() => resolve('injected' in window), 500))
  })
  expect(ran).toBe(false)
})
