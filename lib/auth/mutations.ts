import { recordAudit } from '@/lib/audit/mutations'
import type { StudentAccess, Viewer } from '@/lib/auth/gate'
import { longestPassword, verifyPassword } from '@/lib/auth/password'
import { forgottenAfter, type ThrottleScope, throttleKeys, throttleRules, waitsOf } from '@/lib/auth/throttle'
import { staffDatabase } from '@/lib/database/staff'
import { environment } from '@/lib/environment'

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly viewer: Viewer }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'throttled'; readonly seconds: number }

/**
 * Checks an email and a password. Failures are counted before the password is looked at, so that many tries at once
 * get no more guesses than one after the other.
 * @param address of the caller's machine, as far as it is known.
 */
export async function signInWithPassword(
  email: string,
  password: string,
  address: string,
): Promise<SignInOutcome> {
  const account = email.trim().toLowerCase()
  const keys = throttleKeys(account, address)
  // One after the other: what a counter has turned away is no try for the next one. Else one machine that goes on while
  // it waits would shut the account for its owner everywhere, and a class behind a shut address each of its accounts.
  const seconds =
    (await currentWait(keys.address)) ||
    (await countFailure('pair', keys.pair)) ||
    (await countFailure('account', keys.account))
  if (seconds > 0) return { kind: 'throttled', seconds }

  const user = await staffDatabase.user.findUnique({ where: { email: account } })
  const usable = password.length <= longestPassword ? password : ''
  // The demo accounts' passwords are public: where demo mode is off they are no accounts, also before seeding removed them.
  const admitted = user?.demo && !environment().demo ? null : user
  const right = await verifyPassword(admitted?.passwordHash ?? null, usable)
  if (!admitted || !right) {
    await countFailure('address', keys.address)
    await recordAudit(staffDatabase, {
      actorId: user?.id ?? null,
      action: 'sign-in.failed',
      subject: user ? `user:${user.id}` : `sign-in:${keys.account.slice(0, 16)}`,
    })
    return { kind: 'wrong' }
  }
  await forgetFailures(keys)
  return { kind: 'signed-in', viewer: { userId: admitted.id, name: admitted.name, email: admitted.email } }
}

/**
 * Counts one failure, unless the counter is waiting already. One statement, so that tries at once wait for each other.
 * @returns seconds that this try must wait; 0: it may go on.
 */
async function countFailure(scope: ThrottleScope, key: string): Promise<number> {
  const waits = waitsOf(throttleRules[scope])
  const counted = await staffDatabase.$queryRaw<object[]>`
    INSERT INTO "SignInThrottle" AS counter (key, failures, "lastFailedAt")
    VALUES (${key}, 1, now() AT TIME ZONE 'UTC')
    ON CONFLICT (key) DO UPDATE
      SET (failures, "lastFailedAt", "blockedUntil") = (
        SELECT n, now() AT TIME ZONE 'UTC',
               now() AT TIME ZONE 'UTC' + make_interval(secs => nullif((${waits}::int[])[least(n, ${waits.length}::int)], 0))
        FROM (
          SELECT CASE
            WHEN counter."lastFailedAt" < now() AT TIME ZONE 'UTC' - make_interval(secs => ${forgottenAfter}) THEN 1
            ELSE counter.failures + 1
          END AS n
        ) AS counted
      )
      WHERE counter."blockedUntil" IS NULL OR counter."blockedUntil" <= now() AT TIME ZONE 'UTC'
    RETURNING key`
  return counted.length > 0 ? 0 : Math.max(1, await currentWait(key))
}

/**
 * Whoever gets in had mistyped: their failures no longer count for the address, or a school behind one address would shut
 * itself out. Guesses at the accounts of others stay counted.
 */
async function forgetFailures({ pair, account, address }: ReturnType<typeof throttleKeys>): Promise<void> {
  await staffDatabase.$executeRaw`
    WITH forgotten AS (
      DELETE FROM "SignInThrottle" WHERE key IN (${pair}, ${account}) RETURNING key, failures
    )
    UPDATE "SignInThrottle" counter SET failures = greatest(0, counter.failures - (forgotten.failures - 1))
    FROM forgotten WHERE forgotten.key = ${pair} AND counter.key = ${address}`
}

