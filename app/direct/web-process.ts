import type { IncomingMessage, ServerResponse } from 'node:http'
import { readSettings } from '@/lib/environment'
import { dropForged, proxiesOf } from '@/lib/forwarded-headers'
import { log, logConsole } from '@/lib/log'
import { measureProcess, metrics } from '@/lib/metrics/metrics'
import { readSiteMetrics } from '@/lib/operations/site-metrics'
import { inRequest, requestIdHeader, requestIdOf } from '@/lib/request-context'
import { answerDirectly } from './answer-directly'
import { type RoutesManifest, routeNames } from './route-names'

/** What bin/web.mjs does in each web process beside Next: it is built from here (bin/build-direct.mjs). */

type Answer = (message: IncomingMessage, response: ServerResponse) => unknown

/**
 * Answers every request as one request: named by its id, measured by its route, and before Next's router where that is
 * worth it.
 */
export function answering(answerByNext: Answer, manifest: RoutesManifest): Answer {
  logConsole()
  const nameOf = routeNames(manifest)
  const { requestSeconds, requestsUnderWay } = metrics()
  const proxies = proxiesOf(readSettings().VITRINE_PROXIES)
  let warned = false
  return (message, response) => {
    const begun = performance.now()
    const from = message.socket.remoteAddress
    if (dropForged(message.headers, from, proxies) && !warned) {
      warned = true
      log.warn(
        { from },
        'X-Forwarded headers of an address that is not among VITRINE_PROXIES are not believed',
      )
    }
    requestsUnderWay.inc()
    const direct = answerDirectly(message, response)
    response.once('close', () => {
      requestsUnderWay.dec()
      const { method = '', url = '' } = message
      const status = response.writableFinished ? String(response.statusCode) : 'aborted'
      const route = direct ?? nameOf(url)
      requestSeconds.observe({ method, route, status }, (performance.now() - begun) / 1000)
    })
    if (direct !== null) return
    const requestId = requestIdOf(String(message.headers[requestIdHeader] ?? ''))
    message.headers[requestIdHeader] = requestId // pages and routes take it from there, and answer with it
    inRequest({ requestId }, () => answerByNext(message, response))
  }
}

/** Tells the first process, which serves the metrics of all, what this one has counted, whenever it asks. */
export function reportMetrics(): void {
  measureProcess()
  process.on('message', async (message: { readonly askedForMetrics?: 'own' | 'site' }) => {
    if (!message.askedForMetrics) return
    const own = await metrics().registry.getMetricsAsJSON()
    const site = message.askedForMetrics === 'site' ? await (await readSiteMetrics()).getMetricsAsJSON() : []
    process.send?.({ metrics: [...own, ...site] })
  })
}
