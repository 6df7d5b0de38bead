import type { Json } from '@/lib/explainers/evidence'
import type { Field, Member } from './field'
import { isValues } from './problems'

/** Values of forms: what is as it is by default is left out, so that a stored specification says what was decided. */

/** @returns the value without the members that have their default's value, at every depth. */
export function withoutDefaults(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'list':
      return Array.isArray(value) ? value.map((each) => withoutDefaults(field.item, each)) : value
    case 'tuple':
      return Array.isArray(value)
        ? value.map((each, index) => (field.items[index] ? withoutDefaults(field.items[index], each) : each))
        : value
    case 'group':
      return isValues(value) ? membersWithoutDefaults(field.members, value) : value
    case 'record':
      return isValues(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, each]) => [key, withoutDefaults(field.value, each)]),
          )
        : value
    case 'variants': {
      if (!isValues(value)) return value
      const variant = field.variants.find((each) => each.value === value[field.by])
      if (!variant) return value
      const { [field.by]: chosen, ...own } = value
      return { [field.by]: chosen, ...membersWithoutDefaults(variant.members, own) }
    }
    default:
      return value
  }
}

function membersWithoutDefaults(members: readonly Member[], values: { readonly [name: string]: unknown }) {
  const kept: [string, unknown][] = []
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    const member = members.find((each) => each.name === name)
    const bare = member ? withoutDefaults(member.field, value) : value
    const usual = member?.default
    if (usual === undefined || !isSame(bare, member && withoutDefaults(member.field, usual)))
      kept.push([name, bare])
  }
  return Object.fromEntries(kept)
}

/** @returns whether two values are the same JSON, whatever the order of their names; undefined names count as absent. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, index) => isSame(each, other[index]))
  if (!isValues(one) || !isValues(other)) return Object.is(one, other)
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => isSame(one[name], other[name]))
}

/** @returns what a new item of a list, or a member that is set now, begins with; undefined: the person has to say. */
export function firstValue(field: Field): Json | undefined {
  switch (field.kind) {
    case 'number': {
      const { least, most } = field
      if (least && !least.open) return least.value
      return least === null && most === null ? 0 : undefined
    }
    case 'text':
      return ''
    case 'flag':
      return false
    case 'choice':
      return field.options[0]
    case 'list':
      return []
    case 'tuple':
      return field.items.map((item) => firstValue(item) ?? null)
    case 'group':
      return firstOfMembers(field.members)
    case 'record':
      return {}
    case 'variants': {
      const first = field.variants[0]
      return first && { [field.by]: first.value, ...firstOfMembers(first.members) }
    }
    case 'either':
      return field.kinds[0] && firstValue(field.kinds[0])
    case 'json':
      return undefined
  }
}

function firstOfMembers(members: readonly Member[]): { [name: string]: Json } {
  return Object.fromEntries(
    members
      .filter(({ required }) => required)
      .map(({ name, field }) => [name, firstValue(field)] as const)
      .filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}
