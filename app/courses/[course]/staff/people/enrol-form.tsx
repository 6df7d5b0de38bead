'use client'

import { useId, useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import { Scrolling } from '@/app/components/scrolling'
import { TableFile } from '@/app/components/table-file'
import { useRequest } from '@/app/components/use-request'
import { type EnrolmentReport, largestPeopleTable, type PeopleProblem } from '@/lib/people/view'
import { wordPeopleProblem } from '@/lib/people/wording'
import { InvitationLinks } from './invitation-links'
import { usePeopleMessages } from './use-people-messages'

/** Lines of a report that are shown; the rest is counted. */
const linesShown = 200

/** Takes in a table of people, pasted or from a file: checked first, line by line, then all of it or nothing. */
export function EnrolForm({ course }: { course: string }) {
  const words = usePeopleMessages()
  const { send, working, problem, touch } = useRequest(words)
  const [table, setTable] = useState('')
  const [foreseen, setForeseen] = useState<EnrolmentReport | null>(null)
  const [done, setDone] = useState<EnrolmentReport | null>(null)
  const [fileProblem, setFileProblem] = useState('')
  const field = useId()
  const edit = (text: string) => {
    setTable(text)
    setForeseen(null)
    setDone(null)
    setFileProblem('')
    touch()
  }
  const address = `/api/courses/${course}/people`
  const check = async () => {
    setDone(null)
    setForeseen(await send<EnrolmentReport>('POST', address, { table, dryRun: true }))
  }
  const apply = async () => {
    const taken = await send<EnrolmentReport>(
      'POST',
      address,
      { table, dryRun: false },
      ({ code, lines }) => {
        if (code !== 'table-refused') return false
        // Something changed since the check.
        setForeseen((last) => last && { ...last, problems: lines as readonly PeopleProblem[] })
        return true
      },
    )
    if (!taken) return
    setDone(taken)
    setForeseen(null)
  }
  const isReady = foreseen !== null && foreseen.problems.length === 0 && foreseen.lines.length > 0
  return (
    <section className="mt-14" aria-labelledby="enrol">
      <h2 id="enrol" className="text-21 font-[580]">
        {words.enrol}
      </h2>
      <p className="mt-1 max-w-[68ch] text-quiet">{words.enrolLead}</p>
      <form
        className="mt-4 grid max-w-[68ch] gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void check()
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
            placeholder={'email,name,role,section,extra time\nmei.lin@example.org,Mei Lin,student,A,'}
            onChange={(event) => edit(event.target.value)}
          />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <TableFile words={words} most={largestPeopleTable} onText={edit} onProblem={setFileProblem} />
          <button
            type="submit"
            className={isReady ? 'button' : 'button button-accent'}
            disabled={working || table.trim() === ''}
          >
            {working ? words.working : words.check}
          </button>
          {isReady && (
            <button
              type="button"
              className="button button-accent"
              disabled={working}
              onClick={() => void apply()}
            >
              {words.apply}
            </button>
          )}
        </div>
        <div role="status">
          {fileProblem && <p className="text-wrong break-words">{fileProblem}</p>}
          {problem && <p className="text-wrong">{problem}</p>}
          {foreseen && <Report report={foreseen} />}
          {done && <p className="font-[540]">{words.done(done.lines, done.same)}</p>}
        </div>
      </form>
      {done && done.invitations.length > 0 && <InvitationLinks links={done.invitations} />}
    </section>
  )
}

/** What the table would do, or what is wrong with it. */
function Report({ report }: { report: EnrolmentReport }) {
  const words = usePeopleMessages()
  const { language } = usePreferences()
  const { lines, same, sections, problems } = report
  if (problems.length > 0)
    return (
      <>
        <p className="text-wrong">{words.problems(problems.length)}</p>
        <Scrolling label={words.problems(problems.length)} className="mt-1 max-h-60 text-13">
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.line} ${problem.issue}`} className="break-words">
                <span className="font-[560]">{words.line(problem.line)}</span>:{' '}
                {wordPeopleProblem(problem)[language.interface]}
              </li>
            ))}
          </ul>
        </Scrolling>
      </>
    )
  if (lines.length === 0) return <p>{words.nothing}</p>
  return (
    <>
      <p className="font-[540]">{words.checked(lines, same)}</p>
      {sections.length > 0 && <p>{words.makes(sections)}</p>}
      <Scrolling label={words.checked(lines, same)} className="mt-1 max-h-60 text-13">
        <ul>
          {lines.slice(0, linesShown).map(({ line, email, name, kind, role, changes }) => (
            <li key={line} className="break-words">
              <span className="font-[560]">{words.line(line)}</span>: {name}, {email} · {words.roles[role]} ·{' '}
              {[words.kinds[kind], ...changes.map(words.changed)].join(' · ')}
            </li>
          ))}
          {lines.length > linesShown && <li>{words.furtherLines(lines.length - linesShown)}</li>}
        </ul>
      </Scrolling>
    </>
  )
}
