import { retryDelay } from '@/lib/attempts/retry-pause'
import { deliverOnce } from '../delivery'
import { forgetAcknowledged, readWholeOutbox } from '../storage'
import { documentKey, treatmentOf } from './addresses'
import {
  dropOtherForms,
  figureState,
  forgetPrivate,
  fromFigures,
  fromStatic,
  isKept,
  keepDocument,
  keptAssignments,
  keptDocument,
  prune,
  setOwner,
} from './kept-pages'
import { noNetworkPage } from './no-network-page'
import { scope } from './scope'

/**
 * Lets an opened attempt be reloaded and continued without a network. What the server says always comes first; copies
 * answer only when it is silent. Answers are never read from copies, and go out through the outbox.
 */

/** Milliseconds after which a network that does not answer counts as none, where there is a copy. */
const PATIENCE = 8_000

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))

scope.addEventListener('activate', (event) => {
  // Nothing here belongs to one build, so a new worker can take over from the old one at any moment.
  event.waitUntil(Promise.all([dropOtherForms(), scope.clients.claim()]))
})

scope.addEventListener('fetch', (event) => {
  const treatment = treatmentOf(event.request, scope.location.origin)
  switch (treatment.kind) {
    case 'static':
      return event.respondWith(fromStatic(event.request))
    case 'figure':
      return event.respondWith(fromFigures(event.request))
    case 'figure-state':
      return event.respondWith(figureState(event.request))
    case 'identity':
      return event.respondWith(changePerson(event.request))
    case 'page': {
      const meanwhile = (work: Promise<unknown>) => event.waitUntil(work)
      return event.respondWith(answerPage(event.request, treatment.key, meanwhile))
    }
  }
})

/**
 * @param key under which the document is kept; null: a page that is not
 * @param meanwhile receives work that goes on after the answer
 */
async function answerPage(
  request: Request,
  key: string | null,
  meanwhile: (work: Promise<unknown>) => void,
): Promise<Response> {
  const copy = key === null ? undefined : await keptDocument(key)
  const silence = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE))
  const response = await Promise.race([fetch(request).catch(() => null), ...(copy ? [silence] : [])])
  if (!response) return copy ?? noNetworkPage(await keptAssignments())
  // A proxy before a server that is down or starts again.
  if (copy && [502, 503, 504].includes(response.status)) return copy
  if (key !== null && response.ok) meanwhile(keepDocument(key, response.clone()))
  return response
}

/** Somebody signs in or out: what was the last person's goes, also what pages still open put there meanwhile. */
async function changePerson(request: Request): Promise<Response> {
  await forgetPerson()
  try {
    return await fetch(request)
  } finally {
    await forgetPerson()
  }
}

/** The outbox stays: what waits in it belongs to an attempt, whoever uses the device. */
async function forgetPerson(): Promise<void> {
  await Promise.allSettled([forgetPrivate(), forgetAcknowledged()])
}

scope.addEventListener('message', (event) => {
  const message = event.data as WorkerMessage
  if (message.kind === 'keep') event.waitUntil(keep(message))
  if (message.kind === 'forget') event.waitUntil(forgetPerson())
})

/** What pages tell the worker. */
export type WorkerMessage =
  | { readonly kind: 'forget' }
  | {
      readonly kind: 'keep'
      /** Whose attempt it is. */
      readonly owner: string
      /** Those of an earlier attempt have the same addresses. */
      readonly attemptId: string
      /** Pathnames of the attempt's pages. */
      readonly pages: readonly string[]
      /** What the page has loaded: scripts, fonts, figures. */
      readonly loaded: readonly string[]
    }

async function keep({
  owner,
  attemptId,
  pages,
  loaded,
}: Extract<WorkerMessage, { kind: 'keep' }>): Promise<void> {
  await setOwner(owner)
  for (const address of loaded) {
    const request = new Request(address)
    const { kind } = treatmentOf(request, scope.location.origin)
    const from = { static: fromStatic, figure: fromFigures, 'figure-state': figureState } as const
    if (kind in from) await from[kind as keyof typeof from](request).catch(() => {})
  }
  for (const page of pages) {
    const key = documentKey(page)
    if (key === null || (await isKept(key, attemptId))) continue
    const response = await fetch(page).catch(() => null)
    if (response) await keepDocument(key, response)
  }
  await prune()
}

/** The browser found the network again, with or without an open page. Throwing asks it to come back later. */
scope.addEventListener('sync', (event) => event.waitUntil(sendOutbox()))

/** The server asked to be left alone until then; milliseconds since 1970. */
let notBefore = 0

async function sendOutbox(): Promise<void> {
  if (Date.now() < notBefore) throw new Error('the server asked for a pause')
  for (const choice of await readWholeOutbox()) {
    const { attemptId, partId } = choice
    const delivery = await deliverOnce({ attemptId, partId }, choice)
    if (delivery.kind === 'busy') {
      notBefore = Date.now() + retryDelay(0, delivery.pause, Math.random())
      throw new Error('the server asks for a pause')
    }
    if (delivery.kind === 'network') throw new Error('the network is gone again')
    if (delivery.kind !== 'answered') continue
    const { optionIds, revision, savedAt } = delivery.response
    const channel = new BroadcastChannel(`vitrine:${attemptId}`)
    channel.postMessage({ [partId]: { optionIds, revision, savedAt } })
    channel.close()
  }
}
