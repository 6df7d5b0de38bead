'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useDeskMessages } from './use-desk-messages'

/** The staff pages of an assignment, side by side; on a phone the row scrolls. */
export function StaffNavigation({ address }: { address: string }) {
  const { navigation } = useDeskMessages()
  const here = usePathname()
  const pages = [
    { href: address, label: navigation.overview, within: [] },
    { href: `${address}/scores`, label: navigation.scores, within: [`${address}/students`] },
    { href: `${address}/statistics`, label: navigation.statistics, within: [] },
    { href: `${address}/evidence`, label: navigation.evidence, within: [] },
    { href: `${address}/audit`, label: navigation.audit, within: [] },
  ]
  return (
    <nav aria-label={navigation.label} className="no-print border-b">
      <ul className="mx-auto flex w-full max-w-[72rem] gap-1 overflow-x-auto px-2 sm:px-4 lg:px-8">
        {pages.map(({ href, label, within }) => {
          const current = href === here
          const inside = current || within.some((start) => here.startsWith(start))
          return (
            <li key={href} className="shrink-0">
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
