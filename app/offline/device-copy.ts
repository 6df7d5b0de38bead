import type { WorkerMessage } from './worker/service-worker'

/** What pages ask of the service worker. Browsers without one go on as before: answers are kept all the same. */

/** @returns the worker in charge of the site; null where there is none (also while developing). */
async function activeWorker(): Promise<ServiceWorker | null> {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return null
  try {
    await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' })
    return (await navigator.serviceWorker.ready).active
  } catch {
    return null
  }
}

/** Keeps an attempt's pages, their scripts and the figures seen, so that it can be reloaded without a network. */
export async function keepOnDevice(
  owner: string,
  attemptId: string,
  pages: readonly string[],
): Promise<void> {
  const worker = await activeWorker()
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((address) => address.startsWith(location.origin))
  worker?.postMessage({ kind: 'keep', owner, attemptId, pages, loaded } satisfies WorkerMessage)
}

/**
 * Forgets the kept pages, figures and acknowledged answers of whoever was signed in. Choices that wait stay.
 * The page does it itself, so that it is done also where the worker is not in charge of this page.
 */
export async function forgetPerson(): Promise<void> {
  // By plain http from another machine there are none, as there is no worker that would keep any.
  const names = 'caches' in globalThis ? await caches.keys() : []
  await Promise.all(names.filter((name) => name.startsWith('vitrine-private-')).map((n) => caches.delete(n)))
  navigator.serviceWorker?.controller?.postMessage({ kind: 'forget' } satisfies WorkerMessage)
  const { forgetAcknowledged } = await import('./storage')
  await forgetAcknowledged()
}

/** @returns when the page shown was drawn, if it is the device's copy and not the server's; ISO 8601. */
export function keptSince(): string | null {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.serverTiming?.find(({ name }) => name === 'kept')?.description ?? null
}
