import { type DrawingRoom, drawFigure } from '@/lib/jobs/draw-figure'
import { giveWayTo } from '@/lib/jobs/give-way'
import { drawFigureTask, enqueueTests, testPriority } from '@/lib/jobs/queue'

/**
 * Draws a figure that tests maps. It gives way to the figures of questions: when one waits, it stops at the next batch
 * and queues itself again; the maps tested so far are kept.
 * @throws as `drawFigure`.
 */
export async function testMaps(requestId: string, room: DrawingRoom): Promise<void> {
  const stop = giveWayTo([drawFigureTask], room.signal)
  try {
    await drawFigure(requestId, { ...room, signal: stop.signal })
  } catch (error) {
    // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
    if (room.signal.aborted || !stop.signal.aborted) throw error
    await enqueueTests([{ id: requestId, priority: testPriority }])
  } finally {
    stop.end()
  }
}
