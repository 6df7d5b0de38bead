'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useDatesMessages } from './messages/use-dates-messages'

type State = 'idle' | 'saving' | 'saved' | 'invalid' | 'failed'

interface Problem {
  readonly fields?: readonly { readonly path: string; readonly issue: string }[]
}

/** Sends a form to its address and keeps what the server says about each field. */
export function useSaving(address: string) {
  const messages = useDatesMessages()
  const router = useRouter()
  const [state, setState] = useState<State>('idle')
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map())

  async function save(body: unknown) {
    setState('saving')
    try {
      const response = await fetch(address, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      })
      if (response.ok) {
        setErrors(new Map())
        setState('saved')
        router.refresh()
        return
      }
      const { fields = [] } = (await response.json()) as Problem
      setErrors(new Map(fields.map(({ path, issue }) => [path.replace(/^body\./, ''), issue])))
      setState(fields.length > 0 ? 'invalid' : 'failed')
    } catch {
      setState('failed')
    }
  }

  const issues: Readonly<Record<string, string>> = messages.issues
  return {
    save,
    saving: state === 'saving',
    status: state === 'idle' || state === 'saving' ? '' : messages[state],
    failed: state === 'invalid' || state === 'failed',
    /** Something was changed since: what was said about the last save is old. */
    touch: () => setState('idle'),
    error: (path: string): string | null => {
      const issue = errors.get(path)
      return issue === undefined ? null : (issues[issue] ?? messages.wrongValue)
    },
  }
}
