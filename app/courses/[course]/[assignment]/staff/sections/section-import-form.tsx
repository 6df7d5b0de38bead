'use client'

import { useId, useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import { Scrolling } from '@/app/components/scrolling'
import { TableFile } from '@/app/components/table-file'
import type { TableProblem } from '@/lib/sections/section-table'
import { largestSectionTable, type SectionImport } from '@/lib/sections/view'
import { wordTableProblem } from '@/lib/sections/wording'
import { useSectionMessages } from '../use-section-messages'
import { useChange } from './use-change'

/** Takes in a table of emails and sections, pasted or from a file; what is wrong is said line by line. */
export function SectionImportForm({ course }: { course: string }) {
  const words = useSectionMessages()
  const { language } = usePreferences()
  const { change, working, problem } = useChange(course)
  const [table, setTable] = useState('')
  const [taken, setTaken] = useState<SectionImport | null>(null)
  const [wrong, setWrong] = useState<readonly TableProblem[]>([])
  const [fileProblem, setFileProblem] = useState('')
  const field = useId()
  const edit = (text: string) => {
    setTable(text)
    setTaken(null)
    setWrong([])
    setFileProblem('')
  }
  return (
    <section className="mt-14 max-w-[68ch]" aria-labelledby="import">
      <h2 id="import" className="text-21 font-[580]">
        {words.import}
      </h2>
      <p className="mt-1 text-quiet">{words.importLead}</p>
      <form
        className="mt-4 grid gap-3"
        onSubmit={async (event) => {
          event.preventDefault()
          setWrong([])
          const refused = ({ code, lines }: { code: string; lines?: unknown }) => {
            if (code !== 'table-refused') return false
            setWrong(lines as readonly TableProblem[])
            return true
          }
          setTaken(await change<SectionImport>('POST', 'section-members', { table }, refused))
        }}
      >
        <div>
          <label htmlFor={field} className="font-[540]">
            {words.table}
          </label>
          <p id={`${field}-hint`} className="text-13 text-quiet">
            {words.tableHint}
          </p>
          <textarea
            id={field}
            className="field numbers mt-1.5 min-h-32 py-2 font-mono text-13"
            aria-describedby={`${field}-hint`}
            value={table}
            spellCheck={false}
            placeholder={'email,section\nmei.lin@example.org,A'}
            onChange={(event) => edit(event.target.value)}
          />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <TableFile words={words} most={largestSectionTable} onText={edit} onProblem={setFileProblem} />
          <button type="submit" className="button button-accent" disabled={working || table.trim() === ''}>
            {working ? words.working : words.takeIn}
          </button>
        </div>
        <div role="status">
          {fileProblem && <p className="text-wrong break-words">{fileProblem}</p>}
          {problem && <p className="text-wrong">{problem}</p>}
          {taken && <p>{words.taken(taken.students, taken.moved, taken.made)}</p>}
          {wrong.length > 0 && (
            <>
              <p className="text-wrong">{words.wrongLines(wrong.length)}</p>
              <Scrolling label={words.wrongLines(wrong.length)} className="mt-1 max-h-60 text-13">
                <ul>
                  {wrong.map((line) => (
                    <li key={`${line.line} ${line.issue}`} className="break-words">
                      <span className="font-[560]">{words.line(line.line)}</span>:{' '}
                      {wordTableProblem(line)[language.interface]}
                    </li>
                  ))}
                </ul>
              </Scrolling>
            </>
          )}
        </div>
      </form>
    </section>
  )
}
