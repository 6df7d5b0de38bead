'use client'

import { Printer } from 'lucide-react'
import { useMessages } from './preferences'

export function PrintButton() {
  const { result } = useMessages()
  return (
    <button type="button" className="button no-print" onClick={() => window.print()}>
      <Printer size={17} aria-hidden="true" />
      {result.print}
    </button>
  )
}
