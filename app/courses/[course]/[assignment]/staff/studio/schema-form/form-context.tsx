'use client'

import { type ComponentType, createContext, type ReactNode, use } from 'react'
import type { Field, Member } from '@/lib/schema-form/field'

/** What a control of a form is given. */
export interface ControlProps<Value = unknown> {
  readonly path: string
  readonly field: Field
  /** undefined: not set. */
  readonly value: Value
  /** undefined: there is none. */
  readonly usual: unknown
  readonly onChange: (value: unknown) => void
  /** For the element that takes the focus; a group of controls is named by `labelledBy` instead. */
  readonly control: {
    readonly id: string
    readonly 'aria-describedby': string
    readonly 'aria-invalid': boolean
  }
  readonly labelledBy: string
}

/** A control for a field that is better chosen than typed. */
export interface Widget {
  readonly render: (props: ControlProps) => ReactNode
  /** Whether it is one control that its label names, not a group of them. */
  readonly single?: boolean
}

export interface FormContext {
  /** The schema's own name, by which its fields are labelled: `figure.maps`. */
  readonly scope: string
  /** What is wrong, in words, by path. */
  readonly problems: ReadonlyMap<string, string>
  /** Paths of members that another form has otherwise. */
  readonly differences?: ReadonlySet<string>
  readonly widgetOf?: (path: string, field: Field) => Widget | null
}

type Values = { readonly [name: string]: unknown }

export interface MembersProps {
  readonly members: readonly Member[]
  readonly values: Values
  readonly onChange: (values: Values) => void
  readonly path?: string
}

/** Fields hold fields: what draws them reaches its own kind through the form. */
interface Parts {
  readonly Members: ComponentType<MembersProps>
  readonly Control: ComponentType<ControlProps>
}

const Context = createContext<(FormContext & Parts) | null>(null)

export const FormProvider = Context.Provider

export function useForm(): FormContext & Parts {
  const value = use(Context)
  if (!value) throw new Error('useForm: there is no form above')
  return value
}

/** @returns what is wrong with the value at the path, or with a part of it that has no place of its own to say it. */
export function problemAt(
  problems: FormContext['problems'],
  path: string,
  withParts: boolean,
): string | null {
  const own = problems.get(path)
  if (own !== undefined || !withParts) return own ?? null
  for (const [place, words] of problems) if (place.startsWith(`${path}.`)) return words
  return null
}
