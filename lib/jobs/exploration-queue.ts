import type { ExplorationKind } from '@/lib/explorations/schema'
import { queue } from '@/lib/jobs/queue'

/** Explorations in the queue. They are tasks of their own: only the exploration worker takes them. */

export const exploreTask = 'explore'
export const buildIndexTask = 'build-corpus-index'

/** Asks for an exploration to be computed. Asking again changes nothing. */
export async function enqueueExploration(id: string, kind: ExplorationKind): Promise<void> {
  const utils = await queue()
  const isIndex = kind === 'corpus-index'
  await utils.addJob(
    isIndex ? buildIndexTask : exploreTask,
    { explorationId: id },
    {
      jobKey: `exploration:${id}`,
      maxAttempts: 1,
      // Indexes are built one after another, so that a place stays free for what somebody waits for.
      ...(isIndex && { queueName: 'corpus-indexes', priority: 10 }),
    },
  )
}
