import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Contract } from '@/lib/api/contract'
import { contracts } from '@/lib/api/contracts'
import { openApiDocument } from '@/lib/api/openapi'
import { Problem, problemBody } from '@/lib/api/problem'
import { problemCodes, problems } from '@/lib/api/problems'
import { isCrossSite } from '@/lib/api/same-origin'

const all = Object.entries<Contract>(contracts)
const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('route.ts') && !file.startsWith('auth/'),
)

describe('contracts', () => {
  it('there is one for every handler of every route file, and no other', () => {
    const handled = files.flatMap((file) => {
      const source = readFileSync(`app/api/${file}`, 'utf8')
      const path = `/api/${file
        .replace(/\/route\.ts$/, '')
        .replaceAll('[', '{')
        .replaceAll(']', '}')}`
      const handlers = [...source.matchAll(/^export const (\w+) = route\(contracts\.(\w+)/gm)]
      expect(source.match(/^export /gm), file).toHaveLength(handlers.length)
      return handlers.map(([, method, name]) => `${method} ${path} ${name}`)
    })
    const promised = all.map(([name, { method, path }]) => `${method} ${path} ${name}`)
    expect(handled.sort()).toEqual(promised.sort())
  })

  it('name the same parameters in path and schema', () => {
    for (const [name, { path, params }] of all) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
      expect(Object.keys(params?.shape ?? {}), name).toEqual(inPath)
    }
  })
})

describe('OpenAPI document', () => {
  const document = JSON.parse(JSON.stringify(openApiDocument('1.2.3')))

  it('has every route with its parameters, body, answer and refusals', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } })
    const save = document.paths['/api/attempts/{attemptId}/answers/{partId}'].put
    expect(save.parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
      'attemptId',
      'partId',
    ])
    const body = save.requestBody.content['application/json'].schema
    expect(body.required).toEqual(['optionIds', 'clientId', 'revision'])
    expect(body.additionalProperties).toBe(false)
    expect(Object.keys(save.responses)).toEqual(
      expect.arrayContaining(['200', '401', '404', '409', '415', '422']),
    )
    expect(save.responses['409'].description).toContain('attempt-submitted')
    for (const [, { method, path }] of all)
      expect(document.paths[path][method.toLowerCase()].responses['200']).toBeDefined()
  })

  it('every reference leads somewhere', () => {
    for (const [reference] of JSON.stringify(document).matchAll(/#\/components\/[\w/]+/g)) {
      const target = reference
        .slice(2)
        .split('/')
        .reduce((node, key) => node?.[key], document)
      expect(target, reference).toBeDefined()
    }
  })
})

describe('problems', () => {
  it('each is said in both languages and tells the caller what to do', () => {
    for (const code of problemCodes) {
      const { status, message, action } = problems[code]
      expect(status).toBeGreaterThanOrEqual(400)
      expect(message.zh).toMatch(/[。]$/)
      expect(message.en).toMatch(/[.]$/)
      expect(action).not.toBe('')
    }
  })

  it('what is for the log stays out of the answer', () => {
    const cause = new Error('relation "User" does not exist')
    const body = problemBody(new Problem('internal', 'secret detail', { cause }), 'id')
    expect(JSON.stringify(body)).not.toMatch(/secret|relation/)
    expect(body).toMatchObject({ code: 'internal', requestId: 'id' })
  })
})

describe('writes from other sites', () => {
  const own = ['vitrine.example', 'localhost:3000']
  const cross = (headers: Record<string, string>) => isCrossSite(new Headers(headers), own)

  it('are told by Sec-Fetch-Site, else by Origin', () => {
    expect(cross({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' })).toBe(false)
    expect(cross({ 'sec-fetch-site': 'none' })).toBe(false)
    expect(cross({ 'sec-fetch-site': 'same-site', origin: 'https://vitrine.example' })).toBe(true)
    expect(cross({ 'sec-fetch-site': 'cross-site' })).toBe(true)
    expect(cross({ origin: 'https://vitrine.example' })).toBe(false)
    expect(cross({ origin: 'http://localhost:3000' })).toBe(false)
    expect(cross({ origin: 'http://localhost:3001' })).toBe(true)
    expect(cross({ origin: 'null' })).toBe(true)
    expect(cross({})).toBe(false)
  })
})