async function currentWait(key: string): Promise<number> {
  const counter = await staffDatabase.signInThrottle.findUnique({ where: { key } })
  if (!counter?.blockedUntil) return 0
  return Math.max(0, Math.ceil((counter.blockedUntil.getTime() - Date.now()) / 1000))
}

/**
 * Finds or makes the account of somebody whom an institution vouches for. Being signed in gives no course: an
 * instructor enrols the email.
 * @returns null when the email belongs to a demo account, which no institution may take over.
 */
export async function signInThroughInstitution(email: string, name: string): Promise<Viewer | null> {
  const account = email.trim().toLowerCase()
  return staffDatabase.$transaction(async (transaction) => {
    const existing = await transaction.user.findUnique({ where: { email: account } })
    if (existing?.demo) return null
    const user = existing ?? (await transaction.user.create({ data: { email: account, name } }))
    if (!existing)
      await recordAudit(transaction, {
        actorId: user.id,
        action: 'sign-in.first',
        subject: `user:${user.id}`,
      })
    // Whoever is vouched for has entered: a link into the account is needed no more.
    await transaction.invitation.deleteMany({ where: { userId: user.id } })
    return { userId: user.id, name: user.name, email: user.email }
  })
}

/** Ends every session of the viewer, at once and in every process. */
export function revokeSessions({ userId }: Viewer): Promise<void> {
  return endSessions(userId, { actorId: userId, subject: `user:${userId}` })
}

/** Ends every session of a student of the course. What waits on the student's devices stays there. */
export function revokeSessionsOfStudent(access: StudentAccess<'student.sign-out'>): Promise<void> {
  const { studentId, assignmentId, viewer } = access
  const subject = `assignment:${assignmentId} user:${studentId}`
  return endSessions(studentId, { actorId: viewer.userId, subject })
}

/**
 * For the command line: ends every session of these accounts.
 * @returns addresses that no account has; then nobody was signed out.
 */
export async function revokeSessionsByEmail(emails: readonly string[]): Promise<readonly string[]> {
  const wanted = new Set(emails.map((email) => email.trim().toLowerCase()))
  const users = await staffDatabase.user.findMany({ where: { email: { in: [...wanted] } } })
  for (const { email } of users) wanted.delete(email)
  if (wanted.size > 0) return [...wanted]
  for (const { id } of users) await endSessions(id, { actorId: null, subject: `user:${id}` })
  return []
}

async function endSessions(
  userId: string,
  entry: { readonly actorId: string | null; readonly subject: string },
): Promise<void> {
  await staffDatabase.$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: userId }, data: { sessionsValidFrom: new Date() } })
    await recordAudit(transaction, { ...entry, action: 'session.revoke' })
  })
}

/** A site operator as the command line lists them. */
export interface OperatorLine {
  readonly name: string
  readonly email: string
}

/** For the command line. */
export function listOperators(): Promise<OperatorLine[]> {
  return staffDatabase.user.findMany({
    where: { operator: true },
    orderBy: { email: 'asc' },
    select: { name: true, email: true },
  })
}

/**
 * For the command line: gives an account the rights of a site operator, or takes them.
 * @returns the account; null when there is none of this email
 */
export async function setOperator(
  email: string,
  operator: boolean,
): Promise<{ readonly userId: string } | null> {
  return staffDatabase.$transaction(async (transaction) => {
    const user = await transaction.user.findUnique({ where: { email: email.trim().toLowerCase() } })
    if (!user) return null
    if (user.operator === operator) return { userId: user.id }
    await transaction.user.update({ where: { id: user.id }, data: { operator } })
    await recordAudit(transaction, {
      actorId: null,
      action: operator ? 'operator.add' : 'operator.remove',
      subject: `user:${user.id}`,
    })
    return { userId: user.id }
  })
}
