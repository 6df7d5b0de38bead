import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/courses/[courseSlug]/model-pulls/route'
import type { Viewer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { staffDatabase } from '@/lib/database/staff'
import { pullModelOfHub } from '@/lib/jobs/pull-model'
import { findPull } from '@/lib/models/hub/data'
import { removeAbandonedPulls } from '@/lib/models/hub/incoming'
import { ensurePulls } from '@/lib/models/hub/mutations'
import type { PullRequest } from '@/lib/models/hub/schema'
import { findLanguageModelFolder } from '@/lib/models/model-folder'
import { ensureModelReadings } from '@/lib/models/mutations'
import { writeTinyBert } from '../../unit/explainers/language/tiny-bert'
import { FakeHub, type Serve, wholeOrRest } from '../../unit/models/fake-hub'
import { type Classroom, call, openClassroom } from '../server/classroom'
import { ModelDesk, storedObjects, work } from './uploaded'

const repository = 'someone/tiny-bert'
const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-pulls-'))
const source = path.join(folder, 'source')
const incoming = path.join(folder, 'cache/hub')

let hub: FakeHub
let room: Classroom
let instructor: Viewer
let desk: ModelDesk

beforeAll(async () => {
  await writeTinyBert(source)
  hub = await FakeHub.open(repository, source)
  Object.assign(process.env, { VITRINE_DATA: folder, VITRINE_HUB: `${hub.address}/` })
  room = await openClassroom()
  instructor = await room.enrol('INSTRUCTOR')
  desk = new ModelDesk(room.courseSlug, instructor)
})
afterAll(async () => {
  delete process.env.VITRINE_HUB
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => hub.mend())

const ask = (name: string, body: Partial<PullRequest> = {}, by = instructor, of = room) =>
  call(POST, 'POST', by, {
    params: { courseSlug: of.courseSlug },
    body: { name, repository, revision: 'main', ...body },
  })

/** What the queue has the worker do. */
const fetchModel = (name: string, isLast = false, signal = new AbortController().signal) =>
  pullModelOfHub(name, { signal, patience: 1 }, isLast)

/** What is left of pulls on this machine. */
const left = () => readdirSync(incoming)

async function jobsOf(name: string): Promise<string[]> {
  const { rows } = await databasePool().query<{ key: string }>(
    'SELECT key FROM graphile_worker.jobs WHERE key = ANY($1) ORDER BY key',
    [[`pull:${name}`, `model:${name}`]],
  )
  return rows.map(({ key }) => key)
}

describe('a model of the Hub', () => {
  it('is fetched, read, and found by its name, with where it comes from and its licence', async () => {
    expect((await ask('tiny')).status).toBe(200)
    expect(await desk.read('tiny')).toMatchObject({
      status: 'fetching',
      fileName: repository,
      hub: { repository, revision: 'main', commit: null },
      uploadedBy: instructor.name,
      card: null,
    })
    expect(await jobsOf('tiny')).toEqual(['pull:tiny'])

    await fetchModel('tiny')
    expect(await jobsOf('tiny')).toContain('model:tiny')
    expect(left()).toEqual([])
    expect((await desk.read('tiny')).status).toBe('checking')

    await work('tiny')
    const files = readdirSync(source)
    const bytes = files.reduce((sum, file) => sum + readFileSync(path.join(source, file)).length, 0)
    expect(await desk.read('tiny')).toMatchObject({
      status: 'ready',
      hub: { repository, revision: 'main', commit: FakeHub.commit },
      card: { kind: 'language', layers: 2, bytes },
      details: { licence: 'apache-2.0', source: `${hub.address}/${repository}/tree/${FakeHub.commit}` },
    })
    const found = await findLanguageModelFolder('tiny')
    expect(readdirSync(found).sort()).toEqual(files.sort())
    for (const file of files)
      expect(readFileSync(path.join(found, file))).toEqual(readFileSync(path.join(source, file)))
  })

  it('is the same that somebody has uploaded: asked for twice it is fetched once, and its weights are one object', async () => {
    const before = await storedObjects()
    await Promise.all([ask('twice'), ask('twice')])
    expect((await ask('twice')).status).toBe(200)
    await fetchModel('twice')
    await fetchModel('twice')
    await work('twice')
    expect((await desk.read('twice')).status).toBe('ready')
    // The weights are here already, of the model above.
    expect(hub.asked.map(({ file }) => file)).toEqual(['config.json', 'tokenizer_config.json', 'vocab.txt'])
    expect(await storedObjects()).toEqual(before)
    expect((await desk.remove('twice')).status).toBe(200)
    expect(await storedObjects()).toEqual(before)
    const told = await staffDatabase.auditEvent.findMany({
      where: { subject: `course:${room.courseId}`, action: 'model.pull' },
      select: { actorId: true, after: true },
      orderBy: { id: 'asc' },
    })
    expect(told).toEqual(
      ['tiny', 'twice'].map((model) => ({
        actorId: instructor.userId,
        after: { model, repository, revision: 'main' },
      })),
    )
  })

  it('keeps its name on the whole site, and is of its course alone', async () => {
    const elsewhere = await openClassroom()
    const stranger = await elsewhere.enrol('INSTRUCTOR')
    for (const refused of [
      await ask('tiny', {}, stranger, elsewhere),
      await ask('tiny', { revision: 'v2' }),
      await ask('bert-small-mlm'),
    ])
      expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'name-taken' }])
  })

  it.each(['https://127.0.0.1/a/b', '../../etc', 'a/b?x', 'tiny-bert', 'a/b/../c'])(
    'is never asked for by %s',
    async (address) => {
      const refused = await ask('elsewhere', { repository: address })
      expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'invalid-request' }])
      expect(hub.asked).toEqual([])
    },
  )

  it('is not offered where the site fetches none', async () => {
    process.env.VITRINE_HUB = 'off'
    const refused = await ask('none').finally(() => {
      process.env.VITRINE_HUB = hub.address
    })
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'hub-off' }])
  })
})

