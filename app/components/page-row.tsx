'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

export interface RowPage {
  readonly href: string
  readonly label: string
  /** Further addresses that belong to it. */
  readonly within?: readonly string[]
  /** How many things wait there for somebody, and the same in words. */
  readonly waiting?: { readonly count: number; readonly name: string }
}

/** Pages side by side; on a phone the row scrolls, and the page one is on is in sight. */
export function PageRow({ label, pages }: { label: string; pages: readonly RowPage[] }) {
  const here = usePathname()
  const row = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again on every page
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>('[data-inside]')
    if (row.current && current)
      row.current.scrollLeft = current.offsetLeft - (row.current.clientWidth - current.offsetWidth) / 2
  }, [here])
  return (
    <nav aria-label={label} className="no-print border-b">
      <ul
        ref={row}
        className="relative mx-auto flex w-full max-w-[72rem] overflow-x-auto px-2 sm:px-4 lg:px-8"
      >
        {pages.map(({ href, label, within, waiting }) => {
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
                {waiting && (
                  <span className="numbers ml-1.5 rounded-full bg-accent-soft px-1.5 text-13 text-accent">
                    <span aria-hidden="true">{waiting.count}</span>
                    <span className="sr-only">{waiting.name}</span>
                  </span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
