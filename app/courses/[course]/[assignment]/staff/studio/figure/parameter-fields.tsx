'use client'

import { usePreferences } from '@/app/components/preferences'
import type { FigureSpec } from '@/lib/explainers/figures/spec'
import { methodsOf } from '@/lib/explainers/figures/spec-methods'
import type { FigureMaterial } from '@/lib/figure-previews/view'
import { isValues } from '@/lib/schema-form/problems'
import { findOption } from '../schema-form/option-labels'
import { SchemaForm } from '../schema-form/schema-form'
import { useFigureEditorMessages } from './messages'

/** What the figure's methods can be told, with the defaults of the chosen variant. */
export function ParameterFields({
  spec,
  value,
  material,
  problems,
  differences,
  onChange,
}: {
  spec: FigureSpec
  /** By method, only what differs from the defaults. */
  value: unknown
  material: FigureMaterial
  problems: ReadonlyMap<string, string>
  differences?: ReadonlySet<string>
  onChange: (value: { readonly [method: string]: unknown } | undefined) => void
}) {
  const messages = useFigureEditorMessages()
  const { language } = usePreferences()
  const model = material.classifiers.find(({ name }) => name === spec.model)
  const given = isValues(value) ? value : {}
  return (
    <div className="grid gap-6">
      {methodsOf(spec).map(({ method, decided }) => {
        const members = (model?.parameters[spec.variant][method] ?? []).filter(
          ({ name }) => !decided.includes(name),
        )
        const own = given[method]
        const prefix = `parameters.${method}.`
        return (
          <fieldset key={method} className="min-w-0">
            <legend className="mb-3 text-15 font-[580]">
              {findOption(method)?.[language.interface] ?? method}
            </legend>
            {members.length === 0 ? (
              <p className="text-13 text-quiet">{messages.nothingToSet}</p>
            ) : (
              <SchemaForm
                scope={`method.${method}`}
                members={members}
                values={isValues(own) ? own : {}}
                problems={withoutPrefix(problems, prefix)}
                {...(differences && {
                  differences: new Set(
                    [...differences]
                      .filter((path) => path.startsWith(prefix))
                      .map((path) => path.slice(prefix.length)),
                  ),
                })}
                onChange={(next) => {
                  const { [method]: _, ...others } = given
                  const all = Object.keys(next).length > 0 ? { ...others, [method]: next } : others
                  onChange(Object.keys(all).length > 0 ? all : undefined)
                }}
              />
            )}
          </fieldset>
        )
      })}
    </div>
  )
}

function withoutPrefix(problems: ReadonlyMap<string, string>, prefix: string): ReadonlyMap<string, string> {
  return new Map(
    [...problems]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, words]) => [path.slice(prefix.length), words]),
  )
}
