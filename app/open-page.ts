import { forbidden, redirect } from 'next/navigation'
import { admit } from '@/lib/auth/page-viewer'

/**
 * Runs what needs the gate and turns its refusals into pages: 403 "not open to your role", 404 "nothing here",
 * and the sign-in page for a session that has ended.
 */
export async function openPage<Value>(work: () => Promise<Value>): Promise<Value> {
  const admission = await admit(work)
  if (admission.admitted) return admission.value
  if (admission.code === 'forbidden') forbidden()
  if (admission.code === 'unauthenticated') redirect('/sign-in')
  throw new Error(`The page cannot be shown: ${admission.code}`)
}
