import { setTimeout as sleep } from 'node:timers/promises'
import type { QuestionPart } from '@/lib/questions/content'
import { directTransport } from './exchange'
import { Ledger, type Verdict } from './ledger'
import type { Site, Victim } from './site'
import { Device, startAttempt, submit } from './student'
import { type UnreliableNetwork, unreliableNetwork } from './unreliable-network'

export interface Plan {
  /** Share of requests that meet a mishap, 0 to 1. */
  readonly mishaps: number
  /** Kills, as shares of all answers given, 0 to 1. */
  readonly kills: readonly { readonly victim: Victim; readonly at: number }[]
  /** Students who work at once. */
  readonly atOnce: number
  readonly onProgress?: (share: number) => void
}

export interface Term {
  readonly verdict: Verdict
  readonly network: UnreliableNetwork
  readonly kills: number
  readonly seconds: number
}

/** Share of the students who use two devices at the same time. */
const TWO_DEVICES = 0.1
/** Share of the answers that are changed once more. */
const SECOND_THOUGHTS = 0.25

/**
 * Everybody starts, answers every part, changes some answers and submits, over an unreliable network and while the
 * server and the database are killed. Then the ledger is compared with the database.
 */
export async function playTerm(site: Site, plan: Plan): Promise<Term> {
  const from = performance.now()
  const network = unreliableNetwork(plan.mishaps, Math.random)
  const ledger = new Ledger()
  const attemptIds: string[] = []
  const total = site.students.length * site.parts.length
  const pending = [...plan.kills].sort((a, b) => a.at - b.at)
  let given = 0
  const progress = () => {
    given++
    while (pending[0] && given >= pending[0].at * total) site.kill(pending.shift()!.victim)
    plan.onProgress?.(given / total)
  }

  const queue = [...site.students.entries()]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, { cookie }] = next
      const send = network.over(directTransport(site.address, site.agent, cookie, 8_000))
      const attemptId = await startAttempt(send, site.assignmentId)
      attemptIds.push(attemptId)
      const twice = index % Math.round(1 / TWO_DEVICES) === 0
      const devices = ['laptop', 'phone']
        .slice(0, twice ? 2 : 1)
        .map((name) => new Device(attemptId, `${name}-${index}`, site.parts, send, ledger))
      await Promise.all(
        devices.map((device, number) => answerAll(device, site.parts, number ? () => {} : progress)),
      )
      // Pressed twice at once, and once more later: there is one receipt.
      const receipts = await Promise.all([submit(send, attemptId), submit(send, attemptId)])
      receipts.push(await submit(send, attemptId))
      for (const receipt of receipts)
        ledger.submitted(attemptId, receipt, twice ? undefined : devices[0]!.shown())
    }
  }
  await Promise.all(Array.from({ length: plan.atOnce }, worker))
  await network.quiet()
  const verdict = await retried(() => ledger.compare(site.database, attemptIds, site.parts.length))
  const seconds = (performance.now() - from) / 1000
  return { verdict, network, kills: plan.kills.length - pending.length, seconds }
}

async function answerAll(
  device: Device,
  parts: readonly QuestionPart[],
  progress: () => void,
): Promise<void> {
  for (const part of parts) {
    device.choose(part, Math.random)
    progress()
    if (Math.random() < SECOND_THOUGHTS) {
      await sleep(Math.random() * 50)
      device.choose(parts[Math.floor(Math.random() * parts.length)]!, Math.random)
    }
    await sleep(Math.random() * 40)
  }
  await device.settled()
}

/** The last kill may have closed the connection that would ask. */
async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let failures = 1; ; failures++) {
    try {
      return await work()
    } catch (error) {
      if (failures === 20) throw error
      await sleep(500)
    }
  }
}
