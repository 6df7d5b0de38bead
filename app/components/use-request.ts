'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { ProblemBody } from '@/lib/api/problem'
import { usePreferences } from './preferences'

/** What the server refused, as far as a form shows more of it than its message. */
export type Refusal = ProblemBody & { readonly [fact: string]: unknown }

/** What the hook says itself; the rest the server says. */
export interface RequestWords {
  /** The server did not answer. */
  readonly failed: string
  /** It found fields that cannot be taken. */
  readonly invalid: string
}

/**
 * Sends what a form says, one request at a time, and shows the page anew when something was changed.
 * @returns `problem`: why the last one was refused, in words; `issueOf`: what is wrong with a field, by its path (`title.zh`)
 */
export function useRequest(words: RequestWords) {
  const router = useRouter()
  const { language } = usePreferences()
  const [working, setWorking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | 'failed' | null>(null)

  /** @param body a file as it is, or anything else as JSON. @returns the answer; null when it was refused. `refused` may take a refusal out of the usual words. */
  async function send<Reply>(
    method: 'POST' | 'PUT' | 'DELETE',
    address: string,
    body?: unknown,
    refused?: (refusal: Refusal) => boolean,
  ): Promise<Reply | null> {
    setWorking(true)
    setRefusal(null)
    try {
      const response = await fetch(address, {
        method,
        ...(body instanceof Blob
          ? { headers: { 'content-type': 'application/octet-stream' }, body }
          : body !== undefined && {
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            }),
        signal: AbortSignal.timeout(body instanceof Blob ? 600_000 : 60_000),
      })
      if (response.ok) {
        router.refresh()
        return (await response.json()) as Reply
      }
      const problem = (await response.json()) as Refusal
      if (!refused?.(problem)) setRefusal(problem)
    } catch {
      setRefusal('failed')
    } finally {
      setWorking(false)
    }
    return null
  }

  function wordRefusal(): string | null {
    if (refusal === null) return null
    if (refusal === 'failed') return words.failed
    const { code, message, requestId } = refusal
    if (code === 'invalid-request') return words.invalid
    return code === 'internal' ? `${message[language.interface]} (${requestId})` : message[language.interface]
  }

  return {
    send,
    working,
    problem: wordRefusal(),
    issueOf: (path: string): string | null =>
      (refusal !== null &&
        refusal !== 'failed' &&
        refusal.fields?.find((field) => [`body.${path}`, `query.${path}`].includes(field.path))?.issue) ||
      null,
    /** Something was changed since: what was said about the last request is old. */
    touch: () => setRefusal(null),
  }
}
