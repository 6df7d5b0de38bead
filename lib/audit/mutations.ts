import type { Prisma } from '@/lib/database/generated/client'
import { currentRequest } from '@/lib/request-context'

export type AuditAction =
  | 'attempt.reopen'
  | 'attempt.start'
  | 'attempt.submit'
  | 'demo-class.add'
  | 'demo-class.remove'
  | 'attempt.submit-ended'
  | 'course.sections'
  | 'answer-file.import'
  | 'assignment.schedule'
  | 'session.revoke'
  | 'student.preview'
  | 'student.schedule'
  | 'question.publish'
  | 'seed.assignment'
  | 'seed.question'
  | 'sign-in.failed'
  | 'sign-in.throttled'
  | 'sign-in.first'

export interface AuditEntry {
  /** null: nobody in particular (a command, somebody not signed in). */
  readonly actorId: string | null
  readonly action: AuditAction
  /** What it was done to: `attempt:ID`. */
  readonly subject: string
  /** Whose place the actor takes, as where staff see a page as a student does. By default whose the request names. */
  readonly actingAs?: `user:${string}`
  readonly before?: Prisma.InputJsonValue
  readonly after?: Prisma.InputJsonValue
}

type AuditRow = Omit<AuditEntry, 'actingAs'> & {
  readonly requestId: string | null
  readonly actingAs: string | null
}

/** A client or an open transaction of either client. */
export interface AuditWriter {
  readonly auditEvent: { createMany(query: { data: AuditRow[] }): PromiseLike<unknown> }
}

/**
 * Adds lines to the history, each with the request that it comes from. Call it in the transaction of the change, so that
 * there is neither without the other.
 */
export async function recordAudit(transaction: AuditWriter, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  const request = currentRequest()
  await transaction.auditEvent.createMany({
    data: entries.map((entry) => ({
      ...entry,
      requestId: request?.requestId ?? null,
      actingAs: entry.actingAs ?? (entry.actorId === null ? (request?.actingAs ?? null) : null),
    })),
  })
}
