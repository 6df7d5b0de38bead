import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** A part of the page that scrolls by itself. Keys reach and scroll it too (WCAG 2.2, 2.1.1), also where nothing in it can be pressed. */
export function Scrolling({
  label,
  className,
  children,
}: {
  /** What is in it, said where the focus comes to it. */
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div role="group" aria-label={label} tabIndex={0} className={clsx('overflow-auto', className)}>
      {children}
    </div>
  )
}
