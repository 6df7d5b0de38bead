import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Choice } from '@/lib/attempts/answer-saving'
import type { KnownAttempt } from '@/lib/attempts/lost-attempt'
import type { SavedAnswer } from '@/lib/attempts/view'
import { isKeptChoice } from './noted-choices'

/**
 * What this browser keeps of attempts, shared by all tabs and the service worker.
 *
 * `outbox`: choices that no server has acknowledged. They leave it by an acknowledgement only, and survive reloads,
 * crashes and sign-outs: an attempt belongs to one student, and the server takes its answers from nobody else.
 * `attempts`: which attempts were open on this device, by which answers of one that a server has lost are offered to the
 * next. They stay as the outbox does.
 * `acknowledged`: the newest answers that a server is known to hold, so that a page drawn without a network does not
 * show older ones. Forgotten with everything else that can be fetched again when somebody signs out.
 */

export interface KeptChoice extends Choice {
  readonly attemptId: string
  readonly partId: string
  /** ISO 8601, by this device's clock. */
  readonly chosenAt: string
}

interface AcknowledgedAnswer extends SavedAnswer {
  readonly attemptId: string
  readonly partId: string
}

interface Schema extends DBSchema {
  outbox: { key: [string, string]; value: KeptChoice }
  acknowledged: { key: [string, string]; value: AcknowledgedAnswer }
  attempts: { key: string; value: KnownAttempt }
}

/** Some browsers never answer when they cannot open their files. */
const PATIENCE = 4_000

let opened: Promise<IDBPDatabase<Schema>> | undefined

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined
    throw error
  })
  return opened
}

async function open(): Promise<IDBPDatabase<Schema>> {
  if (typeof indexedDB === 'undefined') throw new Error('this browser has no IndexedDB')
  const opening = openDB<Schema>('vitrine', 2, {
    upgrade(database, before) {
      if (before < 1) {
        database.createObjectStore('outbox', { keyPath: ['attemptId', 'partId'] })
        database.createObjectStore('acknowledged', { keyPath: ['attemptId', 'partId'] })
      }
      database.createObjectStore('attempts', { keyPath: 'attemptId' })
    },
    // A tab of a later release wants to change the stores: this one makes way and opens them anew when it needs them.
    blocking: (_current, _blocked, event) => forget(event.target as IDBDatabase),
    terminated: () => {
      opened = undefined
    },
  })
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('IndexedDB does not answer')), PATIENCE)
  })
  return Promise.race([opening, late])
}

function forget(connection: IDBDatabase) {
  opened = undefined
  connection.close()
}

const keysOf = (attemptId: string) => IDBKeyRange.bound([attemptId], [attemptId, []])

/**
 * Keeps a choice until it is acknowledged. A newer one of another tab stays; one that was acknowledged meanwhile has no
 * need to be kept.
 * @throws when the browser refuses to keep anything.
 */
export async function keepChoice(choice: KeptChoice): Promise<void> {
  // `strict`: on the disk when this resolves, as far as the browser can tell, and not only in its memory.
  const transaction = (await database()).transaction(['outbox', 'acknowledged'], 'readwrite', {
    durability: 'strict',
  })
  const outbox = transaction.objectStore('outbox')
  const key: [string, string] = [choice.attemptId, choice.partId]
  const [kept, acknowledged] = await Promise.all([
    outbox.get(key),
    transaction.objectStore('acknowledged').get(key),
  ])
  const isNewest = !kept || kept.revision <= choice.revision
  if (isNewest && (acknowledged?.revision ?? 0) < choice.revision) await outbox.put(choice)
  await transaction.done
}

/** @returns the attempt's unacknowledged choices by part id; entries of an unknown form are left alone. */
export async function readOutbox(attemptId: string): Promise<{ readonly [partId: string]: KeptChoice }> {
  const kept = await (await database()).getAll('outbox', keysOf(attemptId))
  return Object.fromEntries(kept.filter(isKeptChoice).map((choice) => [choice.partId, choice]))
}

/** @returns everything that waits on this device, whosever it is. */
export async function readWholeOutbox(): Promise<readonly KeptChoice[]> {
  return (await (await database()).getAll('outbox')).filter(isKeptChoice)
}

/** A server holds this answer: older and equal choices leave the outbox, in the same transaction. */
export async function acknowledge(attemptId: string, partId: string, answer: SavedAnswer): Promise<void> {
  const transaction = (await database()).transaction(['outbox', 'acknowledged'], 'readwrite')
  const outbox = transaction.objectStore('outbox')
  const acknowledged = transaction.objectStore('acknowledged')
  const key: [string, string] = [attemptId, partId]
  const [kept, known] = await Promise.all([outbox.get(key), acknowledged.get(key)])
  const { optionIds, revision, savedAt } = answer
  if (!known || known.revision < revision)
    await acknowledged.put({ attemptId, partId, optionIds, revision, savedAt })
  if (kept && kept.revision <= revision) await outbox.delete(key)
  await transaction.done
}

/**
 * A server that had acknowledged `known` holds `held` instead.
 * @param held null: nothing
 * @param again what is to be sent once more; null: the server's answer is the student's later word
 */
export async function retract(
  { attemptId, partId, revision }: Pick<KeptChoice, 'attemptId' | 'partId' | 'revision'>,
  held: SavedAnswer | null,
  again: KeptChoice | null,
): Promise<void> {
  const transaction = (await database()).transaction(['outbox', 'acknowledged'], 'readwrite', {
    durability: 'strict',
  })
  const outbox = transaction.objectStore('outbox')
  const acknowledged = transaction.objectStore('acknowledged')
  const key: [string, string] = [attemptId, partId]
  const [kept, known] = await Promise.all([outbox.get(key), acknowledged.get(key)])
  // Another tab may have saved a newer one meanwhile.
  if (known && known.revision <= revision) {
    if (held) await acknowledged.put({ attemptId, partId, ...held })
    else await acknowledged.delete(key)
    if (again && (!kept || kept.revision < again.revision)) await outbox.put(again)
  }
  await transaction.done
}

/** @returns the newest acknowledged answers that this device saw since somebody signed in, by part id. */
export async function readAcknowledged(
  attemptId: string,
): Promise<{ readonly [partId: string]: SavedAnswer }> {
  const answers = await (await database()).getAll('acknowledged', keysOf(attemptId))
  return Object.fromEntries(answers.map(({ attemptId: _, partId, ...answer }) => [partId, answer]))
}

/** Forgets what can be fetched again. The outbox stays. */
export async function forgetAcknowledged(): Promise<void> {
  await (await database()).clear('acknowledged')
}

/** Remembers that this attempt is open on this device. */
export async function keepAttempt(known: KnownAttempt): Promise<void> {
  await (await database()).put('attempts', known)
}

/** @returns all attempts that were open on this device, whosever they are. */
export async function readAttempts(): Promise<readonly KnownAttempt[]> {
  return (await database()).getAll('attempts')
}

/** The attempt's answers have been taken over, or are not wanted: nothing is offered again. What waits in the outbox stays. */
export async function forgetAttempt(attemptId: string): Promise<void> {
  await (await database()).delete('attempts', attemptId)
}
