import { Compass } from 'lucide-react'
import Link from 'next/link'
import type { Messages } from '@/app/messages/messages'
import { Mark } from './mark'
import { HeaderControls } from './preference-controls'

/** Mark and name on the left, explorer, language, theme and account on the right, on every page. */
export function Header({ name, messages }: { name: string | null; messages: Messages }) {
  return (
    <header className="page-header sticky top-0 z-30 h-(--header-height) border-b bg-paper">
      <a
        href="#content"
        className="button absolute top-1.5 left-3 z-50 -translate-y-20 bg-raised focus:translate-y-0"
      >
        {messages.common.skip}
      </a>
      <div className="mx-auto flex h-full max-w-[1440px] items-center justify-between gap-4 px-4 sm:px-6 lg:px-10">
        <Link href="/" className="flex items-center gap-2.5 rounded-[4px]" lang="en">
          <Mark size={25} />
          <span className="text-17 font-[560] tracking-[-0.005em]">Vitrine</span>
        </Link>
        <div className="flex items-center gap-1 sm:gap-3">
          {name && (
            <Link href="/explore" prefetch={false} className="tool" data-testid="explorer-link">
              <Compass size={18} aria-hidden="true" />
              <span className="max-md:sr-only">{messages.common.explorer}</span>
            </Link>
          )}
          <HeaderControls name={name} />
        </div>
      </div>
    </header>
  )
}
