import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { directTransport, type Transport } from '../school/exchange'
import type { Site } from '../school/site'
import { watched } from '../school/use'
import type { Cost } from './installation'
import { type Asked, REQUESTS, type RequestName } from './traffic'

/** What the real site costs and how long it takes, for the model and its check. */

/** Processor seconds of one request; `students`: of the simulated student. */
export type MeasuredCosts = Readonly<Record<RequestName, Cost & { readonly students: number }>>

/** Milliseconds that a student waits. */
const PATIENCE = 60_000

/** Students of the site, who ask for things in an order that makes sense. */
export class Cohort {
  private readonly senders: readonly Transport[]
  private readonly attempts = new Map<number, string>()
  private readonly revisions = new Map<string, number>()
  private next = 0
  private turn = 0

  constructor(
    private readonly site: Site,
    from: number,
    to: number,
  ) {
    this.senders = site.students
      .slice(from, to)
      .map(({ cookie }) => directTransport(site.address, site.agent, cookie, PATIENCE))
  }

  get size(): number {
    return this.senders.length
  }

  /** @returns the request, ready to be sent; null: nobody is there who could ask for this now. */
  prepare(request: RequestName): (() => Promise<{ readonly status: number }>) | null {
    const { site } = this
    this.turn += 1
    if (request === 'front') {
      const send = this.senders[this.turn % this.size]!
      return () => send({ method: 'GET', path: site.assignmentPath })
    }
    if (request === 'start') {
      const index = this.next
      if (index >= this.size) return null
      this.next += 1
      return async () => {
        const path = `/api/assignments/${site.assignmentId}/attempts`
        const answer = await this.senders[index]!({ method: 'POST', path })
        if (answer.status === 200)
          this.attempts.set(index, (JSON.parse(answer.body) as { attemptId: string }).attemptId)
        return answer
      }
    }
    const working = [...this.attempts.entries()]
    const chosen = working[request === 'submit' ? 0 : (this.turn * 7919) % Math.max(1, working.length)]
    if (!chosen) return null
    const [index, attemptId] = chosen
    const send = this.senders[index]!
    const part = site.parts[this.turn % site.parts.length]!
    switch (request) {
      case 'page':
        return () => send({ method: 'GET', path: `${site.assignmentPath}/questions/${1 + (this.turn % 30)}` })
      case 'read':
        return () => send({ method: 'GET', path: `/api/attempts/${attemptId}/time` })
      case 'submit':
        this.attempts.delete(index)
        return () => send({ method: 'POST', path: `/api/attempts/${attemptId}/submit` })
      case 'save': {
        const key = `${attemptId}/${part.id}`
        const revision = (this.revisions.get(key) ?? 0) + 1
        this.revisions.set(key, revision)
        const optionIds = [part.options[this.turn % part.options.length]!.id]
        const body = { optionIds, clientId: 'bench', revision }
        return () => send({ method: 'PUT', path: `/api/attempts/${attemptId}/answers/${part.id}`, body })
      }
    }
  }
}

async function must(work: (() => Promise<{ readonly status: number }>) | null, what: string): Promise<void> {
  const { status } = (await work?.()) ?? { status: 0 }
  if (status !== 200) throw new Error(`${what} was answered ${status}`)
}

/** How many requests of each kind are measured by themselves, in this order. */
const measured: readonly (readonly [RequestName, (students: number) => number])[] = [
  ['front', () => 80],
  ['start', (students) => students],
  ['page', () => 160],
  ['read', () => 300],
  ['save', () => 2000],
  ['submit', (students) => students],
]
/** So few at once that none waits for long, whatever else the machine does. */
const AT_ONCE = 3

/** Asks for each kind by itself and reads what the processes used: processor time, which other work hardly changes. */
export async function measureCosts(site: Site, cohort: Cohort): Promise<MeasuredCosts> {
  const costs: Partial<Record<RequestName, Cost & { readonly students: number }>> = {}
  for (const [request, countFor] of measured) {
    const count = countFor(cohort.size)
    // The first ones load the code.
    if (request !== 'start' && request !== 'submit')
      for (let index = 0; index < 20; index += 1) await must(cohort.prepare(request), request)
    let left = count
    const ask = async () => {
      while (left-- > 0) await must(cohort.prepare(request), request)
    }
    const use = await watched(site, async () => {
      await Promise.all(Array.from({ length: AT_ONCE }, ask))
    })
    costs[request] = {
      web: use.web.reduce((sum, used) => sum + used, 0) / count,
      database: use.postgres / count,
      students: use.students / count,
    }
  }
  return costs as MeasuredCosts
}

export interface RealRun {
  /** What was really asked, when it was due. */
  readonly asked: readonly Asked[]
  /** By kind: seconds from when it was due. */
  readonly times: Readonly<Record<RequestName, readonly number[]>>
  readonly errors: number
  /** Processor seconds. */
  readonly web: number
  readonly database: number
  readonly seconds: number
  /** Processors that other work on the machine took meanwhile, on average. */
  readonly other: number
}

/** Sends everything at its time, whether or not earlier requests were answered. */
export async function play(site: Site, cohort: Cohort, planned: readonly Asked[]): Promise<RealRun> {
  const asked: Asked[] = []
  const times = Object.fromEntries(REQUESTS.map((request) => [request, [] as number[]])) as Record<
    RequestName,
    number[]
  >
  let errors = 0
  const running: Promise<void>[] = []
  const before = busyProcessors()
  const from = performance.now()
  const use = await watched(site, async () => {
    const begun = performance.now()
    for (const one of planned) {
      const due = begun + one.at * 1000
      const early = due - performance.now()
      if (early > 1) await sleep(early)
      const send = cohort.prepare(one.request)
      if (!send) continue
      asked.push(one)
      running.push(
        send().then(
          ({ status }) => {
            times[one.request].push((performance.now() - due) / 1000)
            if (status !== 200) errors += 1
          },
          () => {
            errors += 1
          },
        ),
      )
    }
    await Promise.all(running)
  })
  const seconds = (performance.now() - from) / 1000
  const web = use.web.reduce((sum, used) => sum + used, 0)
  const busy = busyProcessors() - before
  const other = Math.max(0, (busy - web - use.postgres - use.students) / seconds)
  return { asked, times, errors, web, database: use.postgres, seconds, other }
}

/** @returns seconds that the machine's processors have worked; Linux only. */
function busyProcessors(): number {
  const [, ...ticks] = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.trim().split(/\s+/)
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, soft = 0, stolen = 0] = ticks.map(Number)
  return (user + nice + system + interrupts + soft + stolen) / 100
}

export function machineName(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}`
}
