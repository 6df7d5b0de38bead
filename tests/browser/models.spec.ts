import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { demoAccounts } from '@/lib/auth/demo-accounts'
import { encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { writeTinyBert } from '../unit/explainers/language/tiny-bert'
import { tinyGraph } from '../unit/explainers/onnx/tiny-classifier'
import { FakeHub } from '../unit/models/fake-hub'
import { expectNoSidewaysScroll, expectNoViolations } from './accessibility'
import { expect, test } from './people'

const instructor = demoAccounts.find(({ role }) => role === 'INSTRUCTOR')!
const address = '/courses/explainable-ai/staff/models'

test.afterAll(async ({ database }) => {
  await database.query(
    `DELETE FROM "UploadedModel" WHERE name IN ('my-net', 'no-net', 'tiny-bert', 'no-bert')`,
  )
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

test('a model is pulled from the Hub by its name; what the Hub does not have gets its reason, and can be tried again', async ({
  page,
  signIn,
}) => {
  test.setTimeout(200_000)
  const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-hub-'))
  await writeTinyBert(folder)
  const hub = await FakeHub.open('someone/Tiny_BERT', folder, Number(process.env.VITRINE_TEST_HUB_PORT))
  try {
    await signIn(page, instructor)
    await page.goto(address)
    const form = page.getByRole('region', { name: 'Pull from the Hub' })
    const repository = form.getByLabel('Repository')
    const pull = form.getByRole('button', { name: 'Pull' })
    await expect(repository).toBeEnabled()
    await repository.fill(`${hub.address}/someone/Tiny_BERT`)
    await expect(pull).toBeDisabled()
    await repository.fill('someone/Tiny_BERT')
    await expect(form.getByLabel('Name in this course')).toHaveValue('tiny-bert')
    await page.setViewportSize({ width: 360, height: 780 })
    await expectNoSidewaysScroll(page)
    await expectNoViolations(page)
    await pull.click()
    const model = page.getByRole('listitem', { name: 'tiny-bert' })
    // It is read before the next figure, after the one that is being drawn.
    await expect(model.getByText('Ready', { exact: true })).toBeVisible({ timeout: 100_000 })
    await expect(model.getByText(`someone/Tiny_BERT at ${FakeHub.commit.slice(0, 12)}`)).toBeVisible()
    await model.getByText('Card tiny-bert').click()
    await expect(model.getByText('apache-2.0')).toBeVisible()

    await repository.fill('someone/No-BERT')
    await pull.click()
    const missing = page.getByRole('listitem', { name: 'no-bert' })
    await expect(missing.getByText('The Hub has no such public repository', { exact: false })).toBeVisible({
      timeout: 60_000,
    })
    await expectNoViolations(page)
    hub.repository = 'someone/No-BERT'
    await missing.getByRole('button', { name: 'Try again' }).click()
    await expect(missing.getByText('Refused')).toHaveCount(0)
  } finally {
    await hub.close()
    await rm(folder, { recursive: true, force: true })
  }
})
