import type { Metadata } from 'next'
import { BilingualText } from '@/app/components/bilingual-text'
import { Mark } from '@/app/components/mark'
import { PageState } from '@/app/components/page-state'
import { invitationDictionaries } from '@/app/messages/course-desk/invitation'
import { readPreferences } from '@/app/preferences'
import { readInvitation } from '@/lib/invitations/data'
import { tokenSchema } from '@/lib/invitations/schema'
import { InvitationForm } from './invitation-form'

/** The address is the way in: it goes to no other site, and into no search engine. */
export async function generateMetadata(): Promise<Metadata> {
  const words = invitationDictionaries[(await readPreferences()).language.interface]
  return { title: words.title, referrer: 'no-referrer', robots: { index: false } }
}

/** For somebody without a password yet: sets one, once, and signs in. */
export default async function InvitationPage(props: PageProps<'/invitations/[token]'>) {
  const { token } = await props.params
  const words = invitationDictionaries[(await readPreferences()).language.interface]
  const invited = tokenSchema.safeParse(token).success ? await readInvitation(token) : null
  if (!invited)
    return (
      <PageState title={words.voidTitle} action={{ label: words.signIn, href: '/sign-in' }}>
        <p>{words.void}</p>
      </PageState>
    )
  return (
    <main
      id="content"
      className="mx-auto grid min-h-[calc(100dvh-var(--header-height))] w-full max-w-[25rem] content-center px-4 py-12 sm:px-6"
    >
      <div className="mb-8 text-center">
        <Mark size={56} className="mx-auto" />
        <h1 className="mt-4 text-28 font-[620] tracking-[-0.01em]">{words.welcome(invited.name)}</h1>
        {invited.courses.map((course) => (
          <p key={course.en} className="mt-2 text-quiet">
            <BilingualText text={course} />
          </p>
        ))}
      </div>
      <InvitationForm token={token} email={invited.email} />
    </main>
  )
}
