import type { Task, TaskList } from 'graphile-worker'
import { giveUpProvider, ProviderFailure } from '@/lib/explainers/runtime/provider'
import { log } from '@/lib/log'
import { metrics } from '@/lib/metrics/metrics'

/**
 * The same tasks, in a process that goes on without a device that failed in the middle of one: the queue gives the job
 * out again within seconds, and what it then computes names the device that failed.
 * @param closeModels closes the models that are open on the device
 */
export function fallingBack(tasks: TaskList, closeModels: () => Promise<void>): TaskList {
  const guard =
    (task: Task | undefined): Task =>
    async (payload, helpers) => {
      try {
        return await task?.(payload, helpers)
      } catch (error) {
        if (error instanceof ProviderFailure) {
          log.warn({ provider: error.provider, error }, 'the device failed; going on with the next')
          giveUpProvider(error)
          metrics().fallbacks.inc({ provider: error.provider })
          await closeModels().catch((cause: unknown) =>
            log.debug({ error: cause }, 'a model could not be closed'),
          )
        }
        throw error
      }
    }
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, guard(task)]))
}
