'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import { SearchField } from '@/app/components/search-field'
import { finds } from '@/lib/people/finding'
import { type SectionName, type SectionStudent, withoutSection } from '@/lib/sections/view'
import { useSectionMessages } from '../use-section-messages'
import { useChange } from './use-change'

const rowsAtOnce = 50

/** The students with their sections: search, choose some or all that are found, and move them. */
export function SectionMembers({
  course,
  sections,
  students,
}: {
  course: string
  sections: readonly SectionName[]
  students: readonly SectionStudent[]
}) {
  const words = useSectionMessages()
  const { change, working, problem } = useChange(course)
  const [search, setSearch] = useState('')
  const [within, setWithin] = useState('')
  const [target, setTarget] = useState(withoutSection)
  const [limit, setLimit] = useState(rowsAtOnce)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [moved, setMoved] = useState<number | null>(null)
  const wanted = useDeferredValue(search)
  const names = useMemo(() => new Map(sections.map(({ sectionId, name }) => [sectionId, name])), [sections])
  const found = useMemo(() => {
    const isFound = finds(wanted)
    return students.filter(({ name, email, sectionId }) => {
      if (within !== '' && (sectionId ?? withoutSection) !== within) return false
      return isFound(`${name} ${email}`)
    })
  }, [students, wanted, within])
  const choose = (userId: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(userId)
    else next.delete(userId)
    setChosen(next)
    setMoved(null)
  }
  return (
    <section className="mt-12" aria-labelledby="members">
      <h2 id="members" className="text-21 font-[580]">
        {words.members}
      </h2>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <SearchField label={words.search} hint={words.searchHint} value={search} onChange={setSearch} />
        <select
          className="field w-auto max-w-full"
          aria-label={words.section}
          value={within}
          onChange={(event) => setWithin(event.target.value)}
        >
          <option value="">{words.everybody}</option>
          <option value={withoutSection}>{words.none}</option>
          {sections.map(({ sectionId, name }) => (
            <option key={sectionId} value={sectionId}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <form
        className="case sticky top-2 z-10 mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 bg-paper px-4 py-2.5"
        onSubmit={async (event) => {
          event.preventDefault()
          const body = {
            sectionId: target === withoutSection ? null : target,
            userIds: [...chosen],
          }
          const reply = await change<{ moved: number }>('PUT', 'section-members', body)
          if (!reply) return
          setMoved(reply.moved)
          setChosen(new Set())
        }}
      >
        <span className="numbers text-13" role="status">
          {moved !== null ? words.moved(moved) : words.chosen(chosen.size)}
        </span>
        <button
          type="button"
          className="tool"
          disabled={found.length === 0}
          onClick={() => {
            setChosen(new Set(chosen.size > 0 ? [] : found.map(({ userId }) => userId)))
            setMoved(null)
          }}
        >
          {chosen.size > 0 ? words.chooseNobody : words.chooseFound(found.length)}
        </button>
        <span className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <select
            className="field w-auto max-w-48"
            aria-label={words.moveTo}
            value={target}
            onChange={(event) => setTarget(event.target.value)}
          >
            <option value={withoutSection}>{words.none}</option>
            {sections.map(({ sectionId, name }) => (
              <option key={sectionId} value={sectionId}>
                {name}
              </option>
            ))}
          </select>
          <button type="submit" className="button" disabled={working || chosen.size === 0}>
            {working ? words.working : words.move}
          </button>
        </span>
        {problem && <p className="w-full text-13 text-wrong">{problem}</p>}
      </form>
      {found.length === 0 && <p className="mt-4 text-quiet">{words.nobody}</p>}
      <ul className="mt-1" aria-label={words.members}>
        {found.slice(0, limit).map(({ userId, name, email, sectionId }) => (
          <li key={userId} className="border-b">
            <label className="flex min-h-12 cursor-pointer items-center gap-3 py-1.5">
              <input
                type="checkbox"
                className="tick"
                checked={chosen.has(userId)}
                onChange={(event) => choose(userId, event.target.checked)}
              />
              <span className="min-w-0 flex-1">
                <span className="font-[520]">{name}</span>
                <span className="block truncate text-13 text-quiet">{email}</span>
              </span>
              <span className={sectionId ? 'text-13' : 'text-13 text-quiet'}>
                {sectionId ? names.get(sectionId) : words.none}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.length > limit && (
        <p className="mt-4 text-center">
          <button type="button" className="button" onClick={() => setLimit(limit + rowsAtOnce)}>
            {words.more(Math.min(rowsAtOnce, found.length - limit))}
          </button>
        </p>
      )}
    </section>
  )
}
