import { gzipSync } from 'node:zlib'
import { expect, openQuestion, test } from './people'

/** Kilobytes (1,000 bytes, gzip) of scripts with which the question page starts. The project promises 200. */
const BUDGET = 190

test('the question page starts with few scripts', async ({ page, student, signIn }) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  const html = await (await page.request.get(page.url())).text()
  // Scripts for browsers without modules are named too, and fetched by none that we support.
  const tags = (html.match(/<(?:script|link)\b[^>]*>/g) ?? []).filter((tag) => !/\bnoModule\b/i.test(tag))
  const scripts = new Set(tags.flatMap((tag) => tag.match(/\/_next\/static\/[\w./~-]+\.js/) ?? []))
  let bytes = 0
  for (const script of scripts) bytes += gzipSync(await (await page.request.get(script)).body()).length
  test.info().annotations.push({ type: 'scripts', description: `${scripts.size}: ${bytes} bytes` })
  expect(scripts.size).toBeGreaterThan(5)
  expect(bytes / 1000, `${bytes} bytes`).toBeLessThanOrEqual(BUDGET)
})
