import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** What has to be known before the numbers below it are read. */
export function Notice({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <div className="mt-3 flex items-start gap-2.5 rounded-card border border-warn/40 bg-warn-soft px-4 py-2.5 text-warn">
      <Icon size={17} aria-hidden="true" className="mt-1 shrink-0" />
      <p>{children}</p>
    </div>
  )
}
