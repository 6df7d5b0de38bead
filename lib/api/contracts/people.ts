import { z } from 'zod'
import type { Contract } from '@/lib/api/contract'
import { idSchema } from '@/lib/attempts/schema'
import { acceptanceSchema, tokenSchema } from '@/lib/invitations/schema'
import {
  enrolmentReportSchema,
  invitationLinksSchema,
  invitationRequestSchema,
  membershipSchema,
  peopleTableSchema,
} from '@/lib/people/schema'

const course = z.strictObject({ courseSlug: z.string().min(1).max(100) })
const person = course.extend({ userId: idSchema })

/** Who is in a course, and how they come into their accounts. */
export const peopleContracts = {
  enrolPeople: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/people',
    summary:
      'For instructors: enrol the people of a table with columns `email`, `name`, `role`, `section`, `extra time`: all of ' +
      'them or nobody. With `dryRun`, only say what it would do and which lines are wrong. New people get accounts, ' +
      'whose invitations are told here alone',
    access: 'signed-in',
    params: course,
    body: peopleTableSchema,
    reply: { schema: enrolmentReportSchema },
    problems: ['table-refused'],
  },
  changeMembership: {
    method: 'PUT',
    path: '/api/courses/{courseSlug}/people/{userId}',
    summary: 'For instructors: change a person’s role, section and extra time in the course',
    access: 'signed-in',
    params: person,
    body: membershipSchema,
    reply: { schema: z.object({ changed: z.literal(true) }) },
    problems: ['last-instructor'],
  },
  removePerson: {
    method: 'DELETE',
    path: '/api/courses/{courseSlug}/people/{userId}',
    summary: 'For instructors: take a person out of the course. Answers and scores stay',
    access: 'signed-in',
    params: person,
    reply: { schema: z.object({ removed: z.literal(true) }) },
    problems: ['last-instructor'],
  },
  renewInvitations: {
    method: 'POST',
    path: '/api/courses/{courseSlug}/invitations',
    summary:
      'For instructors: make new links for people who have not entered their accounts yet. Earlier links end',
    access: 'signed-in',
    params: course,
    body: invitationRequestSchema,
    reply: { schema: invitationLinksSchema },
    problems: ['account-entered'],
  },
  acceptInvitation: {
    method: 'POST',
    path: '/api/invitations/{token}',
    summary: 'Set the account’s password by an invitation, once',
    access: 'public',
    params: z.strictObject({ token: tokenSchema }),
    body: acceptanceSchema,
    reply: { schema: z.object({ email: z.string() }) },
    problems: ['invitation-void'],
  },
} as const satisfies { readonly [name: string]: Contract }
