import type { ExplorationKind } from '@/lib/explorations/schema'
import { joinLine, type Line, shareJob } from '@/lib/jobs/line'
import { queue } from '@/lib/jobs/queue'

/** Explorations in the queue. They are tasks of their own: only the exploration worker takes them. */

export const exploreTask = 'explore'
export const buildIndexTask = 'build-corpus-index'

/** A classifier's first look at an uploaded picture. */
export const lookTask = 'look-at-picture'

/** Fetches a model from the Hub: waiting for a network, which takes no core from anybody. */
export const pullModelTask = 'pull-model'

/** A worker that stops or dies in the middle leaves the rest to the next, but not for ever: it may be what it dies of. */
const attempts = 3

/** What waits for the workers of explorations. */
export const explorationLine: Line = {
  name: 'explorations',
  tasks: [exploreTask, buildIndexTask, lookTask, pullModelTask],
}

export const explorationJobKey = (id: string) => `exploration:${id}`

/** @returns the exploration that a job with this key computes; undefined for a job that another has replaced. */
export function explorationOfJob(key: string | null): string | undefined {
  return key?.match(/^exploration:(.+)$/)?.[1]
}

/** Who asks for an exploration: courses take turns, and their members. */
export interface Asker {
  readonly courseId: string
  readonly userId: string
}

/** Asks for an exploration to be computed. Asking again changes nothing. */
export async function enqueueExploration(
  id: string,
  kind: ExplorationKind,
  { courseId, userId }: Asker,
): Promise<void> {
  await queue()
  const isIndex = kind === 'corpus-index'
  await joinLine(explorationLine, [
    {
      task: isIndex ? buildIndexTask : exploreTask,
      payload: { explorationId: id },
      key: explorationJobKey(id),
      courseId,
      personId: userId,
      band: isIndex ? 'upkeep' : 'awaited',
      attempts,
      // Indexes are built one after another, so that a place stays free for what somebody waits for.
      ...(isIndex && { queue: 'corpus-indexes' }),
    },
  ])
}

/** Somebody else waits for an exploration too: it is done when one of theirs would be, where that is sooner. */
export async function shareExploration(id: string, { courseId, userId }: Asker): Promise<void> {
  await queue()
  await shareJob(explorationLine, explorationJobKey(id), { course: courseId, person: userId })
}

/** @returns the picture at which a job with this key looks. */
export function pictureOfJob(key: string | null): string | undefined {
  return key?.match(/^look:(.+)$/)?.[1]
}

/** Asks for a classifier's looks at uploaded pictures of a course, in this order. Asking again changes nothing. */
export async function enqueueLooks(pictureIds: readonly string[], courseId: string): Promise<void> {
  await queue()
  await joinLine(
    explorationLine,
    pictureIds.map((pictureId) => ({
      task: lookTask,
      payload: { pictureId },
      key: `look:${pictureId}`,
      courseId,
      band: 'prepared',
      attempts,
    })),
  )
}

/** @returns the model that a job with this key fetches. */
export function pulledModelOfJob(key: string | null): string | undefined {
  return key?.match(/^pull:(.+)$/)?.[1]
}

/**
 * Asks for a model to be fetched from the Hub, one after another: they share a line to it, and of two that hold the same,
 * the second finds it here.
 */
export async function enqueueModelPull(name: string, courseId: string): Promise<void> {
  await queue()
  await joinLine(explorationLine, [
    {
      task: pullModelTask,
      payload: { name },
      key: `pull:${name}`,
      courseId,
      band: 'prepared',
      attempts,
      queue: 'model-pulls',
    },
  ])
}
