import { Problem } from '@/lib/api/problem'
import { recordAudit } from '@/lib/audit/mutations'
import type { CourseAccess } from '@/lib/auth/gate'
import { hashPassword } from '@/lib/auth/password'
import type { Prisma } from '@/lib/database/generated/client'
import { staffDatabase } from '@/lib/database/staff'
import { readInvitation } from '@/lib/invitations/data'
import { hashToken, invitationPath, newToken } from '@/lib/invitations/token'
import type { InvitationLink } from '@/lib/people/view'

/** An account to be invited. */
export interface Invitee {
  readonly userId: string
  readonly name: string
  readonly email: string
}

/**
 * Makes a link for each account, in place of the one that it had.
 * @param courseId from which they are invited; null: by an operator
 */
export async function invite(
  transaction: Prisma.TransactionClient,
  courseId: string | null,
  invitees: readonly Invitee[],
): Promise<InvitationLink[]> {
  const now = new Date()
  const made = invitees.map((invitee) => ({ ...invitee, ...newToken(now) }))
  await transaction.invitation.deleteMany({ where: { userId: { in: made.map(({ userId }) => userId) } } })
  await transaction.invitation.createMany({
    data: made.map(({ userId, tokenHash, expiresAt }) => ({ userId, courseId, tokenHash, expiresAt })),
  })
  return made.map(({ name, email, token, expiresAt }) => ({
    name,
    email,
    path: invitationPath(token),
    expiresAt: expiresAt.toISOString(),
  }))
}

/**
 * Makes new links for people of the course who have not entered their accounts yet; earlier ones end. An account that
 * another course has invited is that course's to invite, so that nobody comes into the account of somebody else's student.
 * @throws Problem `not-found`, `account-entered`: then no link is made.
 */
export async function renewInvitations(
  { courseId, viewer }: CourseAccess<'course.people'>,
  userIds: readonly string[],
): Promise<InvitationLink[]> {
  return staffDatabase.$transaction(async (transaction) => {
    const wanted = [...new Set(userIds)]
    await transaction.$queryRaw`
      SELECT "userId" FROM "Invitation" WHERE "userId" = ANY(${wanted}::text[]) ORDER BY "userId" FOR UPDATE`
    const people = await transaction.user.findMany({
      where: { id: { in: wanted }, enrollments: { some: { courseId } } },
      select: {
        id: true,
        name: true,
        email: true,
        passwordHash: true,
        invitation: { select: { courseId: true } },
        enrollments: { select: { courseId: true } },
      },
    })
    if (people.length < wanted.length)
      throw new Problem('not-found', `people of course ${courseId}: ${userIds.join(' ')}`)
    const refused = people.find(({ passwordHash, invitation, enrollments }) => {
      if (!invitation || passwordHash !== null || invitation.courseId === null) return true
      // The inviting course has let the person go: whoever has them now may invite.
      return (
        invitation.courseId !== courseId && enrollments.some((one) => one.courseId === invitation.courseId)
      )
    })
    if (refused) throw new Problem('account-entered', `user ${refused.id}`)
    const links = await invite(
      transaction,
      courseId,
      people.map(({ id, name, email }) => ({ userId: id, name, email })),
    )
    await recordAudit(transaction, {
      actorId: viewer.userId,
      action: 'invitation.make',
      subject: `course:${courseId}`,
      after: { people: people.map(({ email }) => email) },
    })
    return links
  })
}

/**
 * Sets the account's password by an invitation, once: the row that lets in goes in the same statement.
 * @returns the email to sign in with
 * @throws Problem `invitation-void` when it was used, has expired, was replaced, or never was one.
 */
export async function acceptInvitation(token: string, password: string): Promise<{ readonly email: string }> {
  // Hashing takes a moment of the processor, which nobody gets for a made-up token.
  if (!(await readInvitation(token))) throw new Problem('invitation-void')
  const passwordHash = await hashPassword(password)
  return staffDatabase.$transaction(async (transaction) => {
    const [used] = await transaction.$queryRaw<{ userId: string }[]>`
      DELETE FROM "Invitation"
      WHERE "tokenHash" = ${hashToken(token)} AND "expiresAt" > now() AT TIME ZONE 'UTC'
      RETURNING "userId"`
    if (!used) throw new Problem('invitation-void')
    // Where a password was lost, whoever may have it is signed out.
    const { email } = await transaction.user.update({
      where: { id: used.userId },
      data: { passwordHash, sessionsValidFrom: new Date() },
    })
    await recordAudit(transaction, {
      actorId: used.userId,
      action: 'invitation.accept',
      subject: `user:${used.userId}`,
    })
    return { email }
  })
}

/**
 * For the command line: makes a link into an account, which is made where there is none. Whoever uses it sets a new password,
 * and whoever was signed in is signed out: this is also how a lost password is replaced.
 * @param name of a new account
 * @returns null when there is no such account and no name to make it with
 */
export async function inviteAsOperator(email: string, name: string | null): Promise<InvitationLink | null> {
  const address = email.trim().toLowerCase()
  return staffDatabase.$transaction(async (transaction) => {
    const existing = await transaction.user.findUnique({ where: { email: address } })
    if (!existing && name === null) return null
    const user = existing ?? (await transaction.user.create({ data: { email: address, name: name! } }))
    const [link] = await invite(transaction, null, [{ userId: user.id, name: user.name, email: address }])
    await recordAudit(transaction, {
      actorId: null,
      action: 'invitation.make',
      subject: `user:${user.id}`,
    })
    return link!
  })
}
