'use client'

import { useEffect, useState } from 'react'
import type { Scoreboard } from '@/lib/scoreboard/view'

/** With the half second that the server may remember, a page in sight is two seconds behind at most. */
const pauseMs = 1400
const longestPauseMs = 30_000

/**
 * The scoreboard, kept current while the page is in sight. The browser asks with the tag of what it has, and the server
 * mostly answers that nothing has changed.
 * @returns `lost`: the server could not be reached the last time
 */
export function useScoreboard(
  initial: Scoreboard,
  assignmentId: string,
  section: string | null,
): { readonly board: Scoreboard; readonly lost: boolean } {
  const [state, setState] = useState({ board: initial, lost: false })
  useEffect(() => {
    const stop = new AbortController()
    let pause = pauseMs
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      timer = undefined
      if (document.hidden) return
      try {
        const response = await fetch(addressWith(`/api/assignments/${assignmentId}/scoreboard`, section), {
          cache: 'no-cache',
          signal: stop.signal,
        })
        if (!response.ok) throw new Error(`scoreboard: ${response.status}`)
        const board = (await response.json()) as Scoreboard
        pause = pauseMs
        setState({ board, lost: false })
      } catch {
        if (stop.signal.aborted) return
        pause = Math.min(longestPauseMs, pause * 2)
        setState(({ board }) => ({ board, lost: true }))
      }
      timer = setTimeout(ask, pause)
    }
    const look = () => {
      if (!document.hidden && timer === undefined) timer = setTimeout(ask, 0)
    }
    timer = setTimeout(ask, pause)
    document.addEventListener('visibilitychange', look)
    return () => {
      stop.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [assignmentId, section])
  return state
}

/** @returns the address that asks for a section's part of something. */
export function addressWith(path: string, section: string | null): string {
  return section === null ? path : `${path}?section=${encodeURIComponent(section)}`
}
