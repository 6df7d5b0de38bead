import type { ReactNode } from 'react'
import { Moment } from '@/app/components/local-time'
import { number } from '@/app/messages/counting'
import type { WorkerView } from '@/lib/operations/view'
import { nameOfJob } from './job-name'
import type { OperatorMessages } from './messages/messages'

/** The workers that live, each with what it computes with and why. @param at of the page, ISO 8601 */
export function WorkerList({
  workers,
  at,
  words,
}: {
  workers: readonly WorkerView[]
  at: string
  words: OperatorMessages
}) {
  return (
    <section className="mt-12" aria-labelledby="workers">
      <h2 id="workers" className="text-21 font-[580]">
        {words.workers}
      </h2>
      <p className="mt-1 text-quiet">{words.workersLead}</p>
      {workers.length === 0 ? (
        <p className="case mt-4 px-6 py-8 text-center text-quiet">{words.noWorkers}</p>
      ) : (
        <ul className="mt-4 grid gap-4 lg:grid-cols-2">
          {workers.map((worker) => (
            <li key={worker.pool} className="case min-w-0 px-5 py-4">
              <Worker worker={worker} at={at} words={words} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Worker({ worker, at, words }: { worker: WorkerView; at: string; words: OperatorMessages }) {
  const { kind, host, processId, provider, reason, obstacles, gigaflops, startedAt, seenAt, jobs } = worker
  const quietFor = Math.max(0, (Date.parse(at) - Date.parse(seenAt)) / 1000)
  return (
    <>
      <h3 className="flex flex-wrap items-baseline gap-x-2 text-17 font-[560]">
        <span className="min-w-0 break-all" lang="en">
          {host}
        </span>
        <span className="numbers text-13 font-normal text-quiet">
          {words.process(processId)} · {words.kinds[kind]}
        </span>
      </h3>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-13">
        <Fact label={words.now}>
          {jobs.length === 0
            ? words.idle
            : jobs.map((job) => (
                <span key={job.key} className="block font-[540]">
                  {nameOfJob(job, words)}
                  {job.progress && (
                    <span className="numbers font-normal text-quiet">
                      {' '}
                      · {words.progress(job.progress.done, job.progress.total)}
                    </span>
                  )}
                </span>
              ))}
        </Fact>
        {kind === 'figures' && (
          <>
            <Fact label={words.computesWith}>
              <span className="font-[540]">{provider ?? words.chosenByModel}</span>
            </Fact>
            {reason && (
              <Fact label={words.why}>
                <span lang="en">{reason}</span>
              </Fact>
            )}
            <Fact label={words.speed}>
              {gigaflops === null ? words.notMeasured : `${number(gigaflops)} GFLOP/s`}
            </Fact>
          </>
        )}
        <Fact label={words.lastSign}>{words.ago(quietFor)}</Fact>
        <Fact label={words.since}>
          <Moment iso={startedAt} />
        </Fact>
        {worker.version !== '' && <Fact label={words.version}>{worker.version}</Fact>}
      </dl>
      {obstacles.length > 0 && (
        <details className="mt-2 text-13">
          <summary className="cursor-pointer text-quiet">{words.others}</summary>
          <ul className="mt-1">
            {obstacles.map((other) => (
              <li key={other.provider} className="break-words" lang="en">
                <span className="font-[540]">{other.provider}</span>: {other.obstacle}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{label}</dt>
      <dd className="numbers min-w-0 break-words">{children}</dd>
    </>
  )
}
