import path from 'node:path'
import { expect, test } from '@playwright/test'
import { throttleRules } from '@/lib/auth/throttle'
import { openSite, type Site } from '../bench/school/site'
import { playTerm } from '../bench/school/term'

/** Two web servers behind a balancer, on one database, as on two machines; here because the pages are built at this stage. */
test('students go on while one of two servers is killed and the other one replaced; sessions and throttles hold on both', async () => {
  const site = await openSite(path.resolve('.'), { students: 4, built: true, servers: 2 })
  try {
    const [first, second] = site.servers
    const everybodyIsReady = () =>
      expect.poll(() => site.balancer!.ready().length, { timeout: 60_000 }).toBe(2)

    await everybodyIsReady()
    await work(site, 0, () => process.kill(first!.pid(), 'SIGKILL'))

    // Told to end, it is sent nothing new, and ends after what it has begun: nobody is refused.
    await everybodyIsReady()
    const failed = site.balancer!.failed()
    await work(site, 1, () => process.kill(second!.pid(), 'SIGTERM'))
    expect(site.balancer!.failed()).toBe(failed)

    await everybodyIsReady()
    await holdsOnBoth(site)
  } finally {
    await site.close()
  }
})

/** Half of the class answers everything; in the middle something happens. Nothing of it is lost. */
async function work(site: Site, half: 0 | 1, happens: () => void): Promise<void> {
  const students = site.students.filter((_, index) => index % 2 === half)
  let happened = false
  const onProgress = (share: number) => {
    if (share < 0.4 || happened) return
    happened = true
    happens()
  }
  const { verdict } = await playTerm({ ...site, students }, { mishaps: 0, kills: [], atOnce: 2, onProgress })
  const { lost, wrong, scoring, refusals } = verdict
  expect({ lost, wrong, scoring, refusals }).toEqual({ lost: [], wrong: [], scoring: [], refusals: [] })
  expect(happened).toBe(true)
}

async function holdsOnBoth({ servers, students, assignmentPath }: Site): Promise<void> {
  const [here, there] = servers.map(({ address }) => address) as [string, string]
  const headers = { cookie: students[0]!.cookie, 'sec-fetch-site': 'same-origin' }
  const session = async (address: string) =>
    (await fetch(`${address}${assignmentPath}`, { headers, redirect: 'manual' })).status
  expect([await session(here), await session(there)]).toEqual([200, 200])
  expect((await fetch(`${here}/api/sessions/revocation`, { method: 'POST', headers })).status).toBe(200)
  expect(await session(there)).not.toBe(200)

  const email = 'guessed@school.example'
  for (let guess = 0; guess <= throttleRules.pair.free; guess += 1)
    expect(await signIn(here, email)).toContain('error=CredentialsSignin')
  expect(await signIn(there, email)).toMatch(/error=throttled/)
}

/** @returns the address to which next-auth sends somebody with a wrong password. */
async function signIn(address: string, email: string): Promise<string> {
  const token = await fetch(`${address}/api/auth/csrf`)
  const { csrfToken } = (await token.json()) as { csrfToken: string }
  const cookie = token.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const answer = await fetch(`${address}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie, 'x-forwarded-for': '203.0.113.7', 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ csrfToken, email, password: 'wrong', json: 'true' }),
  })
  return ((await answer.json()) as { url: string }).url
}
