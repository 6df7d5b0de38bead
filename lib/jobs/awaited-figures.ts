import { statements } from '@/lib/database/statements'
import { type Band, bandOf, isMoreUrgent } from '@/lib/jobs/fair-shares'
import { moveInLine, type WaitingJob } from '@/lib/jobs/line'
import {
  checkKeysTask,
  drawFigureTask,
  drawPreviewTask,
  figureLine,
  queue,
  testMapsTask,
} from '@/lib/jobs/queue'
import { log } from '@/lib/log'

/** Figures before which somebody waits are more urgent, for as long as the page is open. */

/** The band of a task's jobs while somebody looks, and while nobody does. */
const bandsOf: Readonly<Record<string, { readonly awaited: Band; readonly otherwise: Band }>> = {
  [drawFigureTask]: { awaited: 'awaited', otherwise: 'prepared' },
  [testMapsTask]: { awaited: 'tried-out', otherwise: 'left' },
  [drawPreviewTask]: { awaited: 'tried-out', otherwise: 'left' },
  [checkKeysTask]: { awaited: 'upkeep', otherwise: 'upkeep' },
}

/** Milliseconds in which a process notes a figure once, however many pages ask it. */
const noteEvery = 10_000
const mostNoted = 10_000
const noted = new Map<string, number>()

/** Takes note that pages wait for these figures; what cannot be noted is noted the next time. */
export async function noteAwaited(requestIds: readonly string[]): Promise<void> {
  const now = Date.now()
  const fresh = requestIds.filter((id) => now - (noted.get(id) ?? 0) >= noteEvery)
  if (fresh.length === 0) return
  if (noted.size + fresh.length > mostNoted) noted.clear()
  for (const id of fresh) noted.set(id, now)
  try {
    await queue()
    const waiting = await statements.$queryRaw<{ id: string }[]>`
      UPDATE "FigureRequest" SET "awaitedAt" = now()
      WHERE id = ANY(${fresh}::text[]) AND status IN ('QUEUED', 'COMPUTING')
      RETURNING id`
    const keys = new Set(waiting.flatMap(({ id }) => [`figure:${id}`, `preview:${id}`]))
    if (keys.size > 0)
      await moveInLine(figureLine, (job) => {
        const band = bandsOf[job.task]?.awaited
        return band && keys.has(job.key) && isMoreUrgent(band, bandOf(job.priority)) ? band : null
      })
  } catch (error) {
    for (const id of fresh) noted.delete(id)
    log.warn({ error }, 'it could not be noted that somebody waits for figures')
  }
}

/** For a worker, now and then: figures that nobody has waited for in a minute step back behind those that somebody waits for. */
export async function stepBackUnawaited(): Promise<void> {
  await queue()
  await moveInLine(figureLine, bandOfUnawaited)
}

function bandOfUnawaited({ task, priority, isAwaited }: WaitingJob): Band | null {
  const home = bandsOf[task]?.otherwise
  return home && !isAwaited && isMoreUrgent(bandOf(priority), home) ? home : null
}
