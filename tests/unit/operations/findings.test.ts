import { describe, expect, it } from 'vitest'
import { bands } from '@/lib/jobs/fair-shares'
import { type FindingCode, findings } from '@/lib/operations/findings'
import type { Installation, WorkerView } from '@/lib/operations/view'

const at = '2030-01-10T12:00:00.000Z'
const nothing = { waiting: 0, running: 0, retrying: 0, oldestSeconds: null }

const worker = (kind: WorkerView['kind'], given: Partial<WorkerView> = {}): WorkerView => ({
  pool: kind,
  kind,
  host: 'here',
  processId: 7,
  provider: kind === 'figures' ? 'cpu' : null,
  reason: null,
  obstacles: [
    { provider: 'cuda', obstacle: 'no card' },
    { provider: 'webgpu', obstacle: 'no driver' },
  ],
  gigaflops: null,
  version: '1.0.0',
  startedAt: at,
  seenAt: at,
  jobs: [],
  ...given,
})

const healthy: Installation = {
  at,
  version: '1.0.0',
  queue: {
    bands: bands.map((band) => ({ band, ...nothing })),
    explorations: nothing,
    setAside: 0,
    failed: 0,
    drawnLastHour: 0,
    secondsLeft: null,
  },
  workers: [worker('figures'), worker('explorations', { obstacles: [] })],
  stores: [],
  objects: [],
  database: {
    version: '17.1',
    bytes: 1,
    connections: 20,
    connectionLimit: 97,
    longestTransaction: 2,
    tables: [],
    lastBackupAt: '2030-01-09T12:00:00.000Z',
  },
  disk: { folder: '.data', free: 50, size: 100, parts: [] },
  settings: [],
}

const codes = (changes: Partial<Installation>, demo = false) =>
  findings({ ...healthy, ...changes }, demo).map(({ code, level }) => `${level} ${code}`)
const attention = (code: FindingCode) => [`attention ${code}`]
const trouble = (code: FindingCode) => [`trouble ${code}`]
const [figures, explorations] = healthy.workers as [WorkerView, WorkerView]
const queue = (changes: Partial<Installation['queue']>) => ({ queue: { ...healthy.queue, ...changes } })
const database = (changes: Partial<Installation['database']>) => ({
  database: { ...healthy.database, ...changes },
})

describe('what needs an operator', () => {
  it('is nothing where all is well', () => {
    expect(codes({})).toEqual([])
  })

  it('is a kind of worker that nobody runs', () => {
    expect(codes({ workers: [explorations] })).toEqual(trouble('no-figure-worker'))
    expect(codes({ workers: [figures] })).toEqual(trouble('no-exploration-worker'))
  })

  it('is a worker that is silent, of another version, or on a lesser device than it began with', () => {
    const silent = { ...figures, seenAt: '2030-01-10T11:58:50.000Z' }
    expect(findings({ ...healthy, workers: [silent, explorations] }, false)).toEqual([
      { code: 'worker-silent', level: 'attention', facts: { worker: 'here:7', seconds: 70 } },
    ])
    expect(codes({ workers: [{ ...figures, version: '0.9.0' }, explorations] })).toEqual(
      attention('versions-differ'),
    )
    const lost = {
      ...figures,
      obstacles: [{ provider: 'cuda', obstacle: 'no card' }],
      reason: 'cuda: no card; webgpu: webgpu failed in the middle: lost; cpu works',
    }
    expect(findings({ ...healthy, workers: [lost, explorations] }, false)).toMatchObject([
      { code: 'device-lost', facts: { lost: 'webgpu', provider: 'cpu' } },
    ])
  })

  it('is no device that was left out by a setting', () => {
    const forced = { ...figures, obstacles: [], reason: 'cpu was asked for' }
    expect(codes({ workers: [forced, explorations] })).toEqual([])
  })

  it('is a figure that somebody has long been waiting for, and none that nobody waits for', () => {
    const waiting = (wanted: string) =>
      queue({
        bands: bands.map((band) => ({
          band,
          ...nothing,
          ...(band === wanted && { waiting: 3, oldestSeconds: 4000 }),
        })),
      })
    expect(codes(waiting('awaited'))).toEqual(attention('queue-stands'))
    expect(codes(waiting('prepared'))).toEqual([])
  })

  it('is what failed', () => {
    expect(codes(queue({ setAside: 2, failed: 1 }))).toEqual([
      ...trouble('jobs-set-aside'),
      ...attention('figures-failed'),
    ])
  })

  it('is a disk that fills, connections that run short, a transaction that stays open', () => {
    const disk = (free: number) => ({ disk: { ...healthy.disk, free } })
    expect(codes(disk(11))).toEqual([])
    expect(codes(disk(9))).toEqual(attention('disk-low'))
    expect(codes(disk(2))).toEqual(trouble('disk-full'))
    expect(codes(database({ connections: 90 }))).toEqual(attention('connections-short'))
    expect(codes(database({ longestTransaction: 400 }))).toEqual(attention('transaction-long'))
  })

  it('is a backup that is old or missing, and demo accounts', () => {
    expect(codes(database({ lastBackupAt: null }))).toEqual(attention('no-backup'))
    expect(codes(database({ lastBackupAt: '2030-01-01T12:00:00.000Z' }))).toEqual(attention('no-backup'))
    expect(codes({}, true)).toEqual(attention('demo-accounts'))
  })

  it('has what does not work before what needs attention', () => {
    const all = codes({ workers: [], ...database({ lastBackupAt: null }) }, true)
    expect(all.map((code) => code.split(' ')[0])).toEqual(['trouble', 'trouble', 'attention', 'attention'])
  })
})
