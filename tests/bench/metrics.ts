import { EventEmitter } from 'node:events'
import { metrics } from '@/lib/metrics/metrics'

/**
 * What metrics add to a save, beside the 0.8 ms of processor time that it takes: everything that is counted on its way,
 * with the labels of a busy server, without what is counted.
 *
 *   npx tsx tests/bench/metrics.ts
 */

const SAVES = 200_000
const SAVE_MS = 0.83
const route = '/api/attempts/{attemptId}/answers/{partId}'

/** A busy server has long rows: every route with several statuses. */
function fillLabels(): void {
  const { requestSeconds, problems } = metrics()
  for (let index = 0; index < 100; index += 1)
    for (const status of ['200', '304', '401', '404', '409'])
      for (const method of ['GET', 'PUT']) {
        requestSeconds.observe({ method, route: `/route/${index}`, status }, index / 100)
        problems.inc({ method, route: `/route/${index}`, code: status })
      }
}

/** What a save passes: `answering` (app/direct), `watchPool` around its one statement, `saveAnswer`. */
function countSave(): void {
  const { requestSeconds, requestsUnderWay, saves, poolWaitSeconds } = metrics()
  const response = new EventEmitter()
  const begun = performance.now()
  requestsUnderWay.inc()
  response.once('close', () => {
    requestsUnderWay.dec()
    requestSeconds.observe({ method: 'PUT', route, status: String(200) }, (performance.now() - begun) / 1000)
  })
  const asked = performance.now()
  poolWaitSeconds.observe((performance.now() - asked) / 1000)
  saves.inc({ outcome: 'stored' })
  response.emit('close')
}

fillLabels()
for (let index = 0; index < SAVES / 4; index += 1) countSave()
const before = process.cpuUsage()
for (let index = 0; index < SAVES; index += 1) countSave()
const { user, system } = process.cpuUsage(before)
const each = (user + system) / SAVES
console.log(`${each.toFixed(2)} µs a save, ${((each / 1000 / SAVE_MS) * 100).toFixed(2)} % of ${SAVE_MS} ms`)
const begun = performance.now()
const text = await metrics().registry.metrics()
console.log(`a scrape: ${(performance.now() - begun).toFixed(1)} ms, ${Math.round(text.length / 1024)} KiB`)
