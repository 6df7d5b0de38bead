import type { Choice } from '@/lib/attempts/answer-saving'
import type { Answers, Discrepancy } from '@/lib/attempts/lost-answers'
import { note, removeNote } from './noted-choices'
import { acknowledge, type KeptChoice, keepChoice, readAcknowledged, readOutbox, retract } from './storage'

/** What this device keeps of one attempt's answers, in local storage and IndexedDB together. */

/** @returns whether the device keeps the choice. */
export async function keepOnThisDevice(choice: KeptChoice): Promise<boolean> {
  const noted = note(choice)
  return moveToOutbox(choice).then(
    () => true,
    () => noted,
  )
}

async function moveToOutbox(choice: KeptChoice): Promise<void> {
  await keepChoice(choice)
  removeNote(choice)
}

/**
 * Puts noted choices into the outbox, and takes out of it what turns out to be stored.
 * @param drawn answers that came with the page
 * @throws when the browser does not open its database
 */
export async function readKept(
  attemptId: string,
  notes: readonly KeptChoice[],
  drawn: Answers,
): Promise<{ readonly acknowledged: Answers; readonly kept: { readonly [partId: string]: Choice } }> {
  for (const choice of notes) await moveToOutbox(choice)
  const acknowledged = await readAcknowledged(attemptId)
  const kept = await readOutbox(attemptId)
  for (const { partId, revision } of Object.values(kept)) {
    const answer = [drawn[partId], acknowledged[partId]].find((known) => (known?.revision ?? 0) >= revision)
    if (answer) await acknowledge(attemptId, partId, answer)
  }
  return { acknowledged, kept }
}

/** @returns what the server has acknowledged to this device; nothing where the browser keeps nothing. */
export function acknowledgedHere(attemptId: string): Promise<Answers> {
  return readAcknowledged(attemptId).catch(() => ({}))
}

/** No longer counts as acknowledged what the server does not hold; what it lost waits in the outbox again. */
export async function retractLacking(
  { attemptId, clientId }: { readonly attemptId: string; readonly clientId: string },
  { lost, replaced }: Discrepancy,
  held: Answers,
): Promise<void> {
  for (const [partId, { optionIds, revision, savedAt }] of Object.entries({ ...lost, ...replaced })) {
    const again = { attemptId, partId, optionIds, revision, clientId, chosenAt: savedAt }
    // A browser that stopped keeping things is no reason not to send.
    await retract(again, held[partId] ?? null, partId in lost ? again : null).catch(() => {})
  }
}

/** Asks the browser to let the service worker send what waits, also when this page is closed by then. */
export async function sendInBackground(): Promise<void> {
  type Syncing = ServiceWorkerRegistration & { readonly sync?: { register(tag: string): Promise<void> } }
  const registration: Syncing | undefined = await navigator.serviceWorker?.getRegistration()
  await registration?.sync?.register('outbox').catch(() => {})
}