describe('what is in the way', () => {
  const broken: Serve = (request, response, file, bytes) => {
    if (file !== 'model.safetensors') return wholeOrRest(request, response, file, bytes)
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, 1000), () => setTimeout(() => response.destroy(), 5))
  }
  const changed: Serve = (request, response, file, bytes) => {
    const other = Buffer.from(bytes)
    if (file === 'model.safetensors') other[other.length - 3]! ^= 1
    wholeOrRest(request, response, file, other)
  }
  const serveBy = (serve: Serve) => {
    hub.serve = serve
  }
  const listBy = (listed: FakeHub['listed']) => {
    hub.listed = listed
  }
  /** Weights of their own: those of the models above are here already. */
  beforeAll(() => writeTinyBert(source, { heads: ['mlm', 'qa'] }))

  it.each<[string, string, RegExp, () => void]>([
    [
      'no connection',
      'away',
      /there is no connection/,
      () => {
        process.env.VITRINE_HUB = 'http://127.0.0.1:1'
      },
    ],
    ['a server in trouble', 'away', /503/, () => hub.refuseListing(503)],
    ['a connection that breaks again and again', 'away', /ended early|terminated/, () => serveBy(broken)],
    ['no such repository', 'missing', /404/, () => hub.refuseListing(404)],
    [
      'no such repository, as the Hub says it',
      'missing',
      /no such public model/,
      () => hub.refuseListing(401, { 'x-error-code': 'RepoNotFound' }),
    ],
    ['a gated repository', 'gated', /401/, () => hub.refuseListing(401)],
    ['gated files', 'gated', /403/, () => serveBy((_, response) => response.writeHead(403).end())],
    ['another checksum', 'mismatch', /checksum/, () => serveBy(changed)],
    [
      'too many bytes',
      'too-large',
      /at most 1073741824 are fetched/,
      () => listBy((file) => (file.lfs ? { ...file, lfs: { ...file.lfs, size: 2 * 1024 ** 3 } } : file)),
    ],
    [
      'weights in another format',
      'model-unsupported',
      /no model\.safetensors/,
      () => listBy((file) => ({ ...file, rfilename: file.rfilename.replace('.safetensors', '.bin') })),
    ],
    ['what is no list', 'away', /not a list of files/, () => hub.refuseListing(200)],
  ])('%s is said, and nothing is kept', async (_, code, message, prepare) => {
    const before = await storedObjects()
    prepare()
    await ask('bad')
    await fetchModel('bad').finally(() => {
      process.env.VITRINE_HUB = hub.address
    })
    const state = await desk.read('bad')
    expect(state).toMatchObject({ status: 'refused', card: null, problem: { code } })
    expect(state.problem?.message).toMatch(message)
    expect(left()).toEqual([])
    expect(await storedObjects()).toEqual(before)
    expect((await desk.remove('bad')).status).toBe(200)
  })

  it('is tried anew when somebody asks again', async () => {
    hub.refuseListing(503)
    await ask('later')
    await fetchModel('later')
    expect((await desk.read('later')).status).toBe('refused')
    hub.mend()
    expect((await ask('later')).status).toBe(200)
    expect(await desk.read('later')).toMatchObject({ status: 'fetching', problem: null })
    await fetchModel('later')
    await work('later')
    expect((await desk.read('later')).status).toBe('ready')
    await desk.remove('later')
  })

  it.skipIf(process.platform !== 'linux')('a disk without room is said, and nothing is kept', async () => {
    await ask('bad')
    const { pull } = (await findPull('bad'))!
    mkdirSync(path.join(incoming, pull.id, 'bad'), { recursive: true })
    symlinkSync('/dev/full', path.join(incoming, pull.id, 'bad/vocab.txt'))
    await fetchModel('bad')
    expect((await desk.read('bad')).problem).toEqual({
      code: 'disk-full',
      message: 'vocab.txt cannot be stored: there is no room left',
    })
    expect(left()).toEqual([])
    await desk.remove('bad')
  })

  it('what nobody expected is tried again by the queue, and then said without its message', async () => {
    await ask('odd')
    const { pull } = (await findPull('odd'))!
    mkdirSync(incoming, { recursive: true })
    writeFileSync(path.join(incoming, pull.id), 'no folder')
    await expect(fetchModel('odd')).rejects.toThrow()
    expect((await desk.read('odd')).status).toBe('fetching')
    await expect(fetchModel('odd', true)).rejects.toThrow()
    expect(await desk.read('odd')).toMatchObject({
      status: 'refused',
      problem: { code: 'internal', message: '' },
    })
    expect(left()).toEqual([])
    await desk.remove('odd')
  })

  it('weights that are damaged are refused by the reader, as those of an upload', async () => {
    await writeTinyBert(source, {
      edit: (tensor, shape) => (tensor.includes('1.output.dense.weight') ? [3] : shape),
    })
    const before = await storedObjects()
    await ask('damaged')
    await fetchModel('damaged')
    await work('damaged')
    expect(await desk.read('damaged')).toMatchObject({
      status: 'refused',
      problem: { code: 'model-damaged', message: expect.stringContaining('1.output.dense.weight') },
    })
    expect(await storedObjects()).toEqual(before)
    const copies = readdirSync(path.join(folder, 'cache/models'), { recursive: true })
    expect(copies.filter((copy) => String(copy).includes('damaged'))).toEqual([])
    await desk.remove('damaged')
    await writeTinyBert(source, { heads: ['mlm', 'qa'] })
  })
})

