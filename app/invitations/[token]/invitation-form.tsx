'use client'

import { useId, useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import { usePreferences } from '@/app/components/preferences'
import { useRequest } from '@/app/components/use-request'
import { invitationDictionaries } from '@/app/messages/course-desk/invitation'
import { shortestPassword } from '@/lib/invitations/password-length'

/** Sets the password of the invited account, and signs in with it. */
export function InvitationForm({ token, email }: { token: string; email: string }) {
  const words = invitationDictionaries[usePreferences().language.interface]
  const ready = useInBrowser()
  const { send, working, problem } = useRequest(words)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [entering, setEntering] = useState(false)
  const id = useId()

  async function accept(password: string, again: string) {
    setTrouble(null)
    if (password.length < shortestPassword) return setTrouble(words.invalid)
    if (password !== again) return setTrouble(words.different)
    if (!(await send('POST', `/api/invitations/${token}`, { password }))) return
    setEntering(true)
    try {
      const { signIn } = await import('next-auth/react')
      const outcome = await signIn('credentials', { email, password, redirect: false })
      // The password is set: where signing in fails all the same, the form for it says why.
      window.location.assign(outcome?.ok && !outcome.error ? '/' : '/sign-in')
    } catch {
      window.location.assign('/sign-in')
    }
  }

  return (
    // POST, so that a browser that sends it before the page listens cannot put a password into an address.
    <form
      method="post"
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        void accept(String(form.get('password')), String(form.get('again')))
      }}
    >
      <div>
        <label htmlFor={`${id}-email`} className="mb-1.5 block text-13 font-[540]">
          {words.email}
        </label>
        <input
          id={`${id}-email`}
          name="email"
          type="email"
          autoComplete="username"
          className="field text-quiet"
          value={email}
          readOnly
        />
      </div>
      <div>
        <label htmlFor={`${id}-password`} className="mb-1.5 block text-13 font-[540]">
          {words.password}
        </label>
        <input
          id={`${id}-password`}
          name="password"
          type="password"
          autoComplete="new-password"
          className="field"
          aria-describedby={`${id}-hint ${id}-trouble`}
        />
        <p id={`${id}-hint`} className="mt-1 text-13 text-quiet">
          {words.passwordHint(shortestPassword)}
        </p>
      </div>
      <div>
        <label htmlFor={`${id}-again`} className="mb-1.5 block text-13 font-[540]">
          {words.again}
        </label>
        <input
          id={`${id}-again`}
          name="again"
          type="password"
          autoComplete="new-password"
          className="field"
          aria-describedby={`${id}-trouble`}
        />
      </div>
      <p id={`${id}-trouble`} role="alert" className="text-13 text-wrong empty:hidden">
        {trouble ?? problem}
      </p>
      <button type="submit" className="button button-accent" disabled={working || entering || !ready}>
        {working || entering ? words.working : words.accept}
      </button>
    </form>
  )
}
