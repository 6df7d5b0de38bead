/**
 * The moment by which it is decided whether an attempt was late. Who submits does it at that moment. Where the server
 * submitted because time was over, the student's last change of an answer counts: somebody who had finished before the
 * due date, and left the rest to the server, was not late.
 */
export function handedInAt(attempt: {
  readonly submittedBy: 'STUDENT' | 'SERVER'
  readonly submittedAt: Date
  readonly startedAt: Date
  /** Within its time; null: nothing was answered in it. */
  readonly lastSavedAt: Date | null
}): Date {
  if (attempt.submittedBy === 'STUDENT') return attempt.submittedAt
  return attempt.lastSavedAt ?? attempt.startedAt
}
