import { Registry } from 'prom-client'
import { readSettings } from '@/lib/environment'
import { log } from '@/lib/log'
import { serveMetrics } from '@/lib/metrics/exposition.mjs'
import { measureProcess, metrics } from '@/lib/metrics/metrics'
import { readSiteMetrics } from '@/lib/operations/site-metrics'

/** Serves the metrics of this process, and those of the whole site, where a port is set. For workers; bin/web.mjs has its own. */
export function exposeMetrics(): void {
  const settings = readSettings()
  const port = settings.VITRINE_METRICS_PORT
  if (port === undefined) return
  measureProcess()
  const { registry } = metrics()
  serveMetrics({
    port,
    host: settings.VITRINE_METRICS_HOST,
    ...(settings.VITRINE_METRICS_TOKEN && { token: settings.VITRINE_METRICS_TOKEN }),
    contentType: registry.contentType,
    read: async () => Registry.merge([registry, await readSiteMetrics()]).metrics(),
    failed: (error) => log.error({ error, port }, 'metrics cannot be served'),
  })
}
