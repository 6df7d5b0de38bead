'use client'

import { LoaderCircle, RotateCcw, X } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Moment } from '@/app/components/local-time'
import { usePreferences } from '@/app/components/preferences'
import { useRequest } from '@/app/components/use-request'
import type { JobLine, JobList } from '@/lib/operations/view'
import { nameOfJob } from '../job-name'
import { useOperatorMessages } from '../use-operator-messages'

type Change = 'retries' | 'cancellations'

/** Jobs, each with its error and what can be done about it. */
export function JobLines({ jobs: { lines, more } }: { jobs: JobList }) {
  const words = useOperatorMessages()
  const { send, working, problem } = useRequest(words.requests)
  const change = (what: Change, keys: readonly string[]) =>
    send('POST', `/api/operator/jobs/${what}`, { keys })
  const failed = lines.filter(({ retryable, state }) => retryable && state !== 'retrying')
  if (lines.length === 0)
    return (
      <div className="case mt-6 px-6 py-12 text-center">
        <p className="text-17 font-[560]">{words.empty}</p>
        <p className="mt-1 text-quiet">{words.emptyLead}</p>
      </div>
    )
  return (
    <>
      {failed.length > 1 && (
        <button
          type="button"
          className="button mt-6"
          disabled={working}
          onClick={() =>
            void change(
              'retries',
              failed.map(({ key }) => key),
            )
          }
        >
          <RotateCcw size={16} aria-hidden="true" />
          {words.retryAll(failed.length)}
        </button>
      )}
      <p role="status" className="mt-3 text-13 text-wrong empty:hidden">
        {problem}
      </p>
      <ul className="mt-6 border-t">
        {lines.map((job) => (
          <Job key={job.key} job={job} working={working} onChange={(what) => void change(what, [job.key])} />
        ))}
      </ul>
      {more > 0 && <p className="mt-4 text-quiet">{words.more(more)}</p>}
    </>
  )
}

function Job({
  job,
  working,
  onChange,
}: {
  job: JobLine
  working: boolean
  onChange: (what: Change) => void
}) {
  const words = useOperatorMessages()
  const { language } = usePreferences()
  const [asking, setAsking] = useState(false)
  const { state, href, progress, failure, error } = job
  const name = nameOfJob(job, words)
  const isBad = state === 'set-aside' || state === 'failed'
  return (
    <li className="border-b py-3" data-job={job.key}>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3">
        <div className="flex min-h-9 flex-wrap items-center gap-x-3">
          <h2 className="min-w-0 text-15 font-[560] break-words">
            {href ? (
              <Link href={href} className="link" prefetch={false}>
                {name}
              </Link>
            ) : (
              name
            )}
          </h2>
          <span className={`text-13 font-[540] ${isBad ? 'text-wrong' : 'text-quiet'}`}>
            {state === 'running' && (
              <LoaderCircle size={13} aria-hidden="true" className="mr-1 inline animate-spin" />
            )}
            {words.states[state]}
          </span>
        </div>
        <span className="flex gap-1">
          {job.retryable && (
            <button type="button" className="tool" disabled={working} onClick={() => onChange('retries')}>
              <RotateCcw size={15} aria-hidden="true" />
              <span className="max-sm:sr-only">{words.retry}</span>
              <span className="sr-only"> {name}</span>
            </button>
          )}
          {job.cancelable && (
            <button type="button" className="tool" disabled={working} onClick={() => setAsking(true)}>
              <X size={15} aria-hidden="true" />
              <span className="max-sm:sr-only">{words.cancel}</span>
              <span className="sr-only"> {name}</span>
            </button>
          )}
        </span>
      </div>
      <Details job={job} />
      {progress && (
        <progress
          max={progress.total}
          value={progress.done}
          aria-label={words.progress(progress.done, progress.total)}
          className="mt-1 h-2 w-48 max-w-full accent-accent"
        />
      )}
      {failure && (
        <p className="mt-1 text-13">
          <span className="text-quiet">{words.told}</span> {failure[language.interface]}
        </p>
      )}
      {error && (
        <p className="mt-1 text-13 break-words">
          <span className="text-quiet">{words.error}</span> <code lang="en">{error}</code>
        </p>
      )}
      {asking && job.cancelable && (
        <div className="case mt-3 flex flex-wrap items-center gap-3 px-4 py-3">
          <p className="min-w-48 flex-1">{words.cancelQuestion}</p>
          <button type="button" className="button" onClick={() => setAsking(false)}>
            {words.keep}
          </button>
          <button
            type="button"
            className="button"
            disabled={working}
            onClick={() => onChange('cancellations')}
          >
            {words.cancel}
          </button>
        </div>
      )}
    </li>
  )
}

/** Kinds whose workers know no bands. */
const ofExplorationWorkers: readonly JobLine['kind'][] = ['exploration', 'corpus-index', 'look', 'model-pull']

function Details({
  job: { kind, band, state, attempts, maxAttempts, askedAt, runAt, worker },
}: {
  job: JobLine
}) {
  const words = useOperatorMessages()
  const isOfFigures = !ofExplorationWorkers.includes(kind)
  return (
    <p className="numbers mt-0.5 text-13 text-quiet">
      {isOfFigures && state !== 'failed' && <>{words.bands[band]} · </>}
      {words.asked} <Moment iso={askedAt} />
      {attempts > 0 && maxAttempts > 0 && <> · {words.attempts(attempts, maxAttempts)}</>}
      {state === 'retrying' && (
        <>
          {' '}
          · {words.again} <Moment iso={runAt} />
        </>
      )}
      {worker && <> · {words.at(worker)}</>}
    </p>
  )
}
