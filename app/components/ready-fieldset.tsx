'use client'

import type { ReactNode } from 'react'
import { useInBrowser } from './local-time'

/** Holds a form's fields shut until the page listens: what is typed sooner would be lost when it begins to. */
export function ReadyFieldset({ children }: { children: ReactNode }) {
  return (
    <fieldset disabled={!useInBrowser()} className="contents">
      {children}
    </fieldset>
  )
}
