'use client'

import { useEffect, useId, useMemo, useState } from 'react'
import { usePreferences } from '@/app/components/preferences'
import { ReadyFieldset } from '@/app/components/ready-fieldset'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { methodsOf } from '@/lib/explainers/figures/spec-methods'
import { layoutNames } from '@/lib/explainers/figures/spec-starts'
import type { FigureMaterial } from '@/lib/figure-previews/view'
import { problemsOf } from '@/lib/schema-form/problems'
import { isSame } from '@/lib/schema-form/values'
import { useSchemaFormMessages } from '../schema-form/messages'
import { findOption } from '../schema-form/option-labels'
import { SchemaForm } from '../schema-form/schema-form'
import {
  draftOf,
  type FigureDraft,
  familyOf,
  figureField,
  membersOf,
  modelOf,
  shapeOf,
  specOf,
  withLayout,
} from './figure-draft'
import { issuesOf, parameterProblems } from './figure-issues'
import { widgetFor } from './figure-widgets'
import { useFigureEditorMessages } from './messages'
import { ParameterFields } from './parameter-fields'
import { useMaterial, useSentenceWords } from './use-material'

export interface FigureEditorProps {
  /** Whose pictures and models there are to choose from. */
  courseSlug: string
  /** null: no figure. */
  value: FigureSpec | null
  /** Told of every change that can be parsed; until then the form keeps what is typed. */
  onChange: (spec: FigureSpec | null) => void
  /** Told how many fields keep the figure from being made. */
  onProblems?: (count: number) => void
  /** Whether a figure has to be there. */
  required?: boolean
  /** Paths at which another setting differs, to be marked. */
  differences?: ReadonlySet<string>
}

/** Chooses a figure: its kind, and everything that its kind can be told, by a form made from the specification's schema. */
export function FigureEditor(props: FigureEditorProps) {
  const messages = useFigureEditorMessages()
  const { material, failed, again } = useMaterial(props.courseSlug)
  if (material) return <LoadedEditor {...props} material={material} />
  return (
    <div role="status" className="min-h-72 text-13 text-quiet">
      {failed ? (
        <>
          {messages.unread}{' '}
          <button type="button" className="link" onClick={again}>
            {messages.again}
          </button>
        </>
      ) : (
        <>
          <span className="sr-only">{messages.loading}</span>
          <div className="skeleton h-11 w-full" />
          <div className="skeleton mt-5 h-40 w-full" />
          <div className="skeleton mt-5 h-11 w-2/3" />
        </>
      )}
    </div>
  )
}

/** What every figure can be told comes after what makes this kind. */
const shared = ['model', 'variant', 'seed', 'parameters']

function LoadedEditor({
  courseSlug,
  value,
  onChange,
  onProblems,
  required = false,
  differences,
  material,
}: FigureEditorProps & { material: FigureMaterial }) {
  const [draft, setDraft] = useState<FigureDraft | null>(() => value && draftOf(value))
  const [told, setTold] = useState(value)
  // Another figure from outside than what this form said last.
  if (!isSame(value, told)) {
    setTold(value)
    setDraft(value && draftOf(value))
  }
  const change = (next: FigureDraft | null) => {
    setDraft(next)
    const spec = next && specOf(next)
    if (next !== null && spec === null) return
    setTold(spec)
    onChange(spec)
  }
  const model = draft ? modelOf(draft) : ''
  const isText = draft !== null && familyOf(draft.layout) !== 'classifier'
  const sentence = isText && typeof draft.sentence === 'string' ? draft.sentence : ''
  const words = useSentenceWords(courseSlug, model, sentence)
  const problems = useProblems(draft, material, words)
  const count = problems.size
  useEffect(() => onProblems?.(count), [onProblems, count])
  const widgetOf = useMemo(
    () => (draft ? (path: string) => widgetFor(path, { draft, material, words }) : () => null),
    [draft, material, words],
  )
  return (
    <ReadyFieldset>
      <div className="grid gap-6">
        <LayoutSelect
          layout={draft?.layout ?? null}
          required={required}
          onChange={(layout) => change(layout && withLayout(draft, layout))}
        />
        {draft && (
          <DraftForm
            draft={draft}
            material={material}
            problems={problems}
            widgetOf={widgetOf}
            {...(differences && { differences })}
            onChange={change}
          />
        )}
      </div>
    </ReadyFieldset>
  )
}

