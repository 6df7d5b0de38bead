'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { type Action, mayRole, type Role } from '@/lib/auth/permissions'
import { useDeskMessages } from './use-desk-messages'

interface StaffPage {
  readonly href: string
  readonly label: string
  /** What one must be allowed to do for the page to open. */
  readonly action: Action
  /** Further addresses that belong to it. */
  readonly within?: readonly string[]
}

/**
 * The staff pages of an assignment that the role may open, side by side; on a phone the row scrolls, and the page one is on
 * is in sight.
 */
export function StaffNavigation({ address, role }: { address: string; role: Role }) {
  const { navigation } = useDeskMessages()
  const here = usePathname()
  const row = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again on every page
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>('[data-inside]')
    if (row.current && current)
      row.current.scrollLeft = current.offsetLeft - (row.current.clientWidth - current.offsetWidth) / 2
  }, [here])
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
      href: `${address}/regrades`,
      label: navigation.regrades,
      action: 'regrade.draft',
      within: [`${address}/regrades/`],
    },
    { href: `${address}/evidence`, label: navigation.evidence, action: 'evidence.read' },
    { href: `${address}/sections`, label: navigation.sections, action: 'course.sections' },
    { href: `${address}/dates`, label: navigation.dates, action: 'assignment.schedule' },
    { href: `${address}/receipts`, label: navigation.receipts, action: 'receipt.verify' },
    { href: `${address}/audit`, label: navigation.audit, action: 'assignment.audit' },
  ]
  return (
    <nav aria-label={navigation.label} className="no-print border-b">
      <ul
        ref={row}
        className="relative mx-auto flex w-full max-w-[72rem] gap-1 overflow-x-auto px-2 sm:px-4 lg:px-8"
      >
        {pages.map(({ href, label, action, within }) => {
          if (!mayRole(role, action)) return null
          const current = href === here
          const inside = current || within?.some((start) => here.startsWith(start))
          return (
            <li key={href} className="shrink-0" {...(inside && { 'data-inside': '' })}>
              <Link
                href={href}
                {...(current && { 'aria-current': 'page' as const })}
                className={clsx(
                  '-mb-px flex min-h-11 items-center border-b-2 px-2 text-15 font-[540] whitespace-nowrap',
                  inside ? 'border-accent text-ink' : 'border-transparent text-quiet hover:text-ink',
                )}
              >
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
