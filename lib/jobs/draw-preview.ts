import { isRequestWanted } from '@/lib/figure-previews/data'
import { type DrawingRoom, drawFigure } from '@/lib/jobs/draw-figure'
import { interruptWhen, isWaiting } from '@/lib/jobs/give-way'
import { drawFigureTask, enqueuePreview } from '@/lib/jobs/queue'
import { log } from '@/lib/log'

/** How often it is looked whether the preview was cancelled, in milliseconds: somebody has pressed a button. */
const lookEvery = 500

/**
 * Draws a figure that an instructor tries out. It stops at its next batch when everybody who asked for it has cancelled,
 * and when a question's figure waits; then it queues itself again. Evidence computed so far is kept.
 * @throws as `drawFigure`.
 */
export async function drawPreview(requestId: string, room: DrawingRoom): Promise<void> {
  const stop = interruptWhen(
    async () => (await isWaiting([drawFigureTask])) || !(await isRequestWanted(requestId)),
    room.signal,
    lookEvery,
  )
  try {
    await drawFigure(requestId, { ...room, signal: stop.signal })
  } catch (error) {
    // Cancelled at the very end, it was perhaps not told in time: then there is nothing left to store the figure for.
    if (!(await isRequestWanted(requestId))) return log.info({ requestId }, 'preview cancelled')
    // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
    if (room.signal.aborted || !stop.signal.aborted) throw error
    await enqueuePreview(requestId)
  } finally {
    stop.end()
  }
}
