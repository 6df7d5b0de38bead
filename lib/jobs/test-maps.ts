import { type DrawingRoom, drawFigure } from '@/lib/jobs/draw-figure'
import { interruptWhen, isOvertaken } from '@/lib/jobs/give-way'
import { comeAgain, type Turn } from '@/lib/jobs/queue'

/**
 * Draws a figure that tests maps. It gives way to what is more urgent: it stops at the next batch and queues itself again;
 * the maps tested so far are kept.
 * @throws as `drawFigure`.
 */
export async function testMaps(requestId: string, room: DrawingRoom, turn: Turn): Promise<void> {
  const stop = interruptWhen(() => isOvertaken(turn), room.signal)
  try {
    await drawFigure(requestId, { ...room, signal: stop.signal }, turn)
  } catch (error) {
    // When the worker stops, the queue gives the job to the next one; here the job itself has to come again.
    if (room.signal.aborted || !stop.signal.aborted) throw error
    await comeAgain(turn)
  } finally {
    stop.end()
  }
}
