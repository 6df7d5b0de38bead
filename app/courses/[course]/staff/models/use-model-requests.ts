import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import type { ProblemBody } from '@/lib/api/problem'
import type { PullRequest } from '@/lib/models/hub/schema'
import { useModelMessages } from './use-model-messages'

/**
 * Sends changes of a course's models, one at a time, and shows the page anew when one is made.
 * @returns `problem`: why the last one was not made, in words; `sent`: per cent of the upload under way
 */
export function useModelRequests(course: string) {
  const router = useRouter()
  const words = useModelMessages()
  const { language } = usePreferences()
  const [working, setWorking] = useState(false)
  const [sent, setSent] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  /** @returns whether it was made. */
  async function perform(send: () => Promise<ProblemBody | null>, broken: string): Promise<boolean> {
    setWorking(true)
    setProblem(null)
    try {
      const refusal = await send()
      if (refusal) setProblem(refusal.message[language.interface])
      else router.refresh()
      return refusal === null
    } catch {
      setProblem(broken)
      return false
    } finally {
      setWorking(false)
      setSent(null)
    }
  }

  const send = (method: 'POST' | 'PUT' | 'DELETE', place: string, body?: unknown) =>
    perform(async () => {
      const response = await fetch(`/api/courses/${course}/${place}`, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
        signal: AbortSignal.timeout(60_000),
      })
      return response.ok ? null : ((await response.json()) as ProblemBody)
    }, words.failed)

  const change = (method: 'PUT' | 'DELETE', name: string, body?: unknown) =>
    send(method, `models/${name}`, body)

  const pull = (request: PullRequest) => send('POST', 'model-pulls', request)

  const upload = (name: string, file: File) =>
    perform(() => sendFile(course, name, file, setSent), words.broken)

  return { change, pull, upload, working, sent, problem, setProblem }
}

/** By XMLHttpRequest, which says how far it is. @returns the refusal; null when it was taken. */
function sendFile(
  course: string,
  name: string,
  file: File,
  report: (percent: number) => void,
): Promise<ProblemBody | null> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const query = new URLSearchParams({ name, file: file.name })
    request.open('POST', `/api/courses/${course}/models?${query}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => report(Math.floor((100 * loaded) / Math.max(total, 1)))
    request.onerror = () => reject(new Error('the connection broke'))
    request.onload = () => {
      if (request.status === 200) resolve(null)
      else if (request.response) resolve(request.response as ProblemBody)
      else reject(new Error(`answered ${request.status}`))
    }
    request.send(file)
  })
}
