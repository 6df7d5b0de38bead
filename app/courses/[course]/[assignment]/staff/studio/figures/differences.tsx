'use client'

import { usePreferences } from '@/app/components/preferences'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { isValues } from '@/lib/schema-form/problems'
import { draftOf } from '../figure/figure-draft'
import { useFigureEditorMessages } from '../figure/messages'
import { findLabel } from '../schema-form/field-labels'
import { useSchemaFormMessages } from '../schema-form/messages'
import { findOption } from '../schema-form/option-labels'
import { useValueWords } from '../schema-form/value-words'

/** What two settings have differently, a row each. */
export function Differences({ a, b, paths }: { a: FigureSpec; b: FigureSpec; paths: readonly string[] }) {
  const messages = useFigureEditorMessages()
  const form = useSchemaFormMessages()
  const wordsOf = useValueWords()
  const labelOf = useLabels(a)
  if (paths.length === 0)
    return (
      <p role="status" className="mt-4 text-quiet">
        {messages.same}
      </p>
    )
  const [mine, theirs] = [draftOf(a), draftOf(b)]
  const words = (value: unknown) => (value === undefined ? form.isDefault : wordsOf(value))
  return (
    <div className="mt-5 overflow-x-auto">
      <table className="text-13">
        <caption className="pb-1 text-left font-[560]">{messages.differences}</caption>
        <thead className="text-left text-quiet">
          <tr>
            <th scope="col" className="border-b py-1.5 pr-6 font-normal">
              {messages.setting}
            </th>
            <th scope="col" className="border-b py-1.5 pr-6 font-normal">
              A
            </th>
            <th scope="col" className="border-b py-1.5 font-normal">
              B
            </th>
          </tr>
        </thead>
        <tbody>
          {paths.map((path) => (
            <tr key={path}>
              <th scope="row" className="border-b py-1.5 pr-6 text-left font-[540]">
                {labelOf(path)}
              </th>
              <td className="numbers border-b py-1.5 pr-6">{words(valueAt(mine, path))}</td>
              <td className="numbers border-b py-1.5">{words(valueAt(theirs, path))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function useLabels({ layout }: FigureSpec): (path: string) => string {
  const messages = useFigureEditorMessages()
  const { language } = usePreferences()
  const spoken = language.interface
  return (path) => {
    if (path === 'layout') return messages.layout
    const [first, method, ...rest] = path.split('.')
    if (first === 'parameters' && method !== undefined && rest.length > 0) {
      const name = rest.join('.')
      const label = findLabel(`method.${method}`, name)?.label[spoken] ?? name
      return `${findOption(method)?.[spoken] ?? method}: ${label}`
    }
    return findLabel(`figure.${layout}`, path)?.label[spoken] ?? path
  }
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((inside: unknown, name) => (isValues(inside) ? inside[name] : undefined), value)
}
