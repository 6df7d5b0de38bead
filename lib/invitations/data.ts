import { staffDatabase } from '@/lib/database/staff'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { hashToken } from '@/lib/invitations/token'
import { bilingualSchema } from '@/lib/questions/content'

/** Whom an invitation is for, told to whoever has its link. */
export interface Invited {
  readonly name: string
  readonly email: string
  /** Titles of the courses that the person is in. */
  readonly courses: readonly Bilingual[]
}

/** @returns null when the link was used, has expired, was replaced, or never was one. */
export async function readInvitation(token: string): Promise<Invited | null> {
  const found = await staffDatabase.invitation.findFirst({
    where: { tokenHash: hashToken(token), expiresAt: { gt: new Date() } },
    select: {
      user: {
        select: {
          name: true,
          email: true,
          enrollments: {
            select: { course: { select: { title: true } } },
            orderBy: { course: { slug: 'asc' } },
          },
        },
      },
    },
  })
  if (!found) return null
  const { name, email, enrollments } = found.user
  return { name, email, courses: enrollments.map(({ course }) => bilingualSchema.parse(course.title)) }
}
