import type pg from 'pg'
import type { Choice, SaveResponse } from '@/lib/attempts/answer-saving'

/** What the ledger and the database disagree on; all empty is what has to be. */
export interface Verdict {
  readonly acknowledgements: number
  readonly events: number
  /** Acknowledged, and not in the history or behind an older answer. */
  readonly lost: readonly string[]
  /** Stored or shown otherwise than acknowledged. */
  readonly wrong: readonly string[]
  /** Not submitted, or not scored exactly once. */
  readonly scoring: readonly string[]
  /** Refusals of what should have been accepted. */
  readonly refusals: readonly string[]
}

interface StoredAnswer {
  readonly optionIds: readonly string[]
  readonly revision: number
}

/** Writes down every acknowledgement that a student received, and compares them with the database at the end. */
export class Ledger {
  private readonly saved = new Map<string, Map<number, string>>()
  private readonly receipts = new Map<string, Set<string>>()
  private readonly shown = new Map<string, ReadonlyMap<string, readonly string[]>>()
  private readonly contradictions: string[] = []
  private readonly refusals: string[] = []
  private count = 0

  acknowledge(attemptId: string, partId: string, sent: Choice, response: SaveResponse): void {
    this.count++
    const key = `${attemptId}/${partId}`
    if (response.status !== 'superseded' && response.revision !== sent.revision)
      this.contradictions.push(`${key}: sent revision ${sent.revision}, acknowledged ${response.revision}`)
    const revisions = this.saved.get(key) ?? new Map<number, string>()
    this.saved.set(key, revisions)
    const options = response.optionIds.join()
    const known = revisions.get(response.revision)
    if (known !== undefined && known !== options)
      this.contradictions.push(
        `${key}: revision ${response.revision} acknowledged as ${known} and ${options}`,
      )
    revisions.set(response.revision, options)
  }

  refuse(what: string): void {
    this.refusals.push(what)
  }

  /** @param shown what the student's last device shows as saved */
  submitted(attemptId: string, receipt: string, shown?: ReadonlyMap<string, readonly string[]>): void {
    this.receipts.set(attemptId, (this.receipts.get(attemptId) ?? new Set()).add(receipt))
    if (shown) this.shown.set(attemptId, shown)
  }

  /** @param partCount parts of the assignment, each of which has to be scored once in every attempt */
  async compare(database: pg.Pool, attemptIds: readonly string[], partCount: number): Promise<Verdict> {
    const { rows: answers } = await database.query<StoredAnswer & { key: string }>(
      `SELECT "attemptId" || '/' || "partId" AS key, "optionIds", revision FROM "Answer"`,
    )
    const { rows: events } = await database.query<{ key: string; revision: number; options: string }>(
      `SELECT "attemptId" || '/' || "partId" AS key, revision, array_to_string("optionIds", ',') AS options
       FROM "AnswerEvent"`,
    )
    const stored = new Map(answers.map((answer) => [answer.key, answer]))
    const history = new Map(events.map(({ key, revision, options }) => [`${key}@${revision}`, options]))
    return {
      acknowledgements: this.count,
      events: events.length,
      lost: this.findLost(stored, history),
      wrong: [...this.contradictions, ...this.findWrong(stored, history, events.length)],
      scoring: await this.findUnscored(database, attemptIds, partCount),
      refusals: this.refusals,
    }
  }

  private findLost(
    stored: ReadonlyMap<string, StoredAnswer>,
    history: ReadonlyMap<string, string>,
  ): string[] {
    return [...this.saved].flatMap(([key, revisions]) => {
      const newest = Math.max(...revisions.keys())
      const held = stored.get(key)?.revision ?? 0
      const missing = [...revisions.keys()].filter((revision) => !history.has(`${key}@${revision}`))
      return [
        ...(held < newest ? [`${key}: revision ${newest} was acknowledged, ${held} is stored`] : []),
        ...missing.map((revision) => `${key}: revision ${revision} is not in the history`),
      ]
    })
  }

  private findWrong(
    stored: ReadonlyMap<string, StoredAnswer>,
    history: ReadonlyMap<string, string>,
    events: number,
  ): string[] {
    const wrong: string[] = []
    if (history.size !== events) wrong.push('a revision is twice in the history')
    for (const [key, revisions] of this.saved) {
      for (const [revision, options] of revisions) {
        const kept = history.get(`${key}@${revision}`)
        if (kept !== undefined && kept !== options)
          wrong.push(`${key}@${revision}: ${kept} is kept, ${options} was acknowledged`)
      }
    }
    for (const [attemptId, parts] of this.shown) {
      for (const [partId, optionIds] of parts) {
        const held = stored.get(`${attemptId}/${partId}`)?.optionIds ?? []
        if (held.join() !== optionIds.join())
          wrong.push(`${attemptId}/${partId}: [${held}] is stored, the student saw [${optionIds}]`)
      }
    }
    return wrong
  }

  private async findUnscored(
    database: pg.Pool,
    attemptIds: readonly string[],
    partCount: number,
  ): Promise<string[]> {
    const { rows } = await database.query<{
      id: string
      receipt: string | null
      submissions: number
      scores: number
    }>(
      `SELECT a.id, a.receipt,
         (SELECT count(*)::int FROM "AuditEvent" e WHERE e.action LIKE 'attempt.submit%' AND e.subject = 'attempt:' || a.id) AS submissions,
         (SELECT count(*)::int FROM "PartScore" p WHERE p."attemptId" = a.id) AS scores
       FROM "Attempt" a WHERE a.id = ANY($1)`,
      [attemptIds],
    )
    const found = new Map(rows.map((row) => [row.id, row]))
    return attemptIds.flatMap((id) => {
      const attempt = found.get(id)
      const receipts = [...(this.receipts.get(id) ?? [])]
      if (!attempt) return [`${id}: there is no such attempt`]
      if (attempt.submissions !== 1) return [`${id}: submitted ${attempt.submissions} times`]
      if (attempt.scores !== partCount) return [`${id}: ${attempt.scores} of ${partCount} parts are scored`]
      if (receipts.length !== 1 || receipts[0] !== attempt.receipt)
        return [`${id}: receipts ${receipts.join(' and ')} were given, ${attempt.receipt} is stored`]
      return []
    })
  }
}