describe('a pull in the middle', () => {
  /** Sends half of the weights, then a byte now and then. @returns when it has begun */
  function sendHalf(): Promise<void> {
    return new Promise((resolve) => {
      hub.serve = (request, response, file, bytes) => {
        if (file !== 'model.safetensors') return wholeOrRest(request, response, file, bytes)
        response.write(bytes.subarray(0, 2000), () => resolve())
        let sent = 2000
        const timer = setInterval(() => response.write(bytes.subarray(sent, ++sent)), 50)
        response.once('close', () => clearInterval(timer))
      }
    })
  }
  const arrived = async (name: string) => (await desk.read(name)).done >= 2000

  it('goes on where it was when its worker ends, also when the branch has moved meanwhile', async () => {
    await ask('half')
    const half = sendHalf()
    const stop = new AbortController()
    const stopped = fetchModel('half', false, stop.signal)
    await half
    await expect.poll(() => arrived('half')).toBe(true)
    expect(await desk.read('half')).toMatchObject({ status: 'fetching', hub: { commit: FakeHub.commit } })
    stop.abort()
    await expect(stopped).rejects.toThrow()
    expect(left()).toHaveLength(1)

    hub.mend()
    hub.head = 'd'.repeat(40)
    await ensurePulls()
    await ensureModelReadings()
    expect(await jobsOf('half')).toEqual(['pull:half'])
    await fetchModel('half')
    expect(hub.asked).toEqual([
      { file: 'model.safetensors', range: expect.stringMatching(/^bytes=2\d\d\d-$/) },
    ])
    await work('half')
    expect(await desk.read('half')).toMatchObject({ status: 'ready', hub: { commit: FakeHub.commit } })
    expect(left()).toEqual([])
    await desk.remove('half')
  })

  it('ends when somebody cancels it, and leaves nothing', async () => {
    const before = await storedObjects()
    await ask('cancelled')
    const half = sendHalf()
    const ended = fetchModel('cancelled')
    await half
    expect((await desk.remove('cancelled')).status).toBe(200)
    await ended
    expect(left()).toEqual([])
    expect(await storedObjects()).toEqual(before)
    expect(await desk.read('cancelled')).toMatchObject({ code: 'not-found' })
  })

  it('that nobody waits for any more is swept up', async () => {
    await ask('waiting')
    const { pull } = (await findPull('waiting'))!
    for (const id of [pull.id, '00000000-0000-4000-8000-000000000000'])
      mkdirSync(path.join(incoming, id), { recursive: true })
    await removeAbandonedPulls()
    expect(left()).toEqual([pull.id])
    await desk.remove('waiting')
    await removeAbandonedPulls()
    expect(left()).toEqual([])
  })
})
