import type { Field, Member } from './field'

/** What is wrong with one value of a form, for the field at its path to say in words. */
export type FieldProblem =
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-a-number' }
  | { readonly kind: 'not-whole' }
  | { readonly kind: 'too-small' | 'too-large'; readonly bound: number; readonly open: boolean }
  | { readonly kind: 'too-short' | 'too-long'; readonly bound: number }
  | { readonly kind: 'too-few' | 'too-many'; readonly bound: number }
  | { readonly kind: 'not-allowed' }

export interface PlacedProblem {
  /** Names and indexes, joined by full stops: `maps.0.steps`. */
  readonly path: string
  readonly problem: FieldProblem
}

type Values = { readonly [name: string]: unknown }

/** @returns what keeps the value from being parsed, by place; what only a refinement refuses is not found here. */
export function problemsOf(field: Field, value: unknown, path = ''): PlacedProblem[] {
  const here = (problem: FieldProblem): PlacedProblem[] => [{ path, problem }]
  switch (field.kind) {
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return here({ kind: 'not-a-number' })
      if (field.integer && !Number.isSafeInteger(value)) return here({ kind: 'not-whole' })
      const { least, most } = field
      if (least && (value < least.value || (least.open && value === least.value)))
        return here({ kind: 'too-small', bound: least.value, open: least.open })
      if (most && (value > most.value || (most.open && value === most.value)))
        return here({ kind: 'too-large', bound: most.value, open: most.open })
      return []
    }
    case 'text': {
      if (typeof value !== 'string') return here({ kind: 'missing' })
      // Blank text counts as none: schemas trim what people write.
      if (field.shortest > 0 && value.trim() === '') return here({ kind: 'missing' })
      if (value.length < field.shortest) return here({ kind: 'too-short', bound: field.shortest })
      if (field.longest !== null && value.trim().length > field.longest)
        return here({ kind: 'too-long', bound: field.longest })
      return field.pattern !== null && !new RegExp(field.pattern, 'u').test(value)
        ? here({ kind: 'not-allowed' })
        : []
    }
    case 'flag':
      return typeof value === 'boolean' ? [] : here({ kind: 'missing' })
    case 'choice':
      return typeof value === 'string' && field.options.includes(value) ? [] : here({ kind: 'not-allowed' })
    case 'list':
      return listProblems(field, value, path)
    case 'tuple':
      if (!Array.isArray(value)) return here({ kind: 'missing' })
      return field.items.flatMap((item, index) => problemsOf(item, value[index], below(path, index)))
    case 'group':
      return isValues(value) ? membersProblems(field.members, value, path) : here({ kind: 'missing' })
    case 'record':
      if (!isValues(value)) return here({ kind: 'missing' })
      return Object.entries(value).flatMap(([key, each]) =>
        field.keys && !field.keys.includes(key)
          ? [{ path: below(path, key), problem: { kind: 'not-allowed' } as const }]
          : problemsOf(field.value, each, below(path, key)),
      )
    case 'variants': {
      if (!isValues(value)) return here({ kind: 'missing' })
      const variant = field.variants.find((each) => each.value === value[field.by])
      if (!variant) return [{ path: below(path, field.by), problem: { kind: 'not-allowed' } }]
      const { [field.by]: _, ...own } = value
      return membersProblems(variant.members, own, path)
    }
    case 'either': {
      const found = field.kinds.map((kind) => problemsOf(kind, value, path))
      return found.some((problems) => problems.length === 0) ? [] : (found[0] ?? [])
    }
    case 'json':
      return value === undefined ? here({ kind: 'missing' }) : []
  }
}

function listProblems(
  { item, shortest, longest }: Extract<Field, { kind: 'list' }>,
  value: unknown,
  path: string,
): PlacedProblem[] {
  if (!Array.isArray(value)) return [{ path, problem: { kind: 'missing' } }]
  const own: PlacedProblem[] = []
  if (value.length < shortest) own.push({ path, problem: { kind: 'too-few', bound: shortest } })
  if (longest !== null && value.length > longest)
    own.push({ path, problem: { kind: 'too-many', bound: longest } })
  return [...own, ...value.flatMap((each, index) => problemsOf(item, each, below(path, index)))]
}

function membersProblems(members: readonly Member[], values: Values, path: string): PlacedProblem[] {
  const names = new Set(members.map(({ name }) => name))
  const unknown = Object.keys(values).filter((name) => !names.has(name) && values[name] !== undefined)
  return [
    ...unknown.map((name) => ({ path: below(path, name), problem: { kind: 'not-allowed' } as const })),
    ...members.flatMap(({ name, field, required }) => {
      const value = values[name]
      if (value !== undefined) return problemsOf(field, value, below(path, name))
      return required ? [{ path: below(path, name), problem: { kind: 'missing' } as const }] : []
    }),
  ]
}

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @returns the path of a part of what is at `path`. */
export function below(path: string, name: string | number): string {
  return path === '' ? String(name) : `${path}.${name}`
}
