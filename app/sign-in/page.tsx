import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { pageViewer } from '@/lib/auth/page-viewer'
import { Mark } from '../components/mark'
import { ForgetPerson } from '../offline/forget-person'
import { readPreferences } from '../preferences'
import { SignInForm } from './sign-in-form'
import { readSignInOptions } from './sign-in-options'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readPreferences()).messages.signIn.title }
}

export default async function SignInPage(props: PageProps<'/sign-in'>) {
  const { messages } = await readPreferences()
  const { callbackUrl, error } = await props.searchParams
  const destination = ownAddress(callbackUrl)
  if (await pageViewer()) redirect(destination)
  const { demoAccounts, institution } = readSignInOptions()
  return (
    <main
      id="content"
      className="mx-auto grid min-h-[calc(100dvh-var(--header-height))] w-full max-w-[25rem] content-center px-4 py-12 sm:px-6"
    >
      <div className="mb-8 text-center">
        <Mark size={56} className="mx-auto" />
        <h1 className="mt-4 text-28 font-[620] tracking-[-0.01em]">{messages.signIn.title}</h1>
        <p className="mx-auto mt-2 max-w-[36ch] text-quiet">{messages.signIn.lead}</p>
      </div>
      <ForgetPerson />
      <SignInForm
        destination={destination}
        demoAccounts={demoAccounts}
        institution={institution}
        initialError={typeof error === 'string' ? error : null}
      />
    </main>
  )
}

/** Only addresses of this site: a link to the sign-in page must not lead elsewhere afterwards. */
function ownAddress(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^\/(?![/\\])/.test(given) ? given : '/'
}
