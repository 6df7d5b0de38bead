'use client'

import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, Download } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { flushSync } from 'react-dom'
import { CsvDownload } from '@/app/components/csv-download'
import { useInBrowser } from '@/app/components/local-time'
import { Scrolling } from '@/app/components/scrolling'
import { SearchField } from '@/app/components/search-field'
import { Segments } from '@/app/components/segments'
import type { Scoreboard } from '@/lib/scoreboard/view'
import { useDeskMessages } from '../use-desk-messages'
import { studentRows } from './student-csv'
import { type Selection, type SortKey, selectStudents } from './student-order'
import { StudentRow } from './student-row'

const rowsAtOnce = 50

/** One row a student: search, filter, sort, and take away what is shown. */
export function StudentTable({
  board,
  exportAddress,
  address,
  fileName,
}: {
  board: Scoreboard
  /** Of the table with every part. */
  exportAddress: string
  address: string
  fileName: string
}) {
  const messages = useDeskMessages()
  const { scores, states } = messages
  const ready = useInBrowser()
  const [selection, setSelection] = useState<Selection>({
    search: '',
    state: 'all',
    sort: 'name',
    descending: false,
  })
  const [limit, setLimit] = useState(rowsAtOnce)
  useEffect(() => {
    // Paper has no button for more: what is printed is everybody who is selected.
    const showAll = () => flushSync(() => setLimit(Number.POSITIVE_INFINITY))
    window.addEventListener('beforeprint', showAll)
    return () => window.removeEventListener('beforeprint', showAll)
  }, [])
  const deferred = useDeferredValue(selection)
  const found = useMemo(() => selectStudents(board.students, deferred), [board.students, deferred])
  const change = (changed: Partial<Selection>) => {
    setSelection((before) => ({ ...before, ...changed }))
    setLimit(rowsAtOnce)
  }
  const rest = found.length - limit
  return (
    <section className="mt-12" aria-labelledby="students">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h2 id="students" className="text-21 font-[580]">
          {scores.table}{' '}
          <output className="text-15 font-normal text-quiet">
            {scores.shown(found.length, board.students.length)}
          </output>
        </h2>
        <div className="no-print -mr-2 flex flex-wrap">
          <CsvDownload
            label={scores.exportShown}
            fileName={fileName}
            rows={() => studentRows(found, board, messages)}
          />
          <a className="tool" href={exportAddress} download>
            <Download size={15} aria-hidden="true" />
            {scores.exportAll}
          </a>
        </div>
      </div>
      <div className="no-print mt-4 flex flex-wrap items-center gap-3">
        <SearchField
          label={scores.search}
          hint={scores.searchHint}
          value={selection.search}
          disabled={!ready}
          onChange={(search) => change({ search })}
        />
        <div className="max-w-full overflow-x-auto">
          <Segments
            legend={scores.filter}
            value={selection.state}
            onChange={(state) => change({ state })}
            segments={[
              { value: 'all', label: scores.all, name: scores.all },
              ...(['not-started', 'working', 'submitted'] as const).map((state) => ({
                value: state,
                label: states[state],
                name: states[state],
              })),
            ]}
          />
        </div>
      </div>
      {found.length === 0 ? (
        <p className="case mt-4 px-6 py-10 text-center text-quiet">
          {board.students.length === 0 ? scores.nobody : scores.noneFound}
        </p>
      ) : (
        <Scrolling label={scores.table} className="mt-3">
          <table className="w-full">
            <thead>
              <tr className="border-b">
                {columns.map(({ key, numeric, wide }) => (
                  <SortHeader
                    key={key}
                    label={scores[key]}
                    numeric={numeric}
                    wide={wide}
                    direction={
                      selection.sort !== key ? null : selection.descending ? 'descending' : 'ascending'
                    }
                    disabled={!ready}
                    name={scores.sortBy(scores[key])}
                    onSort={() =>
                      change({
                        sort: key,
                        descending: selection.sort === key ? !selection.descending : numeric,
                      })
                    }
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {found.slice(0, limit).map((student) => (
                <StudentRow key={student.userId} student={student} address={address} />
              ))}
            </tbody>
          </table>
        </Scrolling>
      )}
      {rest > 0 && (
        <p className="no-print mt-5 text-center">
          <button type="button" className="button" onClick={() => setLimit(limit + rowsAtOnce)}>
            {scores.more(Math.min(rest, rowsAtOnce))}
          </button>
        </p>
      )}
    </section>
  )
}

const columns: readonly { readonly key: SortKey; readonly numeric: boolean; readonly wide: boolean }[] = [
  { key: 'name', numeric: false, wide: false },
  { key: 'state', numeric: false, wide: false },
  { key: 'answered', numeric: true, wide: true },
  { key: 'score', numeric: true, wide: false },
  { key: 'time', numeric: true, wide: true },
  { key: 'started', numeric: false, wide: true },
  { key: 'submitted', numeric: false, wide: true },
]

function SortHeader({
  label,
  name,
  numeric,
  wide,
  direction,
  disabled,
  onSort,
}: {
  label: string
  name: string
  numeric: boolean
  wide: boolean
  direction: 'ascending' | 'descending' | null
  disabled: boolean
  onSort: () => void
}) {
  const Icon = direction === 'descending' ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      aria-sort={direction ?? 'none'}
      className={clsx('px-1 py-1 first:pl-0', numeric ? 'text-right' : 'text-left', wide && 'max-md:hidden')}
    >
      <button
        type="button"
        title={name}
        disabled={disabled}
        onClick={onSort}
        className={clsx(
          'inline-flex min-h-9 items-center gap-1 rounded-small px-2 text-13 font-[540] whitespace-nowrap hover:text-ink',
          direction ? 'text-ink' : 'text-quiet',
          numeric && 'flex-row-reverse',
        )}
      >
        {label}
        <Icon size={13} aria-hidden="true" className={direction ? '' : 'invisible'} />
      </button>
    </th>
  )
}
