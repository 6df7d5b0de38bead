import type { Prisma } from '@/lib/database/generated/client'
import type { StatementRunner } from '@/lib/database/statements'
import { currentRequest } from '@/lib/request-context'

export type AuditAction =
  | 'adjustment.remove'
  | 'adjustment.set'
  | 'appeal.answer'
  | 'appeal.ask'
  | 'appeal.claim'
  | 'appeal.give-back'
  | 'appeal.withdraw'
  | 'attempt.reopen'
  | 'attempt.regrade'
  | 'attempt.start'
  | 'attempt.submit'
  | 'demo-class.add'
  | 'demo-class.remove'
  | 'attempt.submit-ended'
  | 'assignment.create'
  | 'assignment.delete'
  | 'assignment.order'
  | 'assignment.settings'
  | 'course.create'
  | 'course.people'
  | 'course.sections'
  | 'course.settings'
  | 'backup.write'
  | 'invitation.accept'
  | 'invitation.make'
  | 'job.cancel'
  | 'job.retry'
  | 'operator.add'
  | 'operator.remove'
  | 'answer-file.import'
  | 'assignment.schedule'
  | 'session.revoke'
  | 'student.preview'
  | 'student.schedule'
  | 'picture.add'
  | 'picture.archive'
  | 'picture.change'
  | 'picture.remove'
  | 'variant.deal'
  | 'variant.dealing'
  | 'variant.make'
  | 'variant.remove'
  | 'variant.withdraw'
  | 'question.archive'
  | 'question.create'
  | 'question.discard'
  | 'assignment.pools'
  | 'question.copy'
  | 'question.order'
  | 'question.tags'
  | 'model.add'
  | 'model.describe'
  | 'model.pull'
  | 'model.remove'
  | 'model-swap.apply'
  | 'model-swap.discard'
  | 'model-swap.propose'
  | 'question.publish'
  | 'question.unarchive'
  | 'regrade.apply'
  | 'regrade.discard'
  | 'regrade.draft'
  | 'regrade.settings'
  | 'scores.export'
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
  if (entries.length > 0) await transaction.auditEvent.createMany({ data: entries.map(rowOf) })
}

/** As `recordAudit`, by one hand-written statement: for thousands of lines, or where no client is. */
export async function recordManyAudits(
  transaction: StatementRunner,
  entries: readonly AuditEntry[],
): Promise<void> {
  await transaction.$queryRaw`
    INSERT INTO "AuditEvent" ("actorId", action, subject, before, after, "requestId", "actingAs")
    SELECT "actorId", action, subject, before, after, "requestId", "actingAs"
    FROM jsonb_to_recordset(${JSON.stringify(entries.map(rowOf))}::jsonb)
      AS row ("actorId" text, action text, subject text, before jsonb, after jsonb, "requestId" text, "actingAs" text)`
}

function rowOf(entry: AuditEntry): AuditRow {
  const request = currentRequest()
  return {
    ...entry,
    requestId: request?.requestId ?? null,
    actingAs: entry.actingAs ?? (entry.actorId === null ? (request?.actingAs ?? null) : null),
  }
}
