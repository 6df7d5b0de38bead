import { staticFilesOf } from './addresses'

/**
 * The worker's copies. `static`: files named by their content, the same for everybody. `private`: an attempt's documents
 * and the figures seen, of the one person recorded as their owner; nothing is put there while none is.
 */
const STATIC = 'vitrine-static-1'
const PRIVATE = 'vitrine-private-1'
const OWNER = '/.kept-owner'

/** Grows when copies are forgotten: an answer that was under way before is not kept after. */
let era = 0

/** Removes copies in the form of other releases. */
export async function dropOtherForms(): Promise<void> {
  const names = await caches.keys()
  const others = names.filter((name) => name.startsWith('vitrine-') && name !== STATIC && name !== PRIVATE)
  await Promise.all(others.map((name) => caches.delete(name)))
}

/** Forgets everything of a person. */
export async function forgetPrivate(): Promise<void> {
  era++
  await caches.delete(PRIVATE)
}

export async function ownerOfCopies(): Promise<string | null> {
  const record = await (await caches.open(PRIVATE)).match(OWNER)
  return record ? record.text() : null
}

/** From here on copies are this person's; another person's are forgotten first. */
export async function setOwner(owner: string): Promise<void> {
  const known = await ownerOfCopies()
  if (known === owner) return
  if (known !== null) await forgetPrivate()
  await (await caches.open(PRIVATE)).put(OWNER, new Response(owner))
}

export async function fromStatic(request: Request): Promise<Response> {
  const cache = await caches.open(STATIC)
  const known = await cache.match(request.url)
  if (known) return known
  const response = await fetch(request)
  if (response.status === 200) await cache.put(request.url, response.clone())
  return response
}

/** Figures are named by their content too, but only members of the course may have them. */
export async function fromFigures(request: Request): Promise<Response> {
  const cache = await caches.open(PRIVATE)
  const known = await cache.match(request.url)
  if (known) return known
  const started = era
  const response = await fetch(request)
  if (response.status === 200) await keepPrivate(request.url, response.clone(), started)
  return response
}

/** Where a figure is changes until it is ready: asked of the network, and of the copies only when that is silent. */
export async function figureState(request: Request): Promise<Response> {
  const started = era
  try {
    const response = await fetch(request)
    if (response.status === 200) {
      const copy = response.clone()
      const { figures } = (await response.clone().json()) as { figures: readonly { status: string }[] }
      if (figures.every(({ status }) => status === 'ready')) await keepPrivate(request.url, copy, started)
    }
    return response
  } catch (error) {
    const known = await (await caches.open(PRIVATE)).match(request.url)
    if (known) return known
    throw error
  }
}

async function keepPrivate(key: string, response: Response, started: number): Promise<void> {
  if (started !== era || (await ownerOfCopies()) === null) return
  await (await caches.open(PRIVATE)).put(key, response)
}

/** When a kept document was drawn, in a header that its page can read. */
const KEPT = 'kept'

/**
 * Keeps a page of the attempt, with its scripts and styles, if it is its owner's.
 * @param response a fresh document; its body is consumed
 * @param key of `documentKey`
 */
export async function keepDocument(key: string, response: Response): Promise<boolean> {
  const started = era
  if (response.status !== 200 || response.redirected) return false
  const html = await response.text()
  const owner = await ownerOfCopies()
  if (owner === null || !html.includes(owner)) return false
  const files = staticFilesOf(html)
  const kept = await Promise.all(
    files.map((file) =>
      fromStatic(new Request(file)).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  )
  if (!kept.every(Boolean)) return false
  const headers = new Headers(response.headers)
  // The body is stored as text: what was said about its encoding no longer holds.
  for (const name of ['content-encoding', 'content-length']) headers.delete(name)
  headers.set('Server-Timing', `${KEPT};desc="${new Date().toISOString()}"`)
  await keepPrivate(key, new Response(html, { headers }), started)
  return true
}

export async function keptDocument(key: string): Promise<Response | undefined> {
  return (await caches.open(PRIVATE)).match(key)
}

/** Whether the document kept under the key shows this attempt. */
export async function isKept(key: string, attemptId: string): Promise<boolean> {
  return (await (await keptDocument(key))?.text())?.includes(attemptId) ?? false
}

/** @returns pathnames of the assignments with a kept attempt. */
export async function keptAssignments(): Promise<readonly string[]> {
  const keys = await (await caches.open(PRIVATE)).keys()
  const paths = keys.map(({ url }) => new URL(url).pathname)
  return paths
    .filter((path) => path.endsWith('/questions'))
    .map((path) => path.slice(0, -'/questions'.length))
}

/** Files of earlier builds go when nothing has named them for so long. Milliseconds. */
const OLD = 14 * 24 * 60 * 60 * 1000

/** Drops old files that no kept document names: what pages load on demand stays while it may be asked for. */
export async function prune(): Promise<void> {
  const [files, copies] = [await caches.open(STATIC), await caches.open(PRIVATE)]
  const named = new Set<string>()
  for (const request of await copies.keys()) {
    if (!/\/(questions|review)$/.test(new URL(request.url).pathname)) continue
    const html = await (await copies.match(request))!.text()
    for (const file of staticFilesOf(html)) named.add(file)
  }
  for (const request of await files.keys()) {
    if (named.has(new URL(request.url).pathname)) continue
    const sent = Date.parse((await files.match(request))?.headers.get('date') ?? '')
    if (!(Date.now() - sent < OLD)) await files.delete(request)
  }
}
