import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AnswerSaving,
  beginSaving,
  choose,
  dueParts,
  failSending,
  type SaveResponse,
  settle,
  startSending,
  unsentParts,
} from '@/lib/attempts/answer-saving'
import { retryDelay } from '@/lib/attempts/retry-pause'
import type { QuestionPart } from '@/lib/questions/content'
import type { Transport } from './exchange'
import type { Ledger } from './ledger'

/** How fast simulated time runs: a student's retries wait this share of what a browser's do. */
const HURRY = 0.15

/** Repeats until there is an answer, as a person does who presses a button again. */
async function insist<Body>(send: Transport, path: string): Promise<Body> {
  for (let failures = 1; ; failures++) {
    try {
      const { status, body } = await send({ method: 'POST', path })
      if (status === 200) return JSON.parse(body) as Body
      if (status < 500 && status !== 429) throw new RefusedError(`${path}: ${status} ${body}`)
    } catch (error) {
      if (error instanceof RefusedError) throw error
    }
    await sleep(retryDelay(failures, 0, Math.random()) * HURRY)
  }
}

/** The server said no to what it should accept. */
export class RefusedError extends Error {}

export async function startAttempt(send: Transport, assignmentId: string): Promise<string> {
  return (await insist<{ attemptId: string }>(send, `/api/assignments/${assignmentId}/attempts`)).attemptId
}

export async function submit(send: Transport, attemptId: string): Promise<string> {
  return (await insist<{ receipt: string }>(send, `/api/attempts/${attemptId}/submit`)).receipt
}

/**
 * One device of a student: the browser's own state machine over a network. Every acknowledgement goes into the ledger.
 */
export class Device {
  private saving: AnswerSaving
  private readonly work = new Set<Promise<void>>()

  constructor(
    private readonly attemptId: string,
    private readonly name: string,
    private readonly parts: readonly QuestionPart[],
    private readonly send: Transport,
    private readonly ledger: Ledger,
  ) {
    this.saving = beginSaving(
      parts.map((part) => part.id),
      {},
      {},
    )
  }

  /** Chooses something for the part, and sends it as the page does. */
  choose(part: QuestionPart, random: () => number): void {
    const before = this.saving
    this.saving = choose(before, part.id, selectionFor(part, random), this.name)
    if (this.saving !== before) this.sendDue()
  }

  /** Waits until the server has acknowledged everything. */
  async settled(): Promise<void> {
    while (unsentParts(this.saving).length > 0 || this.work.size > 0) {
      if (this.saving.halt) throw new RefusedError(`${this.name}: saving stopped, ${this.saving.halt}`)
      this.sendDue()
      await (this.work.size > 0 ? Promise.race(this.work) : sleep(20))
    }
  }

  /** What the student sees as saved, by part id. */
  shown(): ReadonlyMap<string, readonly string[]> {
    return new Map(this.parts.map(({ id }) => [id, this.saving.parts[id]!.shown.optionIds]))
  }

  private sendDue(): void {
    for (const partId of dueParts(this.saving).slice(0, Math.max(0, 4 - this.work.size))) {
      const sending = this.save(partId).finally(() => this.work.delete(sending))
      this.work.add(sending)
    }
  }

  private async save(partId: string): Promise<void> {
    this.saving = startSending(this.saving, partId)
    const choice = this.saving.parts[partId]!.sending!
    const { optionIds, revision, clientId } = choice
    try {
      const path = `/api/attempts/${this.attemptId}/answers/${partId}`
      const answer = await this.send({ method: 'PUT', path, body: { optionIds, revision, clientId } })
      if (answer.status === 200) {
        const response = JSON.parse(answer.body) as SaveResponse
        this.ledger.acknowledge(this.attemptId, partId, choice, response)
        this.saving = settle(this.saving, partId, response)
        return
      }
      if (answer.status < 500 && answer.status !== 429)
        this.ledger.refuse(`${path}: ${answer.status} ${answer.body}`)
    } catch {
      // No answer: it is sent again.
    }
    this.saving = failSending(this.saving, partId, 'network')
    await sleep(retryDelay(this.saving.failures, 0, Math.random()) * HURRY)
  }
}

function selectionFor({ selection, options }: QuestionPart, random: () => number): string[] {
  const ids = options.map((option) => option.id)
  const count = selection.kind === 'one' ? 1 : selection.kind === 'count' ? selection.count : undefined
  if (count === undefined) return ids.filter(() => random() < 0.5)
  const chosen = new Set<string>()
  while (chosen.size < count) chosen.add(ids[Math.floor(random() * ids.length)]!)
  return ids.filter((id) => chosen.has(id))
}
