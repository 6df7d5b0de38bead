'use client'

import { LogOut, MonitorX } from 'lucide-react'
import { useState } from 'react'
import { forgetPerson } from '@/app/offline/device-copy'
import { countKeptDrafts, forgetKeptDrafts } from '@/app/offline/kept-drafts'
import { useMessages } from './preferences'
import { Sheet } from './sheet'

/**
 * Signs out; with answers or drafts of questions that are only on the device after asking. Answers stay there until their
 * student is back; drafts, which hold keys, and what else the device kept of the person go.
 */
export function SignOut({ className }: { className: string }) {
  const messages = useMessages()
  const { leave: words } = messages.saving
  const [leaving, setLeaving] = useState(false)
  const [everywhere, setEverywhere] = useState(false)
  const [waiting, setWaiting] = useState({ answers: 0, drafts: 0 })

  const stay = () => setWaiting({ answers: 0, drafts: 0 })

  async function ask(onAllDevices: boolean) {
    setLeaving(true)
    setEverywhere(onAllDevices)
    // Loaded on demand, as below: no other page needs it.
    const { readWholeOutbox } = await import('@/app/offline/storage')
    const { length: answers } = await readWholeOutbox().catch(() => [])
    const drafts = countKeptDrafts()
    if (answers + drafts === 0) return leave(onAllDevices)
    setWaiting({ answers, drafts })
    setLeaving(false)
  }

  async function leave(onAllDevices: boolean) {
    setLeaving(true)
    try {
      if (onAllDevices) {
        const response = await fetch('/api/sessions/revocation', { method: 'POST' })
        if (!response.ok) throw new Error(String(response.status))
      }
      forgetKeptDrafts()
      await forgetPerson().catch(() => {})
      const { signOut } = await import('next-auth/react')
      await signOut({ callbackUrl: '/sign-in' })
    } catch {
      setLeaving(false)
    }
  }

  return (
    <>
      <button type="button" className={className} onClick={() => ask(false)} disabled={leaving}>
        <LogOut size={16} aria-hidden="true" />
        {messages.common.signOut}
      </button>
      <button
        type="button"
        className="tool"
        onClick={() => ask(true)}
        disabled={leaving}
        aria-label={messages.common.signOutEverywhere}
        title={messages.common.signOutEverywhere}
      >
        <MonitorX size={16} aria-hidden="true" />
      </button>
      <Sheet
        open={waiting.answers + waiting.drafts > 0}
        onOpenChange={stay}
        title={waiting.answers > 0 ? words.title : words.draftsTitle}
        description={[
          waiting.answers > 0 && words.text(waiting.answers),
          waiting.drafts > 0 && words.drafts(waiting.drafts),
        ]
          .filter(Boolean)
          .join(' ')}
        place="middle"
      >
        <div className="mt-3 flex flex-wrap justify-end gap-3">
          <button
            type="button"
            className="button button-plain"
            onClick={() => leave(everywhere)}
            disabled={leaving}
          >
            {words.confirm}
          </button>
          <button type="button" className="button button-accent" onClick={stay}>
            {words.stay}
          </button>
        </div>
      </Sheet>
    </>
  )
}
