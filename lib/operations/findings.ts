import type { EvidenceManifest } from '@/lib/explainers/evidence'
import type { Installation, WorkerView } from '@/lib/operations/view'

/** What of an installation needs somebody: judged from what is the case, so that pages say it at once and the same. */

export type FindingCode =
  | 'no-figure-worker'
  | 'no-exploration-worker'
  | 'worker-silent'
  | 'device-lost'
  | 'versions-differ'
  | 'queue-stands'
  | 'jobs-set-aside'
  | 'figures-failed'
  | 'disk-full'
  | 'disk-low'
  | 'connections-short'
  | 'transaction-long'
  | 'no-backup'
  | 'demo-accounts'

export interface Finding {
  readonly code: FindingCode
  /** `trouble`: something does not work. `attention`: it will not for long, or somebody should decide. */
  readonly level: 'trouble' | 'attention'
  /** Numbers and names that its sentence has. */
  readonly facts: Readonly<Record<string, string | number>>
}

/** From when on something is worth a word. */
export const thresholds = {
  /** Seconds without a sign of life on the list; workers give one every ten. */
  silentSeconds: 60,
  /** Seconds that a figure somebody waits for has been waiting. */
  awaitedSeconds: 300,
  diskShare: { trouble: 0.03, attention: 0.1 },
  connectionShare: 0.85,
  transactionSeconds: 300,
  backupDays: 7,
} as const

/** @returns what needs somebody, what is in trouble first; nothing: all is well. */
export function findings(installation: Installation, demo: boolean): readonly Finding[] {
  return [...ofWorkers(installation), ...ofQueue(installation), ...ofMachine(installation, demo)].sort(
    (one, other) => Number(other.level === 'trouble') - Number(one.level === 'trouble'),
  )
}

const trouble = (code: FindingCode, facts: Finding['facts'] = {}): Finding => ({
  code,
  level: 'trouble',
  facts,
})
const attention = (code: FindingCode, facts: Finding['facts'] = {}): Finding => ({
  code,
  level: 'attention',
  facts,
})

function ofWorkers({ at, version, workers }: Installation): Finding[] {
  const found: Finding[] = []
  if (!workers.some(({ kind }) => kind === 'figures')) found.push(trouble('no-figure-worker'))
  if (!workers.some(({ kind }) => kind === 'explorations')) found.push(trouble('no-exploration-worker'))
  for (const living of workers) {
    const { host, processId, seenAt, provider, version: own } = living
    const worker = `${host}:${processId}`
    const seconds = Math.round((Date.parse(at) - Date.parse(seenAt)) / 1000)
    if (seconds > thresholds.silentSeconds) found.push(attention('worker-silent', { worker, seconds }))
    const [lost] = lostDevices(living)
    if (lost !== undefined) found.push(attention('device-lost', { worker, lost, provider: provider ?? '' }))
    if (own !== '' && own !== version) found.push(attention('versions-differ', { worker, own, version }))
  }
  return found
}

const devices: readonly EvidenceManifest['provider'][] = ['kserve', 'cuda', 'webgpu']

/** Those that nothing was in the way of when the worker began, and that its present choice says something against. */
function lostDevices({ reason, obstacles }: WorkerView): readonly string[] {
  return devices.filter(
    (name) =>
      reason?.includes(`${name}: `) === true && !obstacles.some((obstacle) => obstacle.provider === name),
  )
}

function ofQueue({ queue }: Installation): Finding[] {
  const found: Finding[] = []
  const awaited = queue.bands.find(({ band }) => band === 'awaited')
  if (awaited && (awaited.oldestSeconds ?? 0) > thresholds.awaitedSeconds)
    found.push(
      attention('queue-stands', {
        jobs: awaited.waiting,
        minutes: Math.round(awaited.oldestSeconds! / 60),
      }),
    )
  if (queue.setAside > 0) found.push(trouble('jobs-set-aside', { jobs: queue.setAside }))
  if (queue.failed > 0) found.push(attention('figures-failed', { figures: queue.failed }))
  return found
}

function ofMachine({ at, disk, database }: Installation, demo: boolean): Finding[] {
  const found: Finding[] = []
  const share = disk.size > 0 ? disk.free / disk.size : 1
  const percent = Math.floor(100 * share)
  if (share < thresholds.diskShare.trouble) found.push(trouble('disk-full', { percent }))
  else if (share < thresholds.diskShare.attention) found.push(attention('disk-low', { percent }))
  const { connections, connectionLimit, longestTransaction, lastBackupAt } = database
  if (connections > thresholds.connectionShare * connectionLimit)
    found.push(attention('connections-short', { connections, limit: connectionLimit }))
  if ((longestTransaction ?? 0) > thresholds.transactionSeconds)
    found.push(attention('transaction-long', { minutes: Math.round(longestTransaction! / 60) }))
  const age = lastBackupAt === null ? null : (Date.parse(at) - Date.parse(lastBackupAt)) / 86_400_000
  if (age === null || age > thresholds.backupDays)
    found.push(attention('no-backup', age === null ? {} : { days: Math.floor(age) }))
  if (demo) found.push(attention('demo-accounts'))
  return found
}
