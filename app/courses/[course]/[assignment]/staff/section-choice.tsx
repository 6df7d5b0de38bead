'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useInBrowser } from '@/app/components/local-time'
import { type SectionName, withoutSection } from '@/lib/sections/view'
import { useSectionMessages } from './use-section-messages'

/** Whose numbers a page shows, kept in its address; absent where the course has no sections. */
export function SectionChoice({
  sections,
  section,
}: {
  sections: readonly SectionName[]
  /** null: everybody. */
  section: string | null
}) {
  const words = useSectionMessages()
  const ready = useInBrowser()
  const router = useRouter()
  const here = usePathname()
  const query = useSearchParams()
  if (sections.length === 0) return null
  const choose = (chosen: string) => {
    const next = new URLSearchParams(query)
    if (chosen === '') next.delete('section')
    else next.set('section', chosen)
    router.replace(next.size > 0 ? `${here}?${next}` : here)
  }
  return (
    <label className="flex items-center gap-2 text-13 text-quiet">
      {words.section}
      <select
        className="field w-auto max-w-48 text-15 text-ink"
        value={section ?? ''}
        disabled={!ready}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{words.everybody}</option>
        {sections.map(({ sectionId, name }) => (
          <option key={sectionId} value={sectionId}>
            {name}
          </option>
        ))}
        <option value={withoutSection}>{words.none}</option>
      </select>
    </label>
  )
}
