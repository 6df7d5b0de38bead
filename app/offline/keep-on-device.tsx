'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { keepOnDevice, keptSince } from './device-copy'

/** Milliseconds over which a class that starts together asks for its copies. */
const SPREAD = 20_000

/**
 * Keeps the attempt on this device, and replaces a copy that is shown by the server's page when the network returns.
 * @param address of the assignment
 */
export function KeepOnDevice({
  owner,
  attemptId,
  address,
}: {
  owner: string
  attemptId: string
  address: string
}) {
  const router = useRouter()
  useEffect(() => {
    // First the owner and what the page has loaded; the documents, which the server has to draw for it, in their turn.
    const pages = [`${address}/questions/1`, `${address}/review`]
    const settled = setTimeout(() => void keepOnDevice(owner, attemptId, []), 1000)
    const turn = setTimeout(() => void keepOnDevice(owner, attemptId, pages), 5000 + Math.random() * SPREAD)
    return () => {
      clearTimeout(settled)
      clearTimeout(turn)
    }
  }, [owner, attemptId, address])
  useEffect(() => {
    if (keptSince() === null) return
    const refresh = () => router.refresh()
    window.addEventListener('online', refresh)
    return () => window.removeEventListener('online', refresh)
  }, [router])
  return null
}
