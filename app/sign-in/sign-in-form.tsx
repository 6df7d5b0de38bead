'use client'

import { LoaderCircle } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import { useMessages } from '@/app/components/preferences'
import type { Messages } from '@/app/messages/messages'
import type { DemoAccount } from '@/lib/auth/demo-accounts'
import { parseSignInError, type SignInError } from '@/lib/auth/sign-in-error'

type Trouble = SignInError | { readonly kind: 'missing' | 'unreachable' }

export function SignInForm({
  destination,
  demoAccounts,
  institution,
  initialError,
}: {
  destination: string
  demoAccounts: readonly DemoAccount[]
  /** Name of the institution's button; null without one. */
  institution: string | null
  initialError: string | null
}) {
  const messages = useMessages()
  const id = useId()
  const [working, setWorking] = useState(false)
  const ready = useInBrowser()
  const [trouble, setTrouble] = useState<Trouble | null>(() => parseSignInError(initialError))

  async function enter(email: string, password: string) {
    if (!email || !password) return setTrouble({ kind: 'missing' })
    setWorking(true)
    setTrouble(null)
    try {
      const { signIn } = await import('next-auth/react')
      const outcome = await signIn('credentials', { email, password, redirect: false })
      if (outcome?.ok && !outcome.error) return window.location.assign(destination)
      setTrouble(parseSignInError(outcome?.error) ?? { kind: 'unreachable' })
    } catch {
      setTrouble({ kind: 'unreachable' })
    }
    setWorking(false)
  }

  async function enterThroughInstitution() {
    setWorking(true)
    const { signIn } = await import('next-auth/react')
    await signIn('institution', { callbackUrl: destination })
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void enter(String(form.get('email')).trim(), String(form.get('password')))
  }

  return (
    <>
      {/* POST, so that a browser that sends it before the page listens cannot put a password into an address. */}
      <form method="post" onSubmit={submit} className="grid gap-4" noValidate>
        <div>
          <label htmlFor={`${id}-email`} className="mb-1.5 block text-13 font-[540]">
            {messages.signIn.email}
          </label>
          <input
            id={`${id}-email`}
            name="email"
            type="email"
            autoComplete="username"
            className="field"
            aria-invalid={trouble?.kind === 'wrong' || undefined}
            aria-describedby={`${id}-trouble`}
          />
        </div>
        <div>
          <label htmlFor={`${id}-password`} className="mb-1.5 block text-13 font-[540]">
            {messages.signIn.password}
          </label>
          <input
            id={`${id}-password`}
            name="password"
            type="password"
            autoComplete="current-password"
            className="field"
            aria-invalid={trouble?.kind === 'wrong' || undefined}
            aria-describedby={`${id}-trouble`}
          />
        </div>
        <p id={`${id}-trouble`} role="alert" className="text-13 text-wrong empty:hidden">
          {trouble ? wordTrouble(trouble, messages) : ''}
        </p>
        <button type="submit" className="button button-accent" disabled={working || !ready}>
          {working && <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />}
          {working ? messages.signIn.working : messages.signIn.submit}
        </button>
        {institution && (
          <button
            type="button"
            className="button"
            disabled={working || !ready}
            onClick={enterThroughInstitution}
          >
            {messages.signIn.institution(institution)}
          </button>
        )}
      </form>
      {demoAccounts.length > 0 && (
        <section aria-labelledby={`${id}-demo`} className="mt-10 border-t pt-6">
          <h2 id={`${id}-demo`} className="text-15 font-[560]">
            {messages.signIn.demo}
          </h2>
          <p className="mt-0.5 text-13 text-quiet">{messages.signIn.demoNote}</p>
          <ul className="mt-3 grid gap-2">
            {demoAccounts.map((account) => (
              <li key={account.email}>
                <button
                  type="button"
                  disabled={working || !ready}
                  className="flex w-full items-center justify-between gap-3 rounded-card border border-hairline bg-raised px-4 py-2.5 text-left transition-colors duration-120 hover:border-edge"
                  onClick={() => enter(account.email, account.password)}
                >
                  <span className="font-[540]">
                    {account.role ? messages.roles[account.role] : account.email}
                  </span>
                  <span className="truncate text-13 text-quiet">{account.email}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function wordTrouble(trouble: Trouble, { signIn }: Messages): string {
  switch (trouble.kind) {
    case 'throttled':
      return signIn.throttled(trouble.seconds)
    case 'unavailable':
      return signIn.unreachable
    case 'institution':
      return signIn.institutionFailed
    default:
      return signIn[trouble.kind]
  }
}