function DraftForm({
  draft,
  material,
  onChange,
  ...form
}: {
  draft: FigureDraft
  material: FigureMaterial
  problems: ReadonlyMap<string, string>
  widgetOf: (path: string) => ReturnType<typeof widgetFor>
  differences?: ReadonlySet<string>
  onChange: (draft: FigureDraft) => void
}) {
  const members = membersOf(draft.layout)
  const own = members.filter(({ name }) => !shared.includes(name))
  const common = shared.flatMap((name) =>
    name === 'parameters' ? [] : members.filter((member) => member.name === name),
  )
  const shape = useMemo(() => shapeOf(draft), [draft])
  const { layout, ...values } = draft
  const change = (next: { readonly [name: string]: unknown }) => onChange({ ...next, layout })
  const scope = `figure.${layout}`
  return (
    <>
      <SchemaForm {...form} scope={scope} members={own} values={values} onChange={change} />
      <div className="border-t pt-5">
        <SchemaForm {...form} scope={scope} members={common} values={values} onChange={change} />
      </div>
      {methodsOf(shape).length > 0 && (
        <div className="border-t pt-5">
          <ParameterFields
            spec={shape}
            value={draft.parameters}
            material={material}
            problems={form.problems}
            {...(form.differences && { differences: form.differences })}
            onChange={(parameters) => {
              const { parameters: _, ...rest } = values
              change(parameters === undefined ? rest : { ...rest, parameters })
            }}
          />
        </div>
      )}
    </>
  )
}

function LayoutSelect({
  layout,
  required,
  onChange,
}: {
  layout: FigureSpec['layout'] | null
  required: boolean
  onChange: (layout: FigureSpec['layout'] | null) => void
}) {
  const messages = useFigureEditorMessages()
  const { language } = usePreferences()
  const id = useId()
  const options = (isText: boolean) =>
    layoutNames
      .filter((name) => (familyOf(name) !== 'classifier') === isText)
      .map((name) => (
        <option key={name} value={name}>
          {findOption(name)?.[language.interface] ?? name}
        </option>
      ))
  return (
    <div>
      <label htmlFor={id} className="block text-13 font-[540]">
        {messages.layout}
      </label>
      <select
        id={id}
        className="field mt-1.5"
        value={layout ?? ''}
        onChange={({ target }) =>
          onChange(target.value === '' ? null : (target.value as FigureSpec['layout']))
        }
      >
        {!required && <option value="">{messages.none}</option>}
        <optgroup label={messages.ofPictures}>{options(false)}</optgroup>
        <optgroup label={messages.ofTexts}>{options(true)}</optgroup>
      </select>
    </div>
  )
}

/** What keeps the figure from being made, in words, by the field that says it. */
function useProblems(
  draft: FigureDraft | null,
  material: FigureMaterial,
  words: Parameters<typeof issuesOf>[2],
): ReadonlyMap<string, string> {
  const form = useSchemaFormMessages()
  const editor = useFigureEditorMessages()
  return useMemo(() => {
    if (!draft) return new Map()
    const spec = specOf(draft)
    const found = [
      ...problemsOf(figureField, draft),
      ...parameterProblems(shapeOf(draft), draft.parameters, material),
    ].map(({ path, problem }) => [path, form.problem(problem)] as const)
    const missing = spec
      ? issuesOf(spec, material, words).map(({ path, issue }) => [path, editor.issue(issue)] as const)
      : []
    const problems = new Map([...missing, ...found].reverse())
    // What only a refinement refuses has no field to say it.
    if (!spec && problems.size === 0) problems.set('', form.problem({ kind: 'not-allowed' }))
    return problems
  }, [draft, material, words, form, editor])
}
