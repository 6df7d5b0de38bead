import { setTimeout as sleep } from 'node:timers/promises'
import { readAssignment } from '@/lib/interchange/service'
import {
  assignmentAddress,
  choose,
  expect,
  expectSaved,
  openQuestion,
  submitAndOpenResult,
  test,
} from './people'

test('nothing that a student receives before release holds a key', async ({ page, student, signIn }) => {
  const { questions } = await readAssignment()
  const secrets = questions
    .flatMap(({ key }) =>
      Object.values(key).flatMap(({ explanation, evidence }) => [
        explanation,
        ...(evidence?.kind === 'claims' && evidence.accepted ? [evidence.accepted] : []),
      ]),
    )
    .flatMap(({ zh, en }) => [zh, en])
  const bodies: Promise<{ address: string; text: string }>[] = []
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? ''
    if (!/html|json|javascript|x-component|text/.test(type)) return
    // A response that the page left behind may never end.
    const text = Promise.race([response.text().catch(() => ''), sleep(20_000, '')])
    bodies.push(text.then((body) => ({ address: response.url(), text: body })))
  })

  await signIn(page, student)
  await openQuestion(page, 1)
  // The whole attempt is on the first page; figures arrive one by one.
  for (let position = 2; position <= 30; position++) {
    await page.getByRole('link', { name: 'Next' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`Question ${position} of 30`)
  }
  await choose(page, 'q30-a')
  await expectSaved(page)
  await page.goto(`${assignmentAddress}/review`)
  await page.goto(`${assignmentAddress}/result`)
  await expect(page).toHaveURL(/\/review$/)
  await page.goto(`${assignmentAddress}/staff`)
  const attemptId = await page.evaluate(
    async (address) => /\\"attemptId\\":\\"([^\\]+)\\"/.exec(await (await fetch(address)).text())?.[1],
    `${assignmentAddress}/questions/1`,
  )
  expect(attemptId).toBeTruthy()
  const early = await page.request.get(`/api/attempts/${attemptId}/result`)
  expect(early.status()).toBe(409)

  const seen = await Promise.all(bodies)
  expect(seen.length).toBeGreaterThan(20)
  const leaks = seen.filter(
    ({ text }) =>
      secrets.some((secret) => text.includes(secret)) ||
      /\\?"(correct|feedback|keyNote|holds|outline)\\?":|In this model, /.test(text),
  )
  expect(leaks.map((leak) => leak.address)).toEqual([])

  // The same search finds the key once it is released: it would have found it before.
  await submitAndOpenResult(page)
  const released = await (await page.request.get(`${assignmentAddress}/result`)).text()
  expect(secrets.some((secret) => released.includes(secret))).toBe(true)
  expect(released).toMatch(/\\?"feedback\\?":/)
})
