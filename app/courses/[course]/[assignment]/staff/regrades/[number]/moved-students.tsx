import { Download } from 'lucide-react'
import Link from 'next/link'
import type { MovedAttempt } from '@/lib/regrading/view'
import { formatPoints } from '@/lib/scoring/points'
import { ruleWording } from '@/lib/scoring/wording'
import type { RegradeMessages } from '../messages/messages'
import { points2 } from './effect-format'

const linesAPage = 100

/** Every attempt whose score moves, with why; a page at a time, found by name. */
export function MovedStudents({
  attempts,
  applied,
  q,
  page,
  address,
  csv,
  language,
  messages,
}: {
  attempts: readonly MovedAttempt[]
  applied: boolean
  /** What is searched for. */
  q: string
  /** 1-based. */
  page: number
  address: string
  csv: string
  language: 'zh' | 'en'
  messages: RegradeMessages
}) {
  const { students: words, effect } = messages
  const needle = q.trim().toLowerCase()
  const found = attempts.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(needle))
  const last = Math.max(1, Math.ceil(found.length / linesAPage))
  const at = Math.min(page, last)
  const from = (at - 1) * linesAPage
  const shown = found.slice(from, from + linesAPage)
  const pageAddress = (to: number) =>
    `${address}?${new URLSearchParams({ ...(q && { q }), page: String(to) })}#students`
  return (
    <section id="students" className="mt-10" aria-labelledby="moved">
      <h2 id="moved" className="text-21 font-[580]">
        {applied ? words.titleApplied : words.title}
      </h2>
      {attempts.length === 0 ? (
        <p className="case mt-4 px-6 py-10 text-center text-quiet">{effect.nothing}</p>
      ) : (
        <>
          <div className="no-print mt-3 flex flex-wrap items-center gap-3">
            <form
              method="get"
              action={`${address}#students`}
              className="flex min-w-64 flex-1 gap-2 sm:max-w-md"
            >
              <input type="search" name="q" defaultValue={q} aria-label={words.search} className="field" />
              <button type="submit" className="button shrink-0 whitespace-nowrap">
                {words.find}
              </button>
            </form>
            <a className="tool" href={csv} download>
              <Download size={15} aria-hidden="true" />
              {words.csv}
            </a>
          </div>
          {shown.length === 0 ? (
            <p className="mt-4 text-quiet">{words.noMatch}</p>
          ) : (
            <ul className="mt-4 border-t">
              {shown.map((attempt) => (
                <Line key={attempt.attemptId} attempt={attempt} language={language} words={words} />
              ))}
            </ul>
          )}
          {last > 1 && (
            <p className="no-print mt-4 flex flex-wrap items-center justify-center gap-3">
              {at > 1 && (
                <Link className="button" href={pageAddress(at - 1)}>
                  {words.previous}
                </Link>
              )}
              <span className="numbers text-13 text-quiet">
                {words.page(from + 1, from + shown.length, found.length)}
              </span>
              {at < last && (
                <Link className="button" href={pageAddress(at + 1)}>
                  {words.next}
                </Link>
              )}
            </p>
          )}
        </>
      )}
    </section>
  )
}

function Line({
  attempt,
  language,
  words,
}: {
  attempt: MovedAttempt
  language: 'zh' | 'en'
  words: RegradeMessages['students']
}) {
  const { before, after, maximumBefore, maximumAfter } = attempt
  const outOf = (maximum: number) => (maximumBefore === maximumAfter ? '' : ` / ${formatPoints(maximum)}`)
  const notes = [
    attempt.number > 1 && words.attempt(attempt.number),
    attempt.counts === false && words.notCounting,
    attempt.exported !== null && words.toSend(points2(attempt.exported)),
  ].filter(Boolean)
  return (
    <li className="border-b py-3">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <span className="min-w-0">
          <span className="font-[540]">{attempt.name}</span>{' '}
          <span className="text-13 break-all text-quiet">{attempt.email}</span>
        </span>
        <span className="numbers ml-auto whitespace-nowrap">
          <span className="text-quiet">
            {formatPoints(before, 2)}
            {outOf(maximumBefore)} →
          </span>{' '}
          <span
            className={`font-[580] ${after > before ? 'text-accent' : after < before ? 'text-wrong' : ''}`}
          >
            {formatPoints(after, 2)}
            {outOf(maximumAfter)}
          </span>
        </span>
      </div>
      {attempt.parts.map((part) => (
        <p key={part.label} className="numbers text-13 text-quiet">
          {words.chose(
            part.label,
            part.chosen,
            formatPoints(part.before),
            formatPoints(part.after),
            ruleWording[part.rule][language],
          )}
        </p>
      ))}
      {notes.length > 0 && <p className="text-13 text-quiet">{notes.join(' · ')}</p>}
    </li>
  )
}
