import { z } from 'zod'
import { roles } from '@/lib/auth/permissions'
import {
  type EnrolmentReport,
  type InvitationLink,
  largestPeopleTable,
  peopleIssues,
} from '@/lib/people/view'
import { extraPercent } from '@/lib/timing/schema'

/** A table as text: separated by commas, semicolons or tabs, with a column `email` and any of the others. */
export const peopleTableSchema = z.strictObject({
  table: z.string().min(1).max(largestPeopleTable),
  /** Only say what it would do. */
  dryRun: z.boolean(),
})

const invitationLinkSchema: z.ZodType<InvitationLink> = z.object({
  name: z.string(),
  email: z.string(),
  path: z.string(),
  expiresAt: z.string(),
})

export const enrolmentReportSchema: z.ZodType<EnrolmentReport> = z.object({
  lines: z.array(
    z.object({
      line: z.int(),
      email: z.string(),
      name: z.string(),
      kind: z.enum(['account', 'enrol', 'change']),
      role: z.enum(roles),
      changes: z.array(
        z.object({ field: z.enum(['role', 'section', 'extraTime']), from: z.string(), to: z.string() }),
      ),
    }),
  ),
  same: z.int(),
  sections: z.array(z.string()),
  problems: z.array(z.object({ line: z.int(), issue: z.enum(peopleIssues), found: z.string() })),
  invitations: z.array(invitationLinkSchema),
})

export const membershipSchema = z.strictObject({
  role: z.enum(roles),
  /** Of the course; null: in none. Sections and extra time are for students: of others they are not kept. */
  sectionId: z.string().min(1).max(64).nullable(),
  extraTimePercent: extraPercent,
})

export const invitationRequestSchema = z.strictObject({
  userIds: z.array(z.string().min(1).max(64)).min(1).max(5000),
})

export const invitationLinksSchema = z.object({ invitations: z.array(invitationLinkSchema) })

export type MembershipInput = z.output<typeof membershipSchema>
