import { demoAccounts } from '@/lib/auth/demo-accounts'
import { encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { tinyGraph } from '../unit/explainers/onnx/tiny-classifier'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const instructor = demoAccounts.find(({ role }) => role === 'INSTRUCTOR')!
const address = '/courses/explainable-ai/staff/models'

test.afterAll(async ({ database }) => {
  await database.query(`DELETE FROM "UploadedModel" WHERE name IN ('my-net', 'no-net')`)
})

test('a model is uploaded, its classes are named, and its card shows what it says; a bad file gets its reason', async ({
  page,
  signIn,
}) => {
  await signIn(page, instructor)
  await page.goto(address)
  const file = page.getByLabel('File', { exact: true })
  await expect(file).toBeEnabled()
  await file.setInputFiles({
    name: 'My Net.onnx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(encodeGraph(tinyGraph({ classes: 11, activation: 'HardSwish' }))),
  })
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('my-net')
  await page.getByRole('button', { name: 'Upload' }).click()
  const model = page.getByRole('listitem', { name: 'my-net' })
  await expect(model.getByText('Needs its classes')).toBeVisible({ timeout: 60_000 })
  await expect(model.getByText(/^HardSwish \(node .*\) has no gradient rule\.$/)).toBeVisible()
  await expect(model.getByRole('button', { name: 'Save' })).toBeDisabled()
  await model.getByRole('button', { name: 'Take the names of food-cnn' }).click()
  await model.getByRole('button', { name: 'ImageNet' }).click()
  await model.getByLabel('Licence').fill('CC0')
  await page.setViewportSize({ width: 360, height: 780 })
  await expectNoSidewaysScroll(page)
  await expectNoViolations(page)
  await model.getByRole('button', { name: 'Save' }).click()
  await expect(model.getByText('Ready', { exact: true })).toBeVisible({ timeout: 60_000 })
  await model.getByText('Card my-net').click()
  await expect(model.getByRole('table', { name: /What it says of the bundled pictures/ })).toContainText(
    /Noodles|Bread|Egg|Soup|Meat|Rice|Dessert/,
  )
  await expectNoSidewaysScroll(page)
  await expectNoViolations(page)

  await file.setInputFiles({
    name: 'no-net.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1'),
  })
  await page.getByRole('button', { name: 'Upload' }).click()
  const refused = page.getByRole('listitem', { name: 'no-net' })
  await expect(refused.getByText('This is not a model that can be read.', { exact: false })).toBeVisible({
    timeout: 60_000,
  })
  await refused.getByRole('button', { name: 'Remove' }).click()
  await refused.getByRole('button', { name: 'Remove', exact: true }).last().click()
  await expect(refused).toHaveCount(0)
})
