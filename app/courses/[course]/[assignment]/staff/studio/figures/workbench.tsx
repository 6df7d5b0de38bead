'use client'

import { Copy, Plus, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useInBrowser } from '@/app/components/local-time'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { differencesOf, draftOf } from '../figure/figure-draft'
import { FigureEditor } from '../figure/figure-editor'
import { FigurePreview } from '../figure/figure-preview'
import { useFigureEditorMessages } from '../figure/messages'
import { type Bench, writeBench } from './bench-address'
import { Differences } from './differences'
import { type OfferedQuestion, UseInQuestion } from './use-in-question'

/** One setting, or two side by side with what differs between them. */
export function Workbench({
  courseSlug,
  studio,
  given,
  questions,
}: {
  courseSlug: string
  /** Address of the studio. */
  studio: string
  given: Bench
  questions: readonly OfferedQuestion[]
}) {
  const messages = useFigureEditorMessages()
  const ready = useInBrowser()
  const [bench, setBench] = useState(given)
  useEffect(() => {
    window.history.replaceState(null, '', `${studio}/figures?${writeBench(bench)}`)
  }, [bench, studio])
  const { a, b } = bench
  const differences = useMemo(() => (b ? differencesOf(draftOf(a), draftOf(b)) : []), [a, b])
  const marked = useMemo(() => new Set(differences), [differences])
  const shared = { courseSlug, studio, questions, differences: marked }
  return (
    <>
      <div className="mt-6 flex flex-wrap gap-3">
        {b ? (
          <>
            <button type="button" className="button" onClick={() => setBench({ a, b: a })}>
              <Copy size={17} aria-hidden="true" />
              {messages.copyAToB}
            </button>
            <button type="button" className="button" onClick={() => setBench({ a, b: null })}>
              <X size={17} aria-hidden="true" />
              {messages.closeCompare}
            </button>
          </>
        ) : (
          <button type="button" className="button" disabled={!ready} onClick={() => setBench({ a, b: a })}>
            <Plus size={17} aria-hidden="true" />
            {messages.compare}
          </button>
        )}
      </div>
      {b && <Differences a={a} b={b} paths={differences} />}
      <div className={b ? 'mt-8 grid gap-x-8 gap-y-12 lg:grid-cols-2 lg:gap-y-0' : 'mt-8'}>
        <Setting
          {...shared}
          title={b ? messages.settingA : null}
          spec={a}
          wide={!b}
          onChange={(next) => setBench((now) => ({ ...now, a: next }))}
        />
        {b && (
          <Setting
            {...shared}
            title={messages.settingB}
            spec={b}
            wide={false}
            onChange={(next) => setBench((now) => ({ ...now, b: next }))}
          />
        )}
      </div>
    </>
  )
}

function Setting({
  title,
  spec,
  wide,
  courseSlug,
  studio,
  questions,
  differences,
  onChange,
}: {
  /** null: it is the only one. */
  title: string | null
  spec: FigureSpec
  /** Whether form and figure stand side by side. */
  wide: boolean
  courseSlug: string
  studio: string
  questions: readonly OfferedQuestion[]
  differences: ReadonlySet<string>
  onChange: (spec: FigureSpec) => void
}) {
  const messages = useFigureEditorMessages()
  const [problems, setProblems] = useState(0)
  return (
    <section
      aria-label={title ?? messages.settingA}
      className={
        wide
          ? 'grid items-start gap-8 lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)]'
          : // The two figures begin at the same height, however long the forms above them are.
            'min-w-0 lg:row-span-3 lg:grid lg:grid-rows-subgrid'
      }
    >
      {title && <h2 className="mb-4 text-21 font-[580]">{title}</h2>}
      <div className="min-w-0">
        <FigureEditor
          courseSlug={courseSlug}
          value={spec}
          required
          differences={differences}
          onChange={(next) => next && onChange(next)}
          onProblems={setProblems}
        />
      </div>
      <div className={wide ? 'min-w-0' : 'mt-8 min-w-0'}>
        <FigurePreview courseSlug={courseSlug} spec={spec} complete={problems === 0} />
        <UseInQuestion spec={spec} complete={problems === 0} questions={questions} studio={studio} />
      </div>
    </section>
  )
}
