import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Judges the page as it stands, in both themes: by all rules in light, by those of colour in dark. From its top: in the
 * middle, what sticks lies over whatever has been scrolled below it.
 */
export async function expectNoViolations(page: Page): Promise<void> {
  await page.evaluate(`${axe.source}; scrollTo({ top: 0, behavior: 'instant' })`)
  const own = await page.locator('html').getAttribute('data-theme')
  await showIn(page, 'light')
  const inLight = await violations(page, { type: 'tag', values: TAGS })
  await showIn(page, 'dark')
  const inDark = await violations(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] })
  await showIn(page, own!)
  expect({ light: inLight, dark: inDark }, page.url()).toEqual({ light: [], dark: [] })
}

/** Without asking the page's own switch, which would keep the choice. What fades is not judged halfway. */
async function showIn(page: Page, theme: string): Promise<void> {
  await page.evaluate(async (name) => {
    document.documentElement.dataset.theme = name
    // One that ends may begin another, in what inherits the colour. Ended at once rather than waited for:
    // a page that draws no frames never ends one by itself.
    for (;;) {
      const ending = document
        .getAnimations()
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
        )
      if (ending.length === 0) return
      for (const animation of ending) animation.finish()
      await new Promise((resolve) => setTimeout(resolve))
    }
  }, theme)
}

async function violations(page: Page, runOnly: axe.RunOnly): Promise<readonly string[]> {
  const found = await page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    return (await axe.run({ runOnly: only, resultTypes: ['violations'] })).violations
  }, runOnly)
  const told = (node: axe.NodeResult) => `${node.html} ${node.any.map(({ message }) => message).join(' ')}`
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(told).join(' | ')}`)
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, screen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }))
  expect(wide, `${page.url()} at ${screen} px`).toBeLessThanOrEqual(screen)
}
