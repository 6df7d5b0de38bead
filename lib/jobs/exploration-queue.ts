import type { ExplorationKind } from '@/lib/explorations/schema'
import { withOrigin } from '@/lib/jobs/origin'
import { queue } from '@/lib/jobs/queue'

/** Explorations in the queue. They are tasks of their own: only the exploration worker takes them. */

export const exploreTask = 'explore'
export const buildIndexTask = 'build-corpus-index'

/** A classifier's first look at an uploaded picture. */
export const lookTask = 'look-at-picture'

/** A worker that stops or dies in the middle leaves the rest to the next, but not for ever: it may be what it dies of. */
const attempts = 3

const jobKey = (id: string) => `exploration:${id}`

/** @returns the exploration that a job with this key computes; undefined for a job that another has replaced. */
export function explorationOfJob(key: string | null): string | undefined {
  return key?.match(/^exploration:(.+)$/)?.[1]
}

/** Asks for an exploration to be computed. Asking again changes nothing. */
export async function enqueueExploration(id: string, kind: ExplorationKind): Promise<void> {
  const utils = await queue()
  const isIndex = kind === 'corpus-index'
  await utils.addJob(isIndex ? buildIndexTask : exploreTask, withOrigin({ explorationId: id }), {
    jobKey: jobKey(id),
    maxAttempts: attempts,
    // Indexes are built one after another, so that a place stays free for what somebody waits for.
    ...(isIndex && { queueName: 'corpus-indexes', priority: 10 }),
  })
}

/** @returns the picture at which a job with this key looks. */
export function pictureOfJob(key: string | null): string | undefined {
  return key?.match(/^look:(.+)$/)?.[1]
}

/** Asks for a classifier's look at an uploaded picture. Asking again changes nothing. */
export async function enqueueLook(pictureId: string): Promise<void> {
  const utils = await queue()
  await utils.addJob(lookTask, withOrigin({ pictureId }), {
    jobKey: `look:${pictureId}`,
    maxAttempts: attempts,
  })
}
