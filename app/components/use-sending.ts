'use client'

import { useState } from 'react'
import type { ProblemBody } from '@/lib/api/problem'
import { usePreferences } from './preferences'

interface Refusal {
  /** For the person, in the language of the interface; null: the network failed. */
  readonly message: string | null
  readonly code: string | null
  /** By path below `body.`, why the server refused a field. */
  readonly fields: ReadonlyMap<string, string>
  /** Whatever else the server told. */
  readonly facts: { readonly [name: string]: unknown }
}

/** Sends what a form or a button asks for, once at a time, and keeps what the server refused. */
export function useSending() {
  const { language } = usePreferences()
  const [sending, setSending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  /** @returns what the server answers; null: it refused. */
  async function send<Answer>(
    method: 'POST' | 'PUT' | 'DELETE',
    address: string,
    body?: unknown,
  ): Promise<Answer | null> {
    setSending(true)
    setRefusal(null)
    try {
      const response = await fetch(address, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        signal: AbortSignal.timeout(120_000),
      })
      const answer: unknown = await response.json()
      if (response.ok) return answer as Answer
      const { code, message, fields = [] } = answer as ProblemBody
      setRefusal({
        code,
        message: message[language.interface],
        facts: { ...(answer as ProblemBody) },
        fields: new Map(fields.map(({ path, issue }) => [path.replace(/^body\./, ''), issue])),
      })
    } catch {
      setRefusal({ message: null, code: null, fields: new Map(), facts: {} })
    } finally {
      setSending(false)
    }
    return null
  }

  return { send, sending, refusal }
}
