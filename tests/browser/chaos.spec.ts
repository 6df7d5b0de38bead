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
        { victim: 'app', at: 0.3 },
        { victim: 'postgres', at: 0.7 },
      ],
    })
    expect(kills).toBe(2)
    const { lost, wrong, scoring, refusals } = verdict
    expect({ lost, wrong, scoring, refusals }).toEqual({ lost: [], wrong: [], scoring: [], refusals: [] })
    // Twelve students, 32 parts: every one was acknowledged at least once.
    expect(verdict.acknowledgements).toBeGreaterThanOrEqual(12 * site.parts.length)
  } finally {
    await site.close()
  }
})
