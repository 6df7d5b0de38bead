import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { environment } from '@/lib/environment'
import { chooseProvider, inspectProviders } from '@/lib/explainers/runtime/provider'
import { prunePreviews } from '@/lib/figure-previews/mutations'
import { installedSources } from '@/lib/figures/installed-sources'
import { ensureFigures, requeueInterrupted } from '@/lib/figures/mutations'
import type { FigureSources } from '@/lib/figures/sources'
import { stepBackUnawaited } from '@/lib/jobs/awaited-figures'
import { checkKeys } from '@/lib/jobs/check-keys'
import { ClassifierShelf } from '@/lib/jobs/classifier-shelf'
import { computationLocks } from '@/lib/jobs/computation-locks'
import { releaseDeadWorkers } from '@/lib/jobs/dead-workers'
import { drawFigure } from '@/lib/jobs/draw-figure'
import { drawPreview } from '@/lib/jobs/draw-preview'
import { LanguageShelf } from '@/lib/jobs/language-shelf'
import { openLockConnection } from '@/lib/jobs/lock-connection'
import { makeVariant } from '@/lib/jobs/make-variant'
import { fallingBack } from '@/lib/jobs/provider-fallback'
import {
  checkKeysTask,
  drawFigureTask,
  drawPreviewTask,
  isLastAttempt,
  makeVariantTask,
  prunePreviewsTask,
  readModelTask,
  requestFiguresTask,
  testMapsTask,
  tryKeysTask,
} from '@/lib/jobs/queue'
import { readUploadedModel } from '@/lib/jobs/read-model'
import { runTasks } from '@/lib/jobs/task-runner'
import { testMaps } from '@/lib/jobs/test-maps'
import { tryKeys } from '@/lib/jobs/try-keys'
import { ensureTrials, pruneTrials } from '@/lib/key-trials/mutations'
import { log } from '@/lib/log'
import { removeUnusedCopies } from '@/lib/models/model-folder'
import { ensureModelReadings } from '@/lib/models/mutations'
import { removeUnused } from '@/lib/objects/service'

const drawFigurePayload = z.object({ requestId: z.string() })
const readModelPayload = z.object({ name: z.string() })
const checkKeysPayload = z.object({ runId: z.string() })
const tryKeysPayload = z.object({ trialId: z.string() })
const makeVariantPayload = z.object({ variantId: z.string() })

/** Early in the morning; within a day, when nobody was at work then. */
const crontab = `30 4 * * * ${prunePreviewsTask} ?fill=1d&jobKey=${prunePreviewsTask}`

/**
 * Works until the signal aborts: one thing at a time, the most urgent first, courses taking turns (`fair-shares.ts`). Any
 * number of such workers may run; each takes what is next, and what one that died had begun.
 * @throws Error when the connection that shows that it lives is lost; the process should end and start again.
 */
export async function work(signal: AbortSignal, sources: FigureSources = installedSources()): Promise<void> {
  const connection = await openLockConnection(environment().DATABASE_URL, 'vitrine worker')
  const stop = new AbortController()
  signal.addEventListener('abort', () => stop.abort())
  if (signal.aborted) stop.abort()
  const shelf = new ClassifierShelf(sources)
  // Only one at a time: the pictures' model stays open beside it.
  const languageShelf = new LanguageShelf(async () => undefined, 1)
  try {
    await releaseDeadWorkers('figures')
    await requeueInterrupted()
    await ensureFigures({}, sources)
    await ensureModelReadings()
    await ensureTrials()
    await removeUnused()
    await removeUnusedCopies()
    const device = { ...(await chooseProvider()), providers: await inspectProviders() }
    const room = { sources, shelf, languageShelf, locks: computationLocks(connection), signal: stop.signal }
    const tasks: TaskList = {
      [drawFigureTask]: (payload, { job }) =>
        drawFigure(drawFigurePayload.parse(payload).requestId, room, job),
      [testMapsTask]: (payload, { job }) => testMaps(drawFigurePayload.parse(payload).requestId, room, job),
      [drawPreviewTask]: (payload, { job }) =>
        drawPreview(drawFigurePayload.parse(payload).requestId, room, job),
      [prunePreviewsTask]: async () => {
        log.info({ figures: await prunePreviews() }, 'old previews pruned')
        await pruneTrials()
      },
      [readModelTask]: (payload, { job }) =>
        readUploadedModel(readModelPayload.parse(payload).name, room, isLastAttempt(job)),
      [requestFiguresTask]: () => ensureFigures({}, sources),
      [tryKeysTask]: (payload, { job }) =>
        tryKeys(tryKeysPayload.parse(payload).trialId, sources, stop.signal, job),
      [makeVariantTask]: (payload, { job }) =>
        makeVariant(makeVariantPayload.parse(payload).variantId, sources, stop.signal, job),
      [checkKeysTask]: (payload, { job }) =>
        checkKeys(checkKeysPayload.parse(payload).runId, sources, stop.signal, job),
    }
    const falling = fallingBack(tasks, async () => {
      await shelf.close()
      await languageShelf.close()
    })
    // The runner waits for the job under way, which stops at its next batch when this signal aborts.
    connection.lost.then(() => stop.abort())
    if (!stop.signal.aborted)
      await runTasks(
        {
          kind: 'figures',
          tasks: falling,
          concurrency: 1,
          connection,
          device,
          chore: stepBackUnawaited,
          crontab,
        },
        stop.signal,
      )
    if (!signal.aborted) throw await connection.lost
  } finally {
    await shelf.close()
    await languageShelf.close()
    await connection.close()
  }
}
