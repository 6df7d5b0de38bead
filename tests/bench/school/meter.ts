import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Measured {
  readonly requests: number
  readonly errors: number
  /** What went wrong, with its count. */
  readonly reasons: ReadonlyMap<string, number>
  /** Requests answered a second, from the first sent to the last answered. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Times requests. A request counts from when it was due, so that a queue before the server is not hidden. */
export class Meter {
  private readonly times: number[] = []
  private readonly reasons = new Map<string, number>()
  private first = Number.POSITIVE_INFINITY
  private last = 0

  async time(work: () => Promise<{ readonly status: number }>, due = performance.now()): Promise<void> {
    this.first = Math.min(this.first, due)
    try {
      const { status } = await work()
      if (status >= 400) this.count(`status ${status}`)
    } catch (error) {
      this.count(
        error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error),
      )
    }
    this.last = performance.now()
    this.times.push(this.last - due)
  }

  private count(reason: string) {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1)
  }

  result(): Measured {
    const sorted = [...this.times].sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
    const seconds = (this.last - this.first) / 1000
    return {
      requests: sorted.length,
      errors: [...this.reasons.values()].reduce((sum, count) => sum + count, 0),
      reasons: this.reasons,
      rate: seconds > 0 ? sorted.length / seconds : 0,
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
    }
  }
}

/** Starts each piece of work at its time, evenly over `seconds`, whether or not earlier ones have ended. */
export async function evenly(
  count: number,
  seconds: number,
  work: (index: number, due: number) => Promise<void>,
): Promise<void> {
  const from = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    const due = from + (index / count) * seconds * 1000
    const early = due - performance.now()
    if (early > 1) await sleep(early)
    running.push(work(index, due))
  }
  await Promise.all(running)
}

/** Keeps `atOnce` pieces of work under way for some seconds: as much as the other side can take. */
export async function saturate(
  atOnce: number,
  seconds: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const until = performance.now() + seconds * 1000
  let index = 0
  const loop = async () => {
    while (performance.now() < until) await work(index++)
  }
  await Promise.all(Array.from({ length: atOnce }, loop))
}

/** Clock ticks a second, as Linux counts processor time. */
const TICKS = 100

interface Usage {
  /** Processor seconds, children included. */
  readonly processor: number
  /** Bytes resident. */
  readonly memory: number
}

/** @returns what a process uses now, with those below it; Linux only. */
export function usageOf(pid: number): Usage {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Own user and system time, and that of children that have ended.
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0)
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const memory = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024
    const below = childrenOf(pid).map(usageOf)
    return {
      processor: ticks / TICKS + below.reduce((sum, child) => sum + child.processor, 0),
      memory: memory + below.reduce((sum, child) => sum + child.memory, 0),
    }
  } catch {
    return { processor: 0, memory: 0 } // it ended meanwhile
  }
}

/** @returns ids of the processes that this one started and that live; Linux only. */
export function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return children ? children.split(' ').map(Number) : []
}
