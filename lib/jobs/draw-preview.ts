import { isRequestWanted } from '@/lib/figure-previews/data'
import { type DrawingRoom, drawFigure } from '@/lib/jobs/draw-figure'
import { interruptWhen, isOvertaken } from '@/lib/jobs/give-way'
import { comeAgain, type Turn } from '@/lib/jobs/queue'
import { log } from '@/lib/log'

/**
 * Draws a figure that an instructor tries out. It stops at its next batch when everybody who asked for it has cancelled,
 * and when somebody waits before a question's figure; then it queues itself again. Evidence computed so far is kept.
 * @throws as `drawFigure`.
 */
export async function drawPreview(requestId: string, room: DrawingRoom, turn: Turn): Promise<void> {
  const stop = interruptWhen(
    async () => (await isOvertaken(turn)) || !(await isRequestWanted(requestId)),
    room.signal,
  )
  try {
    await drawFigure(requestId, { ...room, signal: stop.signal }, turn)
  } catch (error) {
    // Cancelled at the very end, it was perhaps not told in time: then there is nothing left to store the figure for.
    if (!(await isRequestWanted(requestId)))
      return log.info({ figureRequest: requestId }, 'preview cancelled')
    // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
    if (room.signal.aborted || !stop.signal.aborted) throw error
    await comeAgain(turn)
  } finally {
    stop.end()
  }
}
