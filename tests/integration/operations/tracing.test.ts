import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { POST as postAsk } from '@/app/api/figure-requests/[requestId]/route'
import { closeDatabasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { inSpan, isTracing, setTracing, stopTracing } from '@/lib/tracing/span'
import { call, openClassroom, question } from '../server/classroom'
import { until, WorkerProcess } from '../server/worker-process'
import { openSpanCollector } from './span-collector'

// A process starts and computes here, perhaps beside others.
vi.setConfig({ testTimeout: 180_000 })

let collector: Awaited<ReturnType<typeof openSpanCollector>>
let worker: WorkerProcess | undefined

beforeEach(async () => {
  collector = await openSpanCollector()
})
afterEach(async () => {
  await worker?.end('SIGKILL')
  await stopTracing()
  setTracing(undefined)
  vi.unstubAllEnvs()
  collector.close()
})

it('a figure that a student asks for is one trace, from the request through the queue to the explainer', async () => {
  expect(isTracing()).toBe(false)
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.endpoint)
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '200')
  const { startTracing } = await import('@/lib/tracing/service')
  startTracing('vitrine-web')
  await closeDatabasePool() // connections that are opened from now on are traced

  const figure = figureSpecSchema.parse({ layout: 'maps', pictures: [9], methods: ['saliency'] })
  const room = await openClassroom([question(1, { figure })])
  const student = await room.enrol('STUDENT')
  worker = new WorkerProcess([], { OTEL_BSP_SCHEDULE_DELAY: '200' })
  const tests = async () =>
    (
      await staffDatabase.questionVersion.findFirstOrThrow({
        where: { question: { assignmentId: room.assignmentId } },
      })
    ).trustRequestId
  await until(async () => (await tests()) !== null, worker)
  const params = { requestId: (await tests())! }
  // As Next does for a route: its own span, in which the handler runs.
  const asked = await inSpan({ name: 'POST /api/figure-requests/{requestId}', kind: 'server' }, () =>
    call(postAsk, 'POST', student, { params, headers: { 'x-request-id': 'asked-by-a-student' } }),
  )
  expect(asked.status).toBe(200)

  const drawn = () =>
    worker!.lines('figure drawn').find(({ requestId }) => requestId === 'asked-by-a-student')
  await until(async () => drawn() !== undefined, worker)
  const isThere = (name: string) => collector.spans.some((span) => span.name === name)
  await until(async () => isThere('job test-maps') && isThere('explain trust-saliency'), worker)
  await stopTracing()

  const request = collector.spans.find(({ name }) => name.startsWith('POST '))!
  const trace = collector.spans.filter(({ traceId }) => traceId === request.traceId)
  const job = trace.find(({ name }) => name === 'job test-maps')
  expect(request).toMatchObject({ service: 'vitrine-web', kind: 2 })
  expect(job).toMatchObject({ service: 'vitrine-worker', kind: 5 })
  const above = new Map(trace.map((span) => [span.spanId, span]))
  const isWithin = (span: typeof request, outer: typeof request): boolean =>
    span === outer || (above.has(span.parentSpanId ?? '') && isWithin(above.get(span.parentSpanId!)!, outer))
  expect(isWithin(job!, request)).toBe(true)
  const explained = trace.find(({ name }) => name === 'explain trust-saliency')!
  expect(isWithin(explained, job!)).toBe(true)
  expect(explained.attributes['vitrine.provider']).toBe('cpu')
  for (const [service, outer] of [
    ['vitrine-web', request],
    ['vitrine-worker', job!],
  ] as const) {
    const sql = trace.filter(
      (span) => span.service === service && span.attributes['db.system.name'] === 'postgresql',
    )
    expect(sql.length, service).toBeGreaterThan(0)
    expect(sql.every((span) => isWithin(span, outer))).toBe(true)
  }
  // Statements travel without their values.
  expect(JSON.stringify(collector.spans)).not.toContain(student.userId)
  expect(drawn()).toMatchObject({ traceId: request.traceId })
})
