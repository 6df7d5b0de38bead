import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { run } from '@/bin/testing/stage'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]
const DOWNLOAD_LIMIT = 300_000
const PACKAGE_LIMIT = 600_000

export class ChromiumError extends Error {
  override readonly name = 'ChromiumError'
}

/** A Chromium that is on this machine already: CHROMIUM_PATH, Playwright's own, the system's. */
function findInstalled(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) {
    if (!existsSync(chosen)) throw new ChromiumError(`CHROMIUM_PATH names ${chosen}, which does not exist.`)
    return chosen
  }
  return [chromium.executablePath(), ...INSTALLED].find((file) => existsSync(file))
}

/**
 * Finds a Chromium for the browser tests, or installs one: Playwright's, or where only Debian's packages can be reached,
 * Debian's.
 *
 * @returns path of the program
 * @throws ChromiumError saying how to help
 */
export async function provideChromium(project: string): Promise<string> {
  const found = findInstalled()
  if (found) return found
  const root = process.getuid?.() === 0
  process.stdout.write('No Chromium found: installing one\n')
  const playwright = path.join(project, 'node_modules/playwright/cli.js')
  const parameters = ['install', ...(root ? ['--with-deps'] : []), 'chromium']
  await run(process.execPath, [playwright, ...parameters], project, { timeout: DOWNLOAD_LIMIT })
  if (!findInstalled() && root && existsSync('/usr/bin/apt-get')) {
    const environment = { DEBIAN_FRONTEND: 'noninteractive' }
    const options = { environment, timeout: PACKAGE_LIMIT }
    await run('apt-get', ['update'], project, options)
    await run(
      'apt-get',
      ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      project,
      options,
    )
  }
  const installed = findInstalled()
  if (installed) return installed
  throw new ChromiumError(
    'The browser tests need Chromium, and it could not be installed. Install it (apt-get install chromium, or ' +
      'npx playwright install --with-deps chromium), or set CHROMIUM_PATH.',
  )
}
