'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useMessages } from './preferences'

export function SignOut({ className }: { className: string }) {
  const messages = useMessages()
  const [leaving, setLeaving] = useState(false)
  async function leave() {
    setLeaving(true)
    try {
      // Loaded on demand: no other page needs it.
      const { signOut } = await import('next-auth/react')
      await signOut({ callbackUrl: '/sign-in' })
    } catch {
      setLeaving(false)
    }
  }
  return (
    <button type="button" className={className} onClick={leave} disabled={leaving}>
      <LogOut size={16} aria-hidden="true" />
      {messages.common.signOut}
    </button>
  )
}
