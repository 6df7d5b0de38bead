import { childrenOf, usageOf } from './meter'
import type { Site } from './site'

/** What was used while some requests were answered. Processor seconds; children count with their parent. */
export interface Use {
  readonly seconds: number
  /** Each web process by itself, the busiest first. */
  readonly web: readonly number[]
  readonly postgres: number
  readonly students: number
  /** Bytes, of all web processes. */
  readonly memory: number
}

/** @returns what site and students used while the work was done. */
export async function watched(site: Site, work: () => Promise<void>): Promise<Use> {
  const look = () => {
    const { app, postgres } = site.processes()
    const own = process.cpuUsage()
    return {
      web: new Map(childrenOf(app).map((pid) => [pid, usageOf(pid).processor])),
      postgres: usageOf(postgres).processor,
      students: (own.user + own.system) / 1e6,
      memory: usageOf(app).memory,
    }
  }
  const before = look()
  const from = performance.now()
  await work()
  const seconds = (performance.now() - from) / 1000
  const after = look()
  return {
    seconds,
    web: [...after.web].map(([pid, used]) => used - (before.web.get(pid) ?? 0)).sort((one, two) => two - one),
    postgres: Math.max(0, after.postgres - before.postgres),
    students: after.students - before.students,
    memory: after.memory,
  }
}
