import type { AccountState } from '@/lib/people/view'

/** @param invitation null: the account has been entered */
export function accountStateOf(
  invitation: { readonly courseId: string | null; readonly expiresAt: Date } | null,
  courseId: string,
  now: Date,
): AccountState {
  if (!invitation) return { kind: 'entered' }
  return invitation.courseId === courseId
    ? {
        kind: 'invited',
        expiresAt: invitation.expiresAt.toISOString(),
        expired: invitation.expiresAt <= now,
      }
    : { kind: 'invited-elsewhere' }
}
