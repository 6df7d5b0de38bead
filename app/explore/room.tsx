'use client'

import { clsx } from 'clsx'
import { Check, ChevronLeft, ExternalLink, Link2 } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { copyText } from '@/app/components/copy-text'
import { useExplorerMessages } from './messages/use-explorer-messages'

/** Keeps the address of a room's page up to date with what it shows. */
export function keepAddress(path: string, query: URLSearchParams): void {
  const text = query.toString()
  const address = text ? `${path}?${text}` : path
  if (`${location.pathname}${location.search}` !== address) history.replaceState(history.state, '', address)
}

/** A room on a page of its own. */
export function RoomPage({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  const messages = useExplorerMessages()
  return (
    <main id="content" className="mx-auto w-full max-w-[1440px] px-4 pt-5 pb-20 sm:px-6 lg:px-10 lg:pt-7">
      <Link href="/explore" className="tool -ml-2 pr-3">
        <ChevronLeft size={16} aria-hidden="true" />
        {messages.rooms.title}
      </Link>
      <div className="mt-1 mb-5 flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
        <div className="flex-[1_1_20rem]">
          <h1 className="text-28 font-[620] tracking-[-0.015em]">{title}</h1>
          <p className="mt-1 max-w-[72ch] text-quiet">{lead}</p>
        </div>
        <CopyLink />
      </div>
      {children}
    </main>
  )
}

function CopyLink() {
  const messages = useExplorerMessages()
  const [copied, setCopied] = useState(false)
  return (
    <button
      type="button"
      className="button min-h-10! text-13"
      onClick={async () => {
        if (!(await copyText(location.href))) return
        setCopied(true)
        setTimeout(() => setCopied(false), 2500)
      }}
    >
      {copied ? <Check size={16} aria-hidden="true" /> : <Link2 size={16} aria-hidden="true" />}
      <span aria-live="polite">{copied ? messages.copied : messages.copyLink}</span>
    </button>
  )
}

/** From a room inside another page to the same view on its own page. */
export function OwnPageLink({ href }: { href: string }) {
  const messages = useExplorerMessages()
  return (
    <p className="mt-6">
      <a className="link inline-flex items-center gap-1.5" href={href} target="_blank" rel="noreferrer">
        {messages.openLarge}
        <ExternalLink size={15} aria-hidden="true" />
      </a>
    </p>
  )
}

/** A thin line that breathes while something is computed: what is shown stays where it is. */
export function ComputingLine({ shown }: { shown: boolean }) {
  return (
    <div
      aria-hidden="true"
      className={clsx(
        'absolute inset-x-3 top-0 h-0.5 rounded-full bg-accent transition-opacity delay-150 duration-150',
        shown ? 'animate-breathe opacity-100' : 'opacity-0',
      )}
    />
  )
}
