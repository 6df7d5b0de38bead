'use client'

import { PageRow, type RowPage } from '@/app/components/page-row'
import { type Action, mayRole, type Role } from '@/lib/auth/permissions'
import { useDeskMessages } from './use-desk-messages'

interface StaffPage extends RowPage {
  /** What one must be allowed to do for the page to open. */
  readonly action: Action
}

/** The staff pages of an assignment that the role may open. */
export function StaffNavigation({
  address,
  role,
  appeals,
}: {
  address: string
  role: Role
  /** How many questions about scores wait for an answer. */
  appeals: number
}) {
  const { navigation } = useDeskMessages()
  const pages: readonly StaffPage[] = [
    { href: address, label: navigation.overview, action: 'assignment.overview' },
    {
      href: `${address}/scores`,
      label: navigation.scores,
      action: 'assignment.overview',
      within: [`${address}/students`],
    },
    { href: `${address}/statistics`, label: navigation.statistics, action: 'assignment.statistics' },
    {
      href: `${address}/appeals`,
      label: navigation.appeals,
      action: 'appeal.answer',
      within: [`${address}/appeals/`],
      ...(appeals > 0 && { waiting: { count: appeals, name: navigation.waiting(appeals) } }),
    },
    {
      href: `${address}/regrades`,
      label: navigation.regrades,
      action: 'regrade.draft',
      within: [`${address}/regrades/`],
    },
    { href: `${address}/evidence`, label: navigation.evidence, action: 'evidence.read' },
    {
      href: `${address}/studio`,
      label: navigation.studio,
      action: 'question.read-key',
      within: [`${address}/studio/`],
    },
    { href: `${address}/sections`, label: navigation.sections, action: 'course.sections' },
    { href: `${address}/dates`, label: navigation.dates, action: 'assignment.schedule' },
    { href: `${address}/settings`, label: navigation.settings, action: 'assignment.settings' },
    { href: `${address}/receipts`, label: navigation.receipts, action: 'receipt.verify' },
    { href: `${address}/audit`, label: navigation.audit, action: 'assignment.audit' },
    {
      href: address.replace(/\/[^/]+\/staff$/, '/staff'),
      label: navigation.course,
      action: 'assignment.overview',
    },
  ]
  return <PageRow label={navigation.label} pages={pages.filter(({ action }) => mayRole(role, action))} />
}
