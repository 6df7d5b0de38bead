import type { Task, TaskList } from 'graphile-worker'
import { originOf } from '@/lib/jobs/origin'
import { metrics } from '@/lib/metrics/metrics'
import { inRequest, requestIdOf } from '@/lib/request-context'
import { inSpan } from '@/lib/tracing/span'

/** The same tasks, each run in the name of the request that asked for it: in the log, in its trace, and in the metrics. */
export function observed(tasks: TaskList): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).flatMap(([name, task]) => (task ? [[name, observedTask(name, task)]] : [])),
  )
}

function observedTask(name: string, task: Task): Task {
  return async (payload, helpers) => {
    const { requestId, trace } = originOf(payload)
    const { id, attempts } = helpers.job
    const span = {
      name: `job ${name}`,
      kind: 'consumer' as const,
      attributes: {
        'messaging.system': 'graphile-worker',
        'messaging.message.id': id,
        'vitrine.job.attempt': attempts,
      },
      ...(trace && { carrier: trace }),
    }
    const end = metrics().jobSeconds.startTimer({ task: name })
    try {
      const result = await inRequest({ requestId: requestIdOf(requestId), actingAs: 'server' }, () =>
        inSpan(span, async () => task(payload, helpers)),
      )
      end({ outcome: 'done' })
      return result
    } catch (error) {
      end({ outcome: 'failed' })
      throw error
    }
  }
}
