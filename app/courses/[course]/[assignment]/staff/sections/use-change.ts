import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { ProblemBody } from '@/lib/api/problem'
import { useSectionMessages } from '../use-section-messages'

/** What the server refused, as far as a form shows more of it than its message. */
export type Refusal = ProblemBody & { readonly [fact: string]: unknown }

/**
 * Sends changes of a course's sections, one at a time, and shows the page anew when one is made.
 * @returns `problem`: why the last one was not made, in words
 */
export function useChange(course: string) {
  const router = useRouter()
  const words = useSectionMessages()
  const { language } = usePreferences()
  const [working, setWorking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  /** @returns the answer; null when it was not made. `refused` may take a refusal out of the usual words. */
  async function change<Reply>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    refused?: (refusal: Refusal) => boolean,
  ): Promise<Reply | null> {
    setWorking(true)
    setProblem(null)
    try {
      const response = await fetch(`/api/courses/${course}/${path}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        signal: AbortSignal.timeout(60_000),
      })
      if (response.ok) {
        router.refresh()
        return (await response.json()) as Reply
      }
      const refusal = (await response.json()) as Refusal
      if (!refused?.(refusal)) setProblem(wordRefusal(refusal))
    } catch {
      setProblem(words.failed)
    } finally {
      setWorking(false)
    }
    return null
  }

  function wordRefusal({ code, message, requestId }: Refusal): string {
    if (code === 'invalid-request') return words.wrongName
    return code === 'internal' ? `${message[language.interface]} (${requestId})` : message[language.interface]
  }

  return { change, working, problem }
}
