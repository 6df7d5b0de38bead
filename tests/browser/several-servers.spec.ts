import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { throttleRules } from '@/lib/auth/throttle'
import { makeNextRelease } from '../bench/school/next-release'
import { openSite, type SignedIn, type Site, type WebServer } from '../bench/school/site'
import { playTerm } from '../bench/school/term'

/** Two web servers behind a balancer, on one database, as on two machines; here because the pages are built at this stage. */
test('students go on while two servers are upgraded, one killed and one told to end; sessions and throttles hold on both', async () => {
  test.setTimeout(300_000)
  const project = path.resolve('.')
  const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-next-release-'))
  const release = path.join(folder, 'vitrine')
  const site = await openSite(project, { students: 40, built: true, servers: 2 })
  const ready = (servers: number) =>
    expect.poll(() => site.balancer!.ready().length, { timeout: 60_000 }).toBe(servers)
  try {
    makeNextRelease(project, release)
    const [first, second] = site.servers as [WebServer, WebServer]
    await ready(2)
    await work(site, async () => {
      // Ahead of its database the next release is not ready, and sent nothing.
      first.replaceBy(release, 'SIGKILL')
      await ready(1)
      await expect.poll(() => lacksMigration(first), { timeout: 60_000 }).toBe(true)
      await site.prepare(release)
      await ready(2)
    })

    // Told to end, a server is sent nothing new, and ends after what it has begun.
    const failed = site.balancer!.failed()
    await work(site, async () => {
      second.replaceBy(release, 'SIGTERM')
      await ready(1)
      await ready(2)
    })
    expect(site.balancer!.failed()).toBe(failed)

    await holdsOnBoth(site)
  } finally {
    await site.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

const worked = new Set<SignedIn>()

/** One student after the other answers everything, until it has happened. Nothing of it is lost, and nobody refused. */
async function work(site: Site, happens: () => Promise<void>): Promise<void> {
  let isOver = false
  const over = happens().finally(() => {
    isOver = true
  })
  over.catch(() => {}) // awaited below, unless a student has failed before
  const students = site.students.filter((student) => !worked.has(student))
  while (!isOver) {
    const student = students.shift()
    if (!student) throw new Error('there are too few students for so long a time')
    worked.add(student)
    const { verdict } = await playTerm({ ...site, students: [student] }, { mishaps: 0, kills: [], atOnce: 1 })
    const { lost, wrong, scoring, refusals } = verdict
    expect({ lost, wrong, scoring, refusals }).toEqual({ lost: [], wrong: [], scoring: [], refusals: [] })
  }
  await over
}

/** Whether it runs and waits for a migration. */
async function lacksMigration({ address }: WebServer): Promise<boolean> {
  const answer = await fetch(`${address}/api/ready`).catch(() => undefined)
  const readiness = (await answer?.json()) as { database?: boolean; migrated?: boolean } | undefined
  return readiness?.database === true && readiness.migrated === false
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
