import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addModel, pullModel } from '@/lib/models/service'
import { writeTinyBert } from '../explainers/language/tiny-bert'

const name = 'someone/tiny-bert'
const commit = 'c'.repeat(40)
type Serve = (request: IncomingMessage, response: ServerResponse, file: string, bytes: Buffer) => void

let folder: string
let source: string
let models: string
let server: Server
let endpoint: string
let serve: Serve
let asked: { file: string; range: string | undefined }[]

/** As the Hub does: whole files, or the rest of one for a Range. */
const wholeOrRest: Serve = (request, response, _, bytes) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (start > 0) {
    response.writeHead(206, { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` })
  }
  response.end(bytes.subarray(start))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-models-'))
  source = join(folder, 'tiny-bert')
  await writeTinyBert(source)
  await writeFile(join(source, 'README.md'), 'not wanted')
  server = createServer(async (request, response) => {
    // A connection that is kept could be one that an earlier test broke.
    response.setHeader('connection', 'close')
    const path = new URL(request.url!, 'http://hub').pathname
    if (path === `/api/models/${name}/revision/main`) {
      const siblings = await Promise.all((await readdir(source)).map(describeFile))
      response.end(JSON.stringify({ sha: commit, siblings }))
      return
    }
    const file = path.startsWith(`/${name}/resolve/${commit}/`) ? path.split('/').at(-1)! : ''
    const bytes = await readFile(join(source, file)).catch(() => undefined)
    if (!bytes) return void response.writeHead(404).end()
    asked.push({ file, range: request.headers.range })
    serve(request, response, file, bytes)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  models = await mkdtemp(join(folder, 'models-'))
  serve = wholeOrRest
  asked = []
})

async function describeFile(rfilename: string) {
  const bytes = await readFile(join(source, rfilename))
  const hash = (kind: string, prefix = '') => createHash(kind).update(prefix).update(bytes).digest('hex')
  return rfilename.endsWith('.safetensors')
    ? { rfilename, lfs: { sha256: hash('sha256'), size: bytes.length }, size: bytes.length }
    : { rfilename, size: bytes.length, blobId: hash('sha1', `blob ${bytes.length}\0`) }
}

const pull = (more = {}) => pullModel(name, { folder: models, endpoint, patience: 1, ...more })

describe('pull', () => {
  it('fetches what a checkpoint consists of, with progress, and nothing else', async () => {
    const seen = new Map<string, number>()
    const installed = await pull({ progress: (file: string, bytes: number) => seen.set(file, bytes) })
    expect(installed).toMatchObject({ name: 'tiny-bert', layers: 2, heads: ['masked-language'] })
    const files = ['config.json', 'model.safetensors', 'tokenizer_config.json', 'vocab.txt']
    expect((await readdir(join(models, 'tiny-bert'))).sort()).toEqual(files)
    for (const file of files) {
      expect(await readFile(join(models, 'tiny-bert', file))).toEqual(await readFile(join(source, file)))
      expect(seen.get(file)).toBe((await stat(join(source, file))).size)
    }
    expect(await readdir(join(models, '.incoming'))).toEqual([])
  })

  it('asks for the rest only when a connection breaks in the middle', async () => {
    let broken = 0
    serve = (request, response, file, bytes) => {
      if (!file.endsWith('.safetensors') || broken === 2) return wholeOrRest(request, response, file, bytes)
      broken++
      const start = Number(/\d+/.exec(request.headers.range ?? '0')![0])
      response.writeHead(start > 0 ? 206 : 200, {
        'content-length': bytes.length - start,
        ...(start > 0 && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
      })
      response.write(bytes.subarray(start, start + 1000), () => setTimeout(() => response.destroy(), 20))
    }
    await pull()
    const ranges = asked.filter(({ file }) => file.endsWith('.safetensors')).map(({ range }) => range)
    expect(ranges).toEqual([undefined, 'bytes=1000-', 'bytes=2000-'])
  })

  it('goes on after it was stopped', async () => {
    const stop = new AbortController()
    serve = (request, response, file, bytes) => {
      if (!file.endsWith('.safetensors')) return wholeOrRest(request, response, file, bytes)
      response.write(bytes.subarray(0, 1500), () => setTimeout(() => stop.abort(), 50))
    }
    await expect(pull({ signal: stop.signal })).rejects.toThrow()
    serve = wholeOrRest
    asked = []
    await pull()
    expect(asked).toEqual([
      { file: 'model.safetensors', range: 'bytes=1500-' },
      { file: 'tokenizer_config.json', range: undefined },
      { file: 'vocab.txt', range: undefined },
    ])
  })

  it('begins a file anew where the server cannot give a part', async () => {
    serve = (request, response, file, bytes) => {
      if (!file.endsWith('.safetensors')) return wholeOrRest(request, response, file, bytes)
      if (request.headers.range) return void response.end(bytes)
      response.writeHead(200, { 'content-length': bytes.length })
      response.write(bytes.subarray(0, 1000), () => setTimeout(() => response.destroy(), 20))
    }
    expect((await pull()).name).toBe('tiny-bert')
  })

  it.each(['model.safetensors', 'vocab.txt'])(
    'refuses %s with another checksum, and removes it',
    async (file) => {
      serve = (request, response, served, bytes) => {
        const changed = Buffer.from(bytes)
        if (served === file) changed[changed.length - 3]! ^= 1
        wholeOrRest(request, response, served, changed)
      }
      await expect(pull()).rejects.toMatchObject({
        code: 'model-damaged',
        message: expect.stringContaining(file),
      })
      expect(await readdir(models)).toEqual(['.incoming'])
      serve = wholeOrRest
      expect((await pull()).name).toBe('tiny-bert')
    },
  )

  it('says what is wrong when there is no such model, no connection, or the server gives up', async () => {
    await expect(pullModel('someone/else', { folder: models, endpoint })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('no such public model'),
    })
    await expect(pullModel(name, { folder: models, endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
      /no connection/,
    )
    await expect(pullModel('../etc', { folder: models, endpoint })).rejects.toMatchObject({
      code: 'invalid-parameter',
    })
    serve = (_, response) => void response.writeHead(503).end()
    await expect(pull()).rejects.toThrow(/503/)
    expect(asked.length).toBe(5)
    asked = []
    serve = (_, response) => void response.writeHead(403).end()
    await expect(pull()).rejects.toThrow(/403/)
    expect(asked.length).toBe(1)
  })
})

describe('add', () => {
  it('copies a folder; the same again is no error, another one of that name is', async () => {
    const added = await addModel(source, models)
    expect(added.folder).toBe(join(models, 'tiny-bert'))
    expect((await addModel(source, models)).sha256).toBe(added.sha256)
    const other = join(folder, 'other')
    await writeTinyBert(other, { legacy: true })
    await expect(addModel(other, models, 'tiny-bert')).rejects.toMatchObject({ code: 'invalid-parameter' })
    expect((await addModel(other, models)).name).toBe('other')
  })

  it('leaves nothing behind of a model that is damaged or none', async () => {
    const damaged = join(folder, 'damaged')
    await writeTinyBert(damaged, {
      edit: (tensor, shape) => (tensor.includes('1.output.dense.weight') ? [3] : shape),
    })
    await expect(addModel(damaged, models)).rejects.toMatchObject({
      code: 'model-damaged',
      message: expect.stringContaining('encoder.layer.1.output.dense.weight'),
    })
    await expect(addModel(join(folder, 'nowhere'), models)).rejects.toMatchObject({ code: 'model-missing' })
    await expect(addModel(source, models, '../up')).rejects.toMatchObject({ code: 'invalid-parameter' })
    expect(await readdir(models)).toEqual(['.incoming'])
    expect(await readdir(join(models, '.incoming'))).toEqual([])
  })
})
