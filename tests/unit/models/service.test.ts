import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { download } from '@/lib/models/download'
import { addModel, pullModel } from '@/lib/models/service'
import { writeTinyBert } from '../explainers/language/tiny-bert'
import { FakeHub, wholeOrRest } from './fake-hub'

const name = 'someone/tiny-bert'

let folder: string
let source: string
let models: string
let hub: FakeHub

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-models-'))
  source = join(folder, 'tiny-bert')
  await writeTinyBert(source)
  await writeFile(join(source, 'README.md'), 'not wanted')
  hub = await FakeHub.open(name, source)
})
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  models = await mkdtemp(join(folder, 'models-'))
  hub.mend()
})

const pull = (more = {}) => pullModel(name, { folder: models, endpoint: hub.address, patience: 1, ...more })

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
    hub.serve = (request, response, file, bytes) => {
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
    const ranges = hub.asked.filter(({ file }) => file.endsWith('.safetensors')).map(({ range }) => range)
    expect(ranges).toEqual([undefined, 'bytes=1000-', 'bytes=2000-'])
  })

  it('goes on after it was stopped', async () => {
    const stop = new AbortController()
    hub.serve = (request, response, file, bytes) => {
      if (!file.endsWith('.safetensors')) return wholeOrRest(request, response, file, bytes)
      response.write(bytes.subarray(0, 1500), () => setTimeout(() => stop.abort(), 50))
    }
    await expect(pull({ signal: stop.signal })).rejects.toThrow()
    hub.serve = wholeOrRest
    hub.asked = []
    await pull()
    expect(hub.asked).toEqual([{ file: 'model.safetensors', range: 'bytes=1500-' }])
  })

  it('begins a file anew where the server cannot give a part', async () => {
    hub.serve = (request, response, file, bytes) => {
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
      hub.serve = (request, response, served, bytes) => {
        const changed = Buffer.from(bytes)
        if (served === file) changed[changed.length - 3]! ^= 1
        wholeOrRest(request, response, served, changed)
      }
      await expect(pull()).rejects.toMatchObject({
        code: 'model-damaged',
        message: expect.stringContaining(file),
      })
      expect(await readdir(models)).toEqual(['.incoming'])
      hub.serve = wholeOrRest
      expect((await pull()).name).toBe('tiny-bert')
    },
  )

  it('is patient with a connection that breaks again and again, as long as something comes', async () => {
    hub.serve = (request, response, file, bytes) => {
      if (!file.endsWith('.safetensors')) return wholeOrRest(request, response, file, bytes)
      const start = Number(/\d+/.exec(request.headers.range ?? '0')![0])
      const end = Math.min(bytes.length, start + Math.ceil(bytes.length / 8))
      response.writeHead(start > 0 ? 206 : 200, {
        'content-length': bytes.length - start,
        ...(start > 0 && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
      })
      response.write(bytes.subarray(start, end), () => setTimeout(() => response.destroy(), 10))
    }
    expect((await pull()).name).toBe('tiny-bert')
    expect(hub.asked.filter(({ file }) => file === 'model.safetensors')).toHaveLength(8)
  })

  it('refuses what is no BERT before its weights are fetched', async () => {
    hub.serve = (request, response, file, bytes) => {
      const config = Buffer.from(bytes.toString().replace('"bert"', '"gpt2"'))
      wholeOrRest(request, response, file, file === 'config.json' ? config : bytes)
    }
    // The changed configuration is what is listed, too.
    hub.listed = (file) => (file.rfilename === 'config.json' ? { ...file, blobId: gpt2Blob } : file)
    const gpt2 = Buffer.from(
      (await readFile(join(source, 'config.json'), 'utf8')).replace('"bert"', '"gpt2"'),
    )
    const gpt2Blob = createHash('sha1').update(`blob ${gpt2.length}\0`).update(gpt2).digest('hex')
    await expect(pull()).rejects.toMatchObject({
      code: 'model-unsupported',
      message: expect.stringContaining("the architecture is 'gpt2'"),
    })
    expect(hub.asked.map(({ file }) => file)).not.toContain('model.safetensors')
  })

  it('takes no more bytes of a file than were announced', async () => {
    let sent = 0
    hub.serve = (request, response, file, bytes) => {
      if (file !== 'vocab.txt') return wholeOrRest(request, response, file, bytes)
      const more = () => {
        sent++
        response.write(Buffer.alloc(65_536), (error) => error || setImmediate(more))
      }
      response.once('close', () => response.destroy())
      more()
    }
    await expect(pull()).rejects.toMatchObject({ failure: 'mismatch' })
    expect(sent).toBeLessThan(1000)
  })

  it('follows the Hub to where its files are', async () => {
    const store = createServer(async (request, response) => {
      wholeOrRest(request, response, '', await readFile(join(source, request.url!.split('/').at(-1)!)))
    })
    await new Promise<void>((done) => store.listen(0, '127.0.0.1', done))
    const { port } = store.address() as AddressInfo
    hub.serve = (_, response, file) =>
      void response.writeHead(302, { location: `http://127.0.0.1:${port}/cdn/${file}` }).end()
    expect((await pull()).name).toBe('tiny-bert')
    store.closeAllConnections()
    await new Promise((done) => store.close(done))
  })

  it.skipIf(process.platform !== 'linux')('says so at once when there is no room', async () => {
    const target = join(models, 'full')
    await symlink('/dev/full', target)
    const bytes = await readFile(join(source, 'vocab.txt'))
    const url = `${hub.address}/${name}/resolve/${FakeHub.commit}/vocab.txt`
    await expect(download(url, target, { size: bytes.length }, { patience: 1 })).rejects.toMatchObject({
      failure: 'disk-full',
      message: 'full cannot be stored: there is no room left',
    })
    expect(hub.asked).toHaveLength(1)
  })

  it('says what is wrong when there is no such model, no connection, or the server gives up', async () => {
    await expect(pullModel('someone/else', { folder: models, endpoint: hub.address })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('no such public model'),
    })
    await expect(pullModel(name, { folder: models, endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
      /no connection/,
    )
    await expect(pull({ revision: '../../other' })).rejects.toMatchObject({ code: 'invalid-parameter' })
    await expect(pullModel('../etc', { folder: models, endpoint: hub.address })).rejects.toMatchObject({
      code: 'invalid-parameter',
    })
    hub.serve = (_, response) => void response.writeHead(503).end()
    await expect(pull()).rejects.toThrow(/503/)
    expect(hub.asked.length).toBe(5)
    hub.asked = []
    hub.serve = (_, response) => void response.writeHead(403).end()
    await expect(pull()).rejects.toThrow(/403/)
    expect(hub.asked.length).toBe(1)
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
