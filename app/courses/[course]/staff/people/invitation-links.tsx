'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { copyText } from '@/app/components/copy-text'
import { CsvDownload } from '@/app/components/csv-download'
import { Scrolling } from '@/app/components/scrolling'
import type { InvitationLink } from '@/lib/people/view'
import { usePeopleMessages } from './use-people-messages'

/** Links that are told once: each to be copied, all of them as a table for a mail merge. */
export function InvitationLinks({ links }: { links: readonly InvitationLink[] }) {
  const words = usePeopleMessages()
  const [copied, setCopied] = useState<string | null>(null)
  const addressOf = ({ path }: InvitationLink) => new URL(path, window.location.origin).href
  return (
    <section className="case mt-4 px-4 py-4" aria-label={words.links}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-[580]">{words.links}</h3>
        <CsvDownload
          label={words.downloadLinks}
          fileName="invitations"
          rows={() => [
            words.linkColumns,
            ...links.map((link) => [link.name, link.email, addressOf(link), link.expiresAt]),
          ]}
        />
      </div>
      <p className="mt-1 max-w-[68ch] text-13 text-quiet">{words.linksLead(links.length)}</p>
      <Scrolling label={words.links} className="mt-2 max-h-80">
        <ul>
          {links.map((link) => (
            <li key={link.email} className="flex items-center gap-2 border-t py-1.5">
              <span className="min-w-0 flex-1">
                <span className="block font-[520]">{link.name}</span>
                <span className="block truncate text-13 text-quiet">{link.email}</span>
                <code className="block truncate text-13" data-testid="invitation-link">
                  {link.path}
                </code>
              </span>
              <button
                type="button"
                className="tool"
                aria-label={copied === link.email ? words.copied : words.copy(link.name)}
                onClick={async () => {
                  if (await copyText(addressOf(link))) setCopied(link.email)
                }}
              >
                {copied === link.email ? (
                  <Check size={16} aria-hidden="true" />
                ) : (
                  <Copy size={16} aria-hidden="true" />
                )}
              </button>
            </li>
          ))}
        </ul>
      </Scrolling>
    </section>
  )
}
