import type { APIRequestContext } from '@playwright/test'
import { assignmentAddress, expect, openQuestion, test } from './people'

/** Set by the connection; and `Vary`, by which Next tells forms of a page apart: these answers nobody may keep. */
const framing = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'vary']

test('what is answered before the router is answered as by the router, to the byte', async ({
  page,
  request: nobody,
  database,
  student,
  signIn,
}) => {
  await signIn(page, student)
  await openQuestion(page, 1)
  await page.goto(assignmentAddress)
  const { rows } = await database.query(
    `SELECT t.id FROM "Attempt" t JOIN "User" u ON u.id = t."userId" WHERE u.email = $1`,
    [student.email],
  )
  const answers = `/api/attempts/${rows[0].id}/answers`
  const flags = `/api/attempts/${rows[0].id}/flags`
  const choice = (optionIds: string[], revision: number) => ({ optionIds, clientId: 'tab', revision })

  async function put(sender: APIRequestContext, path: string, data: unknown, headers = {}) {
    const answer = await sender.put(path, {
      data,
      headers: {
        'content-type': 'application/json',
        'sec-fetch-site': 'same-origin',
        'x-request-id': 'one-for-both',
        ...headers,
      },
    })
    const sent = answer.headersArray().map(({ name, value }) => `${name.toLowerCase()}: ${value}`)
    return {
      status: answer.status(),
      headers: sent.filter((line) => !framing.includes(line.split(':')[0]!)).sort(),
      body: await answer.text(),
    }
  }
  expect((await put(page.request, `${answers}/q01`, choice(['q01-a'], 5))).status).toBe(200)

  const cases: [number, APIRequestContext, string, unknown, object?][] = [
    [200, page.request, `${answers}/q01`, choice(['q01-a'], 5)],
    [200, page.request, `${answers}/q01`, choice(['q01-b'], 4)],
    [400, page.request, `${answers}/q01`, choice(['q01-a'], 0)],
    [400, page.request, `${answers}/q01`, 'no JSON'],
    [401, nobody, `${answers}/q01`, choice(['q01-a'], 6)],
    [403, page.request, `${answers}/q01`, choice(['q01-a'], 6), { 'sec-fetch-site': 'cross-site' }],
    [404, page.request, `${answers}/q99`, choice(['q01-a'], 6)],
    [413, page.request, `${answers}/q01`, choice(['x'.repeat(300_000)], 6)],
    [415, page.request, `${answers}/q01`, 'revision=6', { 'content-type': 'text/plain' }],
    [422, page.request, `${answers}/q01`, choice(['elsewhere'], 6)],
    [404, page.request, `${flags}/q01`, { flagged: true }],
  ]
  for (const [status, sender, path, data, headers] of cases) {
    const direct = await put(sender, path, data, headers)
    expect(direct.status, path).toBe(status)
    // Spelled with an escape, the same address is the router's.
    expect(await put(sender, path.replace(/q(\d\d)$/, '%71$1'), data, headers)).toEqual(direct)
  }
})
