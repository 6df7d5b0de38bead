import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST as postStart } from '@/app/api/assignments/[assignmentId]/attempts/route'
import { PUT as putAnswer } from '@/app/api/attempts/[attemptId]/answers/[partId]/route'
import { answerDirectly } from '@/app/direct/answer-directly'
import type { Viewer } from '@/lib/auth/gate'
import { requestIdHeader } from '@/lib/request-context'
import { apiHeaders, securityHeaders } from '@/lib/security-headers.mjs'
import { type Classroom, call, cookieOf, openClassroom } from './classroom'

let room: Classroom
let server: Server
let student: Viewer
let attemptId: string

beforeAll(async () => {
  room = await openClassroom()
  student = await room.enrol('STUDENT')
  const started = await call(postStart, 'POST', student, { params: { assignmentId: room.assignmentId } })
  attemptId = ((await started.json()) as { attemptId: string }).attemptId
  // What is not answered directly would be Next's.
  server = createServer((message, response) => {
    if (!answerDirectly(message, response)) response.writeHead(418).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => void server.close())

interface Sent {
  readonly method?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function send(path: string, { method = 'PUT', body, headers = {} }: Sent = {}) {
  const all = {
    host: 'localhost:3000',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    cookie: await cookieOf(student),
    [requestIdHeader]: 'request-of-the-test',
    ...headers,
  }
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const { port } = server.address() as AddressInfo
      const sent = request({ port, host: '127.0.0.1', method, path, headers: all }, (answer) => {
        let text = ''
        answer.on('data', (chunk) => (text += String(chunk)))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        )
      })
      sent.on('error', reject)
      sent.end(body)
    },
  )
}

const choice = (optionIds: string[], revision: number) =>
  JSON.stringify({ optionIds, clientId: 'tab', revision })

describe('a request that is answered before the router', () => {
  const address = (part = 'q01') => `/api/attempts/${attemptId}/answers/${part}`

  it.each<[string, () => Sent & { path?: string }]>([
    ['a repeated save', () => ({ body: choice(['a'], 1) })],
    ['an older save', () => ({ body: choice(['b'], 1) })],
    ['a wrong body', () => ({ body: '{"revision":-1}' })],
    ['no JSON', () => ({ body: 'optionIds=a' })],
    ['another type', () => ({ body: choice(['a'], 2), headers: { 'content-type': 'text/plain' } })],
    ['too much', () => ({ body: choice(['x'.repeat(300_000)], 2) })],
    ['another site', () => ({ body: choice(['a'], 2), headers: { 'sec-fetch-site': 'cross-site' } })],
    ['nobody', () => ({ body: choice(['a'], 2), headers: { cookie: '' } })],
    ['an option that is not there', () => ({ body: choice(['zz'], 2) })],
    ['no such part', () => ({ body: choice(['a'], 2), path: 'nothing' })],
  ])('is answered as by its route: %s', async (_, given) => {
    await send(address(), { body: choice(['a'], 1) })
    const { path, ...sent } = given()
    const direct = await send(address(path), sent)
    const byRoute = await call(putAnswer, 'PUT', sent.headers?.cookie === '' ? null : student, {
      params: { attemptId, partId: path ?? 'q01' },
      body: sent.body,
      headers: { ...sent.headers, [requestIdHeader]: 'request-of-the-test' },
    })
    expect(direct.status).toBe(byRoute.status)
    expect(direct.body).toBe(await byRoute.text())
    for (const [name, value] of byRoute.headers) expect(direct.headers[name], name).toBe(value)
    for (const { key, value } of [...securityHeaders, ...apiHeaders])
      expect(direct.headers[key.toLowerCase()], key).toBe(value)
    const known = [...byRoute.headers.keys(), ...[...securityHeaders, ...apiHeaders].map(({ key }) => key)]
    const framing = ['date', 'connection', 'keep-alive', 'content-length']
    expect(Object.keys(direct.headers).sort()).toEqual(
      [...known.map((name) => name.toLowerCase()), ...framing].sort(),
    )
  })

  it('is a start too, with its number, and a flag', async () => {
    const started = await send(`/api/assignments/${room.assignmentId}/attempts?number=1`, { method: 'POST' })
    expect(JSON.parse(started.body)).toEqual({ attemptId, number: 1, started: false })
    const flagged = await send(`/api/attempts/${attemptId}/flags/nothing`, { body: '{"flagged":true}' })
    expect(flagged.status).toBe(404)
  })

  it('is none that is spelled otherwise, or sent by another method', async () => {
    const spelled = `/api/attempts/${attemptId}/answers`
    for (const path of [`${spelled}/q%301`, `${spelled}/q01/`, spelled, `/${spelled}/q01`, '/api/health'])
      expect((await send(path, { body: choice(['a'], 9) })).status, path).toBe(418)
    expect((await send(address(), { method: 'GET' })).status).toBe(418)
  })
})
