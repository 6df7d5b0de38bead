'use client'

import { LoaderCircle } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { RemovalQuestion } from '@/app/components/removal-question'
import { showBytes } from '@/app/components/show-bytes'
import type { ModelMessages } from '@/app/messages/course-desk/models'
import type { ModelState } from '@/lib/models/view'
import type { BundledModel } from './bundled-models'
import { DetailsForm } from './details-form'
import { Fact, ModelCardView } from './model-card'
import { useModelMessages } from './use-model-messages'
import { useModelRequests } from './use-model-requests'

const lookEvery = 1500

/** The course's own models, each with how far it is; the page looks again while one is being fetched or checked. */
export function ModelList({
  course,
  models,
  bundled,
  mayManage,
}: {
  course: string
  models: readonly ModelState[]
  bundled: readonly BundledModel[]
  mayManage: boolean
}) {
  const words = useModelMessages()
  const router = useRouter()
  const isMoving = models.some(({ status }) => status === 'fetching' || status === 'checking')
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, lookEvery)
    return () => clearInterval(timer)
  }, [isMoving, router])
  return (
    <section className="mt-10" aria-labelledby="own">
      <h2 id="own" className="text-21 font-[580]">
        {words.own}
      </h2>
      {models.length === 0 ? (
        <p className="case mt-4 px-6 py-8 text-center text-quiet">{words.none}</p>
      ) : (
        <ul className="mt-4 border-t">
          {models.map((model) => (
            <Model key={model.name} course={course} model={model} bundled={bundled} mayManage={mayManage} />
          ))}
        </ul>
      )}
    </section>
  )
}

type Step = 'shown' | 'editing' | 'removing'

function Model({
  course,
  model,
  bundled,
  mayManage,
}: {
  course: string
  model: ModelState
  bundled: readonly BundledModel[]
  mayManage: boolean
}) {
  const words = useModelMessages()
  const { change, pull, working, problem } = useModelRequests(course)
  const [step, setStep] = useState<Step>('shown')
  const { name, status, card, details, uses, hub } = model
  const isOpen =
    card !== null && mayManage && (status === 'details' || (step === 'editing' && status === 'ready'))
  return (
    <li className="border-b py-4" aria-label={name}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h3 className="min-w-0 text-17 font-[560] break-all">{name}</h3>
        <span className={status === 'ready' ? 'font-[540] text-quiet' : 'font-[540] text-warn'}>
          {words.statuses[status]}
        </span>
        {mayManage && status === 'fetching' && (
          <button
            type="button"
            className="tool ml-auto"
            disabled={working}
            onClick={() => void change('DELETE', name)}
          >
            {words.stopPull}
            <span className="sr-only"> {name}</span>
          </button>
        )}
        {mayManage && status !== 'fetching' && status !== 'checking' && (
          <span className="ml-auto flex gap-x-2">
            {hub && status === 'refused' && (
              <button
                type="button"
                className="tool"
                disabled={working}
                onClick={() => void pull({ name, repository: hub.repository, revision: hub.revision })}
              >
                {words.again}
                <span className="sr-only"> {name}</span>
              </button>
            )}
            {status === 'ready' && (
              <button type="button" className="tool" onClick={() => setStep('editing')}>
                {words.edit}
                <span className="sr-only"> {name}</span>
              </button>
            )}
            {uses === 0 && (
              <button type="button" className="tool" onClick={() => setStep('removing')}>
                {words.remove}
                <span className="sr-only"> {name}</span>
              </button>
            )}
          </span>
        )}
      </div>
      <p className="mt-0.5 text-13 text-quiet">
        {[broughtBy(model, words), uses > 0 && words.uses(uses)].filter(Boolean).join(' · ')}
      </p>
      <Progress model={model} />
      {card && (
        <ModelCardView name={name} card={card} classes={details.classes}>
          {(['licence', 'source', 'note'] as const).map(
            (fact) =>
              details[fact] && (
                <Fact key={fact} label={words[fact]}>
                  {details[fact]}
                </Fact>
              ),
          )}
        </ModelCardView>
      )}
      {isOpen && (
        <DetailsForm
          // Another one when the classes are named, which the form begins with.
          key={status}
          model={model}
          bundled={bundled}
          working={working}
          onSave={async (details) => {
            if (await change('PUT', name, details)) setStep('shown')
          }}
          onCancel={status === 'ready' ? () => setStep('shown') : null}
        />
      )}
      {step === 'removing' && (
        <RemovalQuestion
          question={words.removeQuestion(name)}
          words={words}
          working={working}
          onCancel={() => setStep('shown')}
          onRemove={() => void change('DELETE', name)}
        />
      )}
      <p role="status" className="text-13 text-wrong">
        {problem}
      </p>
    </li>
  )
}

function broughtBy({ uploadedBy, fileName, hub }: ModelState, words: ModelMessages): string {
  const name = uploadedBy ?? '?'
  if (!hub) return words.uploadedBy(name, fileName)
  return words.pulledBy(name, hub.repository, hub.commit?.slice(0, 12) ?? hub.revision)
}

function Progress({ model }: { model: ModelState }) {
  const words = useModelMessages()
  const { status, done, total, card, problem } = model
  if (status === 'fetching') return <Fetching model={model} />
  return (
    <div role="status" className="mt-1 text-13">
      {status === 'checking' && (
        <p className="flex items-center gap-2 text-quiet">
          <LoaderCircle size={15} aria-hidden="true" className="animate-spin" />
          {total > 0 ? words.trying(done, total) : words.checking}
        </p>
      )}
      {status === 'details' && card?.outputs && <p>{words.detailsLead(card.outputs)}</p>}
      {problem && (
        <>
          <p className="text-wrong">{words.refusals[problem.code]}</p>
          {problem.message && (
            <p className="mt-1 break-words text-quiet">
              {words.said} <span lang="en">{problem.message}</span>
            </p>
          )}
        </>
      )}
    </div>
  )
}

/** Bytes of bytes; not a status that is read out, which would never be silent. */
function Fetching({ model: { name, done, total } }: { model: ModelState }) {
  const words = useModelMessages()
  if (total === 0) return <p className="mt-1 text-13 text-quiet">{words.waitingForHub}</p>
  const fetched = words.fetched(showBytes(done), showBytes(total))
  return (
    <p className="mt-1 flex items-center gap-3 text-13">
      <progress
        max={total}
        value={done}
        aria-label={`${name}: ${words.statuses.fetching}`}
        className="w-40"
      />
      <span className="numbers text-quiet">{fetched}</span>
    </p>
  )
}
