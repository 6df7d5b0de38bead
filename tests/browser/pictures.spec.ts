import { randomInt } from 'node:crypto'
import sharp from 'sharp'
import { expectNoViolations } from './accessibility'
import { expect, test } from './people'

const instructor = { email: 'instructor@vitrine.example', password: 'instructor-demo' }

test('an instructor uploads a picture, sees what the classifier makes of it, and draws a region by keyboard', async ({
  page,
  signIn,
}) => {
  const colour = { r: randomInt(256), g: randomInt(256), b: randomInt(256) }
  const photograph = await sharp({ create: { width: 160, height: 120, channels: 3, background: '#c8b48c' } })
    .composite([
      { input: { create: { width: 60, height: 60, channels: 3, background: colour } }, left: 50, top: 30 },
    ])
    .jpeg()
    .toBuffer()
  await signIn(page, instructor)
  await page.goto('/courses/explainable-ai/staff/pictures')
  await page.getByLabel('Choose pictures').setInputFiles([
    { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
    { name: 'Toast.jpg', mimeType: 'image/jpeg', buffer: photograph },
  ])
  await expect(page.getByText('Toast.jpg: added')).toBeVisible()
  await expect(page.getByText('notes.jpg: What it holds is no JPEG, PNG or WebP')).toBeVisible()

  await page.getByRole('link', { name: 'Toast', exact: true }).first().click()
  const probabilities = page.getByRole('table', { name: 'Probabilities of food-cnn' })
  await expect(probabilities.getByRole('row')).toHaveCount(11, { timeout: 30_000 })
  await page.getByLabel('Class', { exact: true }).selectOption('Bread')

  await page.getByRole('button', { name: 'Add a region' }).click()
  await page.getByLabel('Region 1: Name in Chinese').fill('吐司')
  await page.getByLabel('Region 1: Name in English').fill('toast')
  const canvas = page.getByRole('application', { name: 'Picture with its regions, to draw in' })
  await canvas.focus()
  for (const key of ['Enter', 'ArrowRight', 'ArrowRight', 'Enter', 'ArrowDown', 'ArrowDown', 'Enter'])
    await canvas.press(key)
  await expect(page.getByText('Corner 3 set')).toBeVisible()
  await canvas.press('c')
  await expect(page.getByText('Shape filled: 136 pixels')).toBeVisible()
  await canvas.press('Control+z')
  await expect(page.getByText('0 % of the picture')).toBeVisible()
  await canvas.press('Control+y')
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.')).toBeVisible()

  await page.reload()
  await expect(page.getByLabel('Region 1: Name in English')).toHaveValue('toast')
  await expect(page.getByText('0.7 % of the picture')).toBeVisible()
  await expect(page.getByLabel('Class', { exact: true })).toHaveValue('0')

  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.waitForURL('**/staff/pictures')
})
