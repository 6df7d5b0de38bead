import type { AssignmentPhase } from '@/lib/courses/view'

/** @returns whether attempts may be started and changed at `now` (server time); the closing moment is closed. */
export function assignmentPhase(
  assignment: { readonly opensAt: Date | null; readonly closesAt: Date | null },
  now: Date,
): AssignmentPhase {
  if (assignment.closesAt && now >= assignment.closesAt) return 'closed'
  if (assignment.opensAt && now < assignment.opensAt) return 'not-open'
  return 'open'
}
