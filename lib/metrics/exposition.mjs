import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

/**
 * Metrics are served on an address of their own, never on that of the pages. Plain JavaScript: the first web process,
 * which has no compiler, serves those of the others with it.
 */

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** @returns why metrics may not be served so; null: they may. */
export function expositionProblem(host = '127.0.0.1', token = '') {
  if (loopback.has(host) || token) return null
  return `VITRINE_METRICS_TOKEN is missing: metrics at ${host} can be read from other machines, which have to send it`
}

/** @returns whether the header carries the token; comparing takes as long for any other. */
export function isAuthorized(header = '', token = '') {
  if (!token) return true
  const hash = (text) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(header), hash(`Bearer ${token}`))
}

/**
 * Serves `GET /metrics`. A port that is taken costs the metrics, not the service: it is told to `failed`.
 *
 * @throws Error when the address is open to other machines and there is no token
 */
export function serveMetrics({ port, host = '127.0.0.1', token = '', contentType, read, failed }) {
  const problem = expositionProblem(host, token)
  if (problem) throw new Error(problem)
  const server = createServer((request, response) => {
    const refuse = (status, text, headers = {}) => response.writeHead(status, headers).end(`${text}\n`)
    if (request.url !== '/metrics') return refuse(404, 'There is only /metrics.')
    if (request.method !== 'GET') return refuse(405, 'GET only.', { Allow: 'GET' })
    if (!isAuthorized(request.headers.authorization, token))
      return refuse(401, 'Send Authorization: Bearer with VITRINE_METRICS_TOKEN.', {
        'WWW-Authenticate': 'Bearer',
      })
    read().then(
      (text) => response.writeHead(200, { 'Content-Type': contentType }).end(text),
      (error) => {
        failed(error)
        refuse(500, 'The metrics could not be read.')
      },
    )
  })
  server.on('error', failed)
  server.listen(port, host)
  server.unref()
  return server
}
