import { AsyncResource } from 'node:async_hooks'
import type pg from 'pg'
import { metrics } from '@/lib/metrics/metrics'

type Arrived = Parameters<Parameters<pg.Pool['connect']>[0] & object>

/**
 * Measures how full the pool is and how long its connections are waited for. Whoever waits keeps the context of its own
 * request: without that, it would go on in the context of the one that gave the connection back.
 */
export function watchPool(pool: pg.Pool): void {
  const { poolStates, poolWaitSeconds } = metrics()
  const state = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount })
  poolStates.add(state)
  const connect = pool.connect.bind(pool)
  const watched = (callback?: (...arrived: Arrived) => void) => {
    const begun = performance.now()
    const measure = () => poolWaitSeconds.observe((performance.now() - begun) / 1000)
    if (!callback) return connect().finally(measure)
    // Binding costs more than everything else here: only for who has to wait.
    const go = pool.idleCount > pool.waitingCount ? callback : AsyncResource.bind(callback)
    return connect((...arrived) => {
      measure()
      go(...arrived)
    })
  }
  const end = pool.end.bind(pool)
  Object.assign(pool, {
    connect: watched,
    end: (...given: []) => {
      poolStates.delete(state)
      return end(...given)
    },
  })
}
