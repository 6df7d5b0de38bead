'use client'

import { FileKey2, LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useId, useState } from 'react'
import { useOneLanguage } from '@/app/components/bilingual-text'
import { Moment } from '@/app/components/local-time'
import { Scrolling } from '@/app/components/scrolling'
import type { AnswerFileReport } from '@/lib/answer-files/mutations'
import type { ProblemBody } from '@/lib/api/problem'
import { formatPoints } from '@/lib/scoring/points'
import { useAnswerFileWords } from './answer-file-words'

type Asked =
  | { readonly kind: 'report'; readonly report: AnswerFileReport }
  | { readonly kind: 'problem'; readonly words: string }

/** An instructor looks into a student's answer file, sees what it would change, and decides. */
export function AnswerFileImport({ assignmentId }: { assignmentId: string }) {
  const words = useAnswerFileWords()
  const say = useOneLanguage()
  const router = useRouter()
  const id = useId()
  const [text, setText] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [acceptLate, setAcceptLate] = useState(false)
  const [working, setWorking] = useState(false)

  async function ask(file: string, apply: boolean) {
    setWorking(true)
    try {
      const response = await fetch(`/api/assignments/${assignmentId}/answer-files`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ file, apply, acceptLate }),
        signal: AbortSignal.timeout(30_000),
      })
      if (response.ok) {
        setAsked({ kind: 'report', report: (await response.json()) as AnswerFileReport })
        if (apply) router.refresh()
      } else {
        setAsked({ kind: 'problem', words: say(((await response.json()) as ProblemBody).message) })
      }
    } catch {
      setAsked({ kind: 'problem', words: words.unreachable })
    }
    setWorking(false)
  }

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    setAcceptLate(false)
    const content = await file.slice(0, 250_000).text()
    setText(content)
    await ask(content, false)
  }

  const report = asked?.kind === 'report' ? asked.report : null
  const news = report?.parts.filter(({ status }) => status === 'new').length ?? 0
  const blocked = report?.endedAt != null && !acceptLate
  return (
    <section className="mt-14" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} className="text-21 font-[580]">
        {words.title}
      </h2>
      <p className="mt-1 max-w-[68ch] text-quiet">{words.lead}</p>
      <label className="button mt-4 inline-flex has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
        {working ? (
          <LoaderCircle size={17} aria-hidden="true" className="animate-spin" />
        ) : (
          <FileKey2 size={17} aria-hidden="true" />
        )}
        {words.choose}
        <input
          type="file"
          accept="application/json,.json"
          className="sr-only"
          disabled={working}
          onChange={choose}
        />
      </label>
      <div aria-live="polite">
        {asked?.kind === 'problem' && <p className="mt-3 text-13 text-wrong">{asked.words}</p>}
        {report && (
          <div className="case mt-5 px-6 py-5">
            <p className="font-[560]">
              {report.student.name} <span className="font-normal text-quiet">{report.student.email}</span>
            </p>
            <p className="mt-0.5 text-13 text-quiet">
              {words.madeAt} <Moment iso={report.madeAt} />
            </p>
            <PartTable report={report} />
            {report.applied ? (
              <p className="mt-4">
                {words.applied(news)}{' '}
                {report.points &&
                  words.points(formatPoints(report.points.before, 2), formatPoints(report.points.after, 2))}
              </p>
            ) : (
              <>
                {report.endedAt && (
                  <label className="mt-4 flex items-start gap-3 rounded-card border border-warn/40 bg-warn-soft p-3.5">
                    <input
                      type="checkbox"
                      className="tick"
                      checked={acceptLate}
                      onChange={(event) => setAcceptLate(event.target.checked)}
                    />
                    <span>
                      <span className="block font-[560]">{words.acceptLate}</span>
                      <span className="block text-13 text-quiet">
                        {words.ended} <Moment iso={report.endedAt} />. {words.lateHint}
                      </span>
                    </span>
                  </label>
                )}
                <button
                  type="button"
                  className="button button-accent mt-4"
                  disabled={working || news === 0 || blocked}
                  onClick={() => text !== null && ask(text, true)}
                >
                  {words.apply(news)}
                </button>
              </>
            )}
          </div>
        )}
      </div>
    </section>
  )
}

function PartTable({ report }: { report: AnswerFileReport }) {
  const words = useAnswerFileWords()
  const cell = 'px-3 py-2 text-left first:pl-0'
  const listed = (ids: readonly string[]) => (ids.length > 0 ? ids.join(', ') : '–')
  return (
    <Scrolling label={words.title} className="mt-4">
      <table className="w-full min-w-[34rem] text-13">
        <thead>
          <tr className="border-b text-quiet">
            {[words.question, words.filed, words.stored, words.chosenAt, words.state].map((name) => (
              <th key={name} scope="col" className={`${cell} font-[540]`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.parts.map((part) => (
            <tr key={part.partId} className="border-b">
              <th scope="row" className={`${cell} font-[560]`}>
                {part.label}
              </th>
              <td className={`${cell} font-mono`}>{listed(part.filed)}</td>
              <td className={`${cell} font-mono text-quiet`}>{listed(part.stored)}</td>
              <td className={cell}>
                <Moment iso={part.chosenAt} />
              </td>
              <td className={cell}>{words.states[part.status]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  )
}
