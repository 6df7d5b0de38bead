import path from 'node:path'
import { expect, test } from '@playwright/test'
import { openSite } from '../bench/school/site'
import { playTerm } from '../bench/school/term'

/** The short form of `npm run bench:chaos`; here because the pages are built at this stage. */
test('no acknowledged answer is lost when server and database are killed on a bad network', async () => {
  const site = await openSite(path.resolve('.'), { students: 12, built: true })
  try {
    const { verdict, kills } = await playTerm(site, {
      mishaps: 0.2,
      atOnce: 12,
      kills: [
        { victim: 'web', at: 0.25 },
        { victim: 'app', at: 0.5 },
        { victim: 'postgres', at: 0.75 },
      ],
    })
    expect(kills).toBe(3)
    const { lost, wrong, scoring, refusals } = verdict
    expect({ lost, wrong, scoring, refusals }).toEqual({ lost: [], wrong: [], scoring: [], refusals: [] })
    // Twelve students, 32 parts: every one was acknowledged at least once.
    expect(verdict.acknowledgements).toBeGreaterThanOrEqual(12 * site.parts.length)

    // Told to end, the server says so, answers what comes meanwhile, and comes back.
    const status = (address: string) =>
      fetch(`${site.address}${address}`).then(
        (answer) => answer.status,
        () => 'closed',
      )
    await expect.poll(() => status('/api/ready')).toBe(200)
    site.endApp()
    await expect.poll(() => status('/api/ready'), { intervals: [20] }).toBe(503)
    expect(await status('/sign-in')).toBe(200)
    await expect.poll(() => status('/api/ready'), { intervals: [20] }).toBe('closed')
    await expect.poll(() => status('/api/ready'), { intervals: [200], timeout: 30_000 }).toBe(200)
  } finally {
    await site.close()
  }
})
