import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** The way back, over the heading of a page that belongs to another one. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="no-print -mt-3 mb-1">
      <Link href={href} prefetch={false} className="tool -ml-2">
        <ArrowLeft size={16} aria-hidden="true" />
        {children}
      </Link>
    </p>
  )
}
