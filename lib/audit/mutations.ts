import type { Prisma } from '@/lib/database/generated/client'

export type AuditAction =
  | 'attempt.start'
  | 'attempt.submit'
  | 'demo-class.add'
  | 'demo-class.remove'
  | 'attempt.submit-ended'
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
  readonly before?: Prisma.InputJsonValue
  readonly after?: Prisma.InputJsonValue
}

/** A client or an open transaction of either client. */
export interface AuditWriter {
  readonly auditEvent: { createMany(query: { data: AuditEntry[] }): PromiseLike<unknown> }
}

/** Adds lines to the history. Call it in the transaction of the change, so that there is neither without the other. */
export async function recordAudit(transaction: AuditWriter, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length > 0) await transaction.auditEvent.createMany({ data: entries })
}
