import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { Mark } from './mark'

/** A page that has something to say instead of something to show: an empty case with a sign in it. */
export function PageState({
  title,
  children,
  action,
}: {
  title: string
  children: ReactNode
  /** A link, or a button of the page's own. */
  action: { readonly label: string; readonly href: string } | ReactElement
}) {
  const link =
    'href' in action ? (
      <Link href={action.href} className="button">
        {action.label}
      </Link>
    ) : (
      action
    )
  return (
    <main
      id="content"
      className="mx-auto grid min-h-[70dvh] w-full max-w-[34rem] place-content-center px-4 py-12 sm:px-6"
    >
      <div className="case px-8 py-10 text-center">
        <Mark size={44} className="mx-auto text-edge" />
        <h1 className="mt-5 text-21 font-[620]">{title}</h1>
        <div className="mx-auto mt-2 max-w-[44ch] text-quiet">{children}</div>
        <div className="mt-7 flex flex-wrap justify-center gap-3">{link}</div>
      </div>
    </main>
  )
}
