import { type ZodType, z } from 'zod'
import type { Json } from '@/lib/explainers/evidence'

/** What a form asks for, as data: read from a zod schema, so that a form never says anything else than the parser does. */
export type Field =
  | {
      readonly kind: 'number'
      readonly integer: boolean
      /** null: no bound. `open`: the bound itself is not allowed. */
      readonly least: Bound | null
      readonly most: Bound | null
    }
  | {
      readonly kind: 'text'
      readonly shortest: number
      readonly longest: number | null
      readonly pattern: string | null
    }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | {
      readonly kind: 'list'
      readonly item: Field
      readonly shortest: number
      readonly longest: number | null
    }
  | { readonly kind: 'tuple'; readonly items: readonly Field[] }
  | { readonly kind: 'group'; readonly members: readonly Member[] }
  /** Named values of one kind; `keys` null: any names. */
  | { readonly kind: 'record'; readonly keys: readonly string[] | null; readonly value: Field }
  /** Groups that a member with a fixed value tells apart. */
  | { readonly kind: 'variants'; readonly by: string; readonly variants: readonly Variant[] }
  /** One of several kinds, such as a number or a name. */
  | { readonly kind: 'either'; readonly kinds: readonly Field[] }
  /** Any JSON: checked by whoever it is for. */
  | { readonly kind: 'json' }

export interface Bound {
  readonly value: number
  readonly open: boolean
}

/** A named part of a group. Without a value it has its default; without a default either, it is not set. */
export interface Member {
  readonly name: string
  readonly field: Field
  readonly required: boolean
  /** undefined: there is none. */
  readonly default?: Json
}

export interface Variant {
  readonly value: string
  readonly members: readonly Member[]
}

export type FieldOf<Kind extends Field['kind']> = Extract<Field, { kind: Kind }>

/** The part of JSON Schema that zod writes for the schemas of this project. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
  readonly items?: Schema | boolean
  readonly prefixItems?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly default?: Json
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly $ref?: string
}

/**
 * @returns what a form asks for to fill the schema's input. Refinements are functions and cannot be read: what they
 * refuse is told by the parser alone.
 * @throws TypeError for a schema that no form is made for.
 */
export function fieldOf(schema: ZodType): Field {
  return read(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as Schema)
}

function read(schema: Schema): Field {
  // The only schema of this project that refers to itself is that of any JSON.
  if (schema.$ref !== undefined) return { kind: 'json' }
  const kinds = schema.oneOf ?? schema.anyOf
  if (kinds) return readKinds(kinds)
  if (typeof schema.const === 'string') return { kind: 'choice', options: [schema.const] }
  if (schema.enum) return { kind: 'choice', options: schema.enum.map(String) }
  switch (schema.type) {
    case 'integer':
    case 'number':
      return {
        kind: 'number',
        integer: schema.type === 'integer',
        least: bound(schema.minimum, schema.exclusiveMinimum),
        most: bound(schema.maximum, schema.exclusiveMaximum),
      }
    case 'string':
      return {
        kind: 'text',
        shortest: schema.minLength ?? 0,
        longest: schema.maxLength ?? null,
        pattern: schema.pattern ?? null,
      }
    case 'boolean':
      return { kind: 'flag' }
    case 'array':
      return readArray(schema)
    case 'object':
      return readObject(schema)
    default:
      throw new TypeError(`no form is made for the schema ${JSON.stringify(schema)}`)
  }
}

function readKinds(kinds: readonly Schema[]): Field {
  const by = Object.entries(kinds[0]?.properties ?? {}).find(
    ([, { const: value }]) => value !== undefined,
  )?.[0]
  if (by === undefined || kinds.some(({ properties }) => typeof properties?.[by]?.const !== 'string'))
    return { kind: 'either', kinds: kinds.map(read) }
  return {
    kind: 'variants',
    by,
    variants: kinds.map((kind) => ({
      value: String(kind.properties?.[by]?.const),
      members: membersOf(kind).filter(({ name }) => name !== by),
    })),
  }
}

function readArray({ prefixItems, items, minItems = 0, maxItems }: Schema): Field {
  if (prefixItems) return { kind: 'tuple', items: prefixItems.map(read) }
  if (typeof items !== 'object') throw new TypeError('no form is made for a list of anything')
  return { kind: 'list', item: read(items), shortest: minItems, longest: maxItems ?? null }
}

function readObject(schema: Schema): Field {
  if (schema.properties) return { kind: 'group', members: membersOf(schema) }
  const { propertyNames, additionalProperties } = schema
  // No members at all, and none allowed.
  if (typeof additionalProperties !== 'object') return { kind: 'group', members: [] }
  return { kind: 'record', keys: propertyNames?.enum?.map(String) ?? null, value: read(additionalProperties) }
}

function membersOf({ properties = {}, required = [] }: Schema): Member[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    field: read(schema),
    required: required.includes(name),
    ...(schema.default !== undefined && { default: schema.default }),
  }))
}

function bound(value: number | undefined, open: number | undefined): Bound | null {
  if (open !== undefined) return { value: open, open: true }
  // Integers are bounded by what a double can count, which is no news to anybody.
  return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? null : { value, open: false }
}
