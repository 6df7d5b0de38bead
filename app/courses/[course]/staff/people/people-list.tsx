'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import { SearchField } from '@/app/components/search-field'
import { useRequest } from '@/app/components/use-request'
import { type Role, roles } from '@/lib/auth/permissions'
import { finds } from '@/lib/people/finding'
import type { InvitationLink, PersonLine } from '@/lib/people/view'
import type { SectionName } from '@/lib/sections/view'
import { InvitationLinks } from './invitation-links'
import { PersonRow } from './person-row'
import { usePeopleMessages } from './use-people-messages'

const rowsAtOnce = 50

/** Everybody in the course: search, look at some, change one, and give those who have not come a new link. */
export function PeopleList({
  course,
  people,
  sections,
}: {
  course: string
  people: readonly PersonLine[]
  sections: readonly SectionName[]
}) {
  const words = usePeopleMessages()
  const { send, working, problem } = useRequest(words)
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState<Role | 'everybody' | 'not-entered'>('everybody')
  const [limit, setLimit] = useState(rowsAtOnce)
  const [links, setLinks] = useState<readonly InvitationLink[]>([])
  const wanted = useDeferredValue(search)
  const found = useMemo(() => {
    const isFound = finds(wanted)
    return people.filter(({ name, email, role, account }) => {
      if (shown === 'not-entered' ? account.kind === 'entered' : shown !== 'everybody' && role !== shown)
        return false
      return isFound(`${name} ${email}`)
    })
  }, [people, wanted, shown])
  const invited = people.filter(({ account }) => account.kind === 'invited')
  const renew = async (userIds: readonly string[]) => {
    const reply = await send<{ invitations: InvitationLink[] }>(
      'POST',
      `/api/courses/${course}/invitations`,
      {
        userIds,
      },
    )
    if (reply) setLinks(reply.invitations)
  }
  return (
    <section className="mt-6" aria-label={words.title}>
      <div className="flex flex-wrap items-center gap-3">
        <SearchField label={words.search} hint={words.searchHint} value={search} onChange={setSearch} />
        <select
          className="field w-auto max-w-full"
          aria-label={words.show}
          value={shown}
          onChange={({ target }) => setShown(target.value as typeof shown)}
        >
          <option value="everybody">{words.everybody}</option>
          {roles.map((role) => (
            <option key={role} value={role}>
              {words.roles[role]}
            </option>
          ))}
          <option value="not-entered">{words.notEntered}</option>
        </select>
        <span className="numbers text-13 text-quiet" role="status">
          {words.count(found.length)}
        </span>
      </div>
      {invited.length > 0 && (
        <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
          <button
            type="button"
            className="button"
            disabled={working}
            onClick={() => void renew(invited.map(({ userId }) => userId))}
          >
            {words.newLinks(invited.length)}
          </button>
          <span className="text-quiet">{words.newLinksHint}</span>
        </p>
      )}
      <p role="status" className="mt-1 text-13 text-wrong empty:hidden">
        {problem}
      </p>
      {links.length > 0 && <InvitationLinks links={links} />}
      {found.length === 0 && <p className="mt-4 text-quiet">{words.nobody}</p>}
      <ul className="mt-3 border-t" aria-label={words.title}>
        {found.slice(0, limit).map((person) => (
          <PersonRow
            key={person.userId}
            course={course}
            person={person}
            sections={sections}
            onRenew={() => void renew([person.userId])}
          />
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
