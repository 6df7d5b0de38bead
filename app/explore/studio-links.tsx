'use client'

import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import { useOneLanguage } from '@/app/components/bilingual-text'
import type { FigureSpecInput } from '@/lib/explainers/figures/spec'
import { useExplorerMessages } from './messages/use-explorer-messages'
import { type Studio, workbenchAddress } from './studio-address'

/** For instructors: what the room shows, as a figure on the workbench of an assignment of theirs. */
export function StudioLinks({ studios, spec }: { studios: readonly Studio[]; spec: FigureSpecInput }) {
  const messages = useExplorerMessages()
  const say = useOneLanguage()
  if (studios.length === 0) return null
  return (
    <ul className="mt-6 flex flex-wrap gap-3">
      {studios.map((studio) => (
        <li key={studio.address}>
          <Link href={workbenchAddress(studio, spec)} prefetch={false} className="button min-h-10! text-13">
            <FlaskConical size={16} aria-hidden="true" />
            {messages.intoFigure(say(studio.title))}
          </Link>
        </li>
      ))}
    </ul>
  )
}
