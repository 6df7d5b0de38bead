/** A line of the history as staff see it. */
export interface AuditLine {
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  /** null: a command, or somebody whose account is gone. */
  readonly actor: { readonly name: string; readonly email: string } | null
  /** In whose place it was done, where not as oneself: a student's name, `operator` (a command), `server`. */
  readonly actingAs: string | null
  readonly action: string
  /** What it was done to: `attempt:ID`. */
  readonly subject: string
  /** Whose attempt, or which question; null where the id says all. */
  readonly about: string | null
  readonly before: unknown
  readonly after: unknown
  /** Of the request, command or round of the worker; null in lines of older releases. */
  readonly requestId: string | null
}

export interface AuditPage {
  /** The latest first. */
  readonly lines: readonly AuditLine[]
  /** Id to go on from; null: these are the last. */
  readonly next: string | null
}
