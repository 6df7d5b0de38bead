import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { POST as postSubmit } from '@/app/api/attempts/[attemptId]/submit/route'
import { answering } from '@/app/direct/web-process'
import type { Viewer } from '@/lib/auth/gate'
import { enqueueKeyCheck } from '@/lib/jobs/queue'
import { metrics } from '@/lib/metrics/metrics'
import { readSiteMetrics } from '@/lib/operations/site-metrics'
import { currentRequest, requestIdHeader } from '@/lib/request-context'
import { type Classroom, call, cookieOf, openClassroom } from '../server/classroom'

const saveRoute = '/api/attempts/{attemptId}/answers/{partId}'
const printing = { ...console }
let room: Classroom
let student: Viewer
let server: Server
let attemptId: string
let seenByNext: (string | undefined)[] = []

beforeAll(async () => {
  room = await openClassroom()
  student = await room.enrol('STUDENT')
  const started = await call(postStart, 'POST', student, { params: { assignmentId: room.assignmentId } })
  attemptId = ((await started.json()) as { attemptId: string }).attemptId
  const manifest = {
    staticRoutes: [{ page: '/courses' }],
    dynamicRoutes: [{ page: '/courses/[course]', regex: '^/courses/([^/]+?)(?:/)?$' }],
  }
  const answer = answering((message, response) => {
    if (message.url === '/courses/slow') return // whoever asks goes away
    seenByNext = [currentRequest()?.requestId, String(message.headers[requestIdHeader])]
    response.writeHead(message.url === '/courses/gone' ? 404 : 200).end()
  }, manifest)
  server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  Object.assign(console, printing)
  server.closeAllConnections()
  server.close()
})

interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

function send(path: string, { method = 'GET', body, headers = {} }: Sent = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const all = {
      host: 'localhost:3000',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      ...headers,
    }
    const sent = request({ port, host: '127.0.0.1', method, path, headers: all }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const save = async (optionIds: string[], revision: number, part = 'q01') =>
  send(`/api/attempts/${attemptId}/answers/${part}`, {
    method: 'PUT',
    body: { optionIds, clientId: 'tab', revision },
    headers: { cookie: await cookieOf(student) },
  })

/** The value of one row of the text that Prometheus reads. */
async function row(name: string): Promise<number> {
  const line = (await metrics().registry.metrics()).split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

describe('a request is counted', () => {
  it('by method, route and status, whether it is answered by Next or before it', async () => {
    for (const path of ['/courses', '/courses/one', '/courses/two?x=1', '/courses/gone', '/elsewhere'])
      await send(path)
    await save(['a'], 1)
    expect(await send(`/api/attempts/${attemptId}/answers/q01`, { method: 'PUT', body: {} })).toBe(401)
    const count = (labels: string) => row(`http_request_duration_seconds_count{${labels}}`)
    expect(await count('method="GET",route="/courses",status="200"')).toBe(1)
    expect(await count('method="GET",route="/courses/{course}",status="200"')).toBe(2)
    expect(await count('method="GET",route="/courses/{course}",status="404"')).toBe(1)
    expect(await count('method="GET",route="other",status="200"')).toBe(1)
    expect(await count(`method="PUT",route="${saveRoute}",status="200"`)).toBe(1)
    expect(await count(`method="PUT",route="${saveRoute}",status="401"`)).toBe(1)
    expect(
      await row(`vitrine_problems_total{method="PUT",route="${saveRoute}",code="unauthenticated"}`),
    ).toBe(1)
    const text = await metrics().registry.metrics()
    expect(text).not.toContain(attemptId)
    expect(text).not.toContain(student.userId)
  })

  it('whose sender went away, as such', async () => {
    const { port } = server.address() as AddressInfo
    const sent = request({ port, host: '127.0.0.1', path: '/courses/slow' })
    sent.on('error', () => {})
    sent.end()
    await expect.poll(() => row('http_requests_in_progress')).toBe(1)
    sent.destroy()
    await expect
      .poll(() =>
        row('http_request_duration_seconds_count{method="GET",route="/courses/{course}",status="aborted"}'),
      )
      .toBe(1)
    expect(await row('http_requests_in_progress')).toBe(0)
  })

  it('in the name of its id, which everything behind it has', async () => {
    await send('/courses', { headers: { [requestIdHeader]: 'edge-proxy.4711' } })
    expect(seenByNext).toEqual(['edge-proxy.4711', 'edge-proxy.4711'])
    await send('/courses', { headers: { [requestIdHeader]: 'no id' } })
    expect(seenByNext[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(seenByNext[1]).toBe(seenByNext[0])
  })
})

describe('what a request says of the browser behind a proxy', () => {
  it('reaches pages from proxies alone', async () => {
    const seen = async (proxies: string) => {
      process.env.VITRINE_PROXIES = proxies
      let address: unknown
      const behind = createServer(
        answering(
          (message, response) => {
            address = message.headers['x-forwarded-for']
            response.end()
          },
          { staticRoutes: [], dynamicRoutes: [] },
        ),
      )
      await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve))
      const { port } = behind.address() as AddressInfo
      await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
      behind.closeAllConnections()
      behind.close()
      delete process.env.VITRINE_PROXIES
      return address
    }
    expect(await seen('127.0.0.1')).toBe('203.0.113.7')
    expect(await seen('10.0.0.5')).toBeUndefined()
  })
})

describe('what matters is counted', () => {
  it('saves by what became of them, starts and submissions once', async () => {
    const saves = (outcome: string) => row(`vitrine_saves_total{outcome="${outcome}"}`)
    const names = ['stored', 'unchanged', 'superseded', 'refused', 'failed']
    const before = await Promise.all(names.map(saves))
    await save(['a'], 3)
    await save(['a'], 3)
    await save(['b'], 2)
    await save(['nothing'], 4)
    expect((await Promise.all(names.map(saves))).map((now, index) => now - before[index]!)).toEqual([
      1, 1, 1, 1, 0,
    ])
    expect(await row('vitrine_attempts_started_total')).toBe(1)
    for (let times = 0; times < 2; times += 1)
      expect((await call(postSubmit, 'POST', student, { params: { attemptId } })).status).toBe(200)
    expect(await row('vitrine_submissions_total{by="student"}')).toBe(1)
  })

  it('the queue and the workers, from the database', async () => {
    await enqueueKeyCheck({ id: 'run', courseId: 'course' })
    const text = await (await readSiteMetrics()).metrics()
    expect(text).toContain('vitrine_database_up 1')
    expect(text).toMatch(/^vitrine_queue_jobs\{task="check-keys",band="upkeep",state="waiting"\} 1$/m)
    expect(text).toMatch(
      /^vitrine_queue_oldest_job_age_seconds\{task="check-keys",band="upkeep",state="waiting"\} [\d.]+$/m,
    )
  })
})
