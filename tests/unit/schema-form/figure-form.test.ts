import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ZodType } from 'zod'
import { findLabel } from '@/app/courses/[course]/[assignment]/staff/studio/schema-form/field-labels'
import { findOption } from '@/app/courses/[course]/[assignment]/staff/studio/schema-form/option-labels'
import { measurementSchema } from '@/lib/explainers/claims/measurement'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { layoutNames, startOf } from '@/lib/explainers/figures/spec-starts'
import { findMethod, listedMethods } from '@/lib/explainers/registry'
import { type Field, type FieldOf, fieldOf, type Member } from '@/lib/schema-form/field'
import { problemsOf } from '@/lib/schema-form/problems'
import { firstValue, isSame, withoutDefaults } from '@/lib/schema-form/values'

const figureField = fieldOf(figureSpecSchema) as FieldOf<'variants'>
const measurementField = fieldOf(measurementSchema) as FieldOf<'variants'>
const classifier = {
  classes: ['one', 'other'],
  layers: [
    { index: 0, type: 'Conv2d' as const, channels: 8 },
    { index: 1, type: 'ReLU' as const, channels: 8 },
  ],
}
const parameterFields = listedMethods.flatMap((method) =>
  (['homework', 'paper'] as const).map((variant) => {
    const schema = findMethod(method).explainer.parameters(variant, classifier)
    return { method, variant, schema, field: fieldOf(schema) }
  }),
)

/** Any JSON that a careless form could hold for the field: most of it right, some of it not. */
function values(field: Field): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom<unknown>(undefined, null, '', '?', -1, 0.5, 1e12, [], {}, true)
  return fc.oneof({ arbitrary: right(field), weight: 12 }, { arbitrary: wrong, weight: 1 })
}

function right(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'number': {
      const [least, most] = [field.least?.value ?? -3, field.most?.value ?? 2000]
      return field.integer
        ? fc.integer({ min: least, max: most })
        : fc.double({ min: least, max: most, noNaN: true })
    }
    case 'text':
      return fc.constantFrom('word', '蘋果', 'The officer is kind.')
    case 'flag':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...field.options)
    case 'list': {
      const length = {
        minLength: field.shortest,
        maxLength: Math.min(field.longest ?? 4, field.shortest + 3),
      }
      // No two alike, which is what the refinements ask for that a field cannot know.
      return fc.uniqueArray(values(field.item), { ...length, comparator: isSame })
    }
    case 'tuple':
      return fc.tuple(...field.items.map(values))
    case 'group':
      return members(field.members)
    case 'record':
      return fc.dictionary(
        field.keys ? fc.constantFrom(...field.keys) : fc.constantFrom('samples', 'steps'),
        values(field.value),
        { maxKeys: 2 },
      )
    case 'variants':
      return fc
        .constantFrom(...field.variants)
        .chain((variant) =>
          members(variant.members).map((own) => ({ [field.by]: variant.value, ...(own as object) })),
        )
    case 'either':
      return fc.oneof(...field.kinds.map(right))
    case 'json':
      return fc.jsonValue({ maxDepth: 1 })
  }
}

const members = (list: readonly Member[]) =>
  fc.record(Object.fromEntries(list.map(({ name, field }) => [name, values(field)])), {
    requiredKeys: list.filter(({ required }) => required).map(({ name }) => name),
  })

describe('the form of a figure', () => {
  it('offers every layout, and begins each with a figure that can be parsed', () => {
    expect(figureField.variants.map(({ value }) => value).sort()).toEqual([...layoutNames].sort())
    for (const layout of layoutNames) {
      const start = startOf(layout)
      expect(problemsOf(figureField, start), layout).toEqual([])
      const spec = figureSpecSchema.parse(start)
      const kept = withoutDefaults(figureField, spec)
      expect(kept, layout).toEqual(start)
      expect(figureSpecSchema.parse(kept), layout).toEqual(spec)
    }
  })

  it('leaves defaults out without changing what is meant', () => {
    fc.assert(
      fc.property(right(figureField), (value) => {
        const parsed = figureSpecSchema.safeParse(value)
        if (!parsed.success) return
        const kept = withoutDefaults(figureField, parsed.data)
        expect(figureSpecSchema.parse(kept)).toEqual(parsed.data)
        expect(withoutDefaults(figureField, kept)).toEqual(kept)
      }),
    )
  })

  it('finds what the parser refuses, for figures, measurements and parameters alike', () => {
    const schemas: readonly { readonly schema: ZodType; readonly field: Field }[] = [
      { schema: figureSpecSchema, field: figureField },
      { schema: measurementSchema, field: measurementField },
      ...parameterFields,
    ]
    let refused = 0
    for (const { schema, field } of schemas)
      fc.assert(
        fc.property(values(field), (value) => {
          const parsed = schema.safeParse(value)
          const problems = problemsOf(field, value)
          if (parsed.success) {
            expect(problems).toEqual([])
            return
          }
          refused++
          // A refinement is a function: only the parser can tell.
          if (parsed.error.issues.every(({ code }) => code === 'custom')) return
          expect(problems.length, JSON.stringify(value)).toBeGreaterThan(0)
        }),
      )
    expect(refused).toBeGreaterThan(20)
  })

  it('begins new items with values of their kind', () => {
    for (const { schema, field } of parameterFields)
      expect(schema.safeParse(firstValue(field)).success).toBe(true)
  })
})

describe('labels of fields', () => {
  const unlabelled: string[] = []
  const isWritten = (text: { zh: string; en: string } | undefined) =>
    text !== undefined && /\S/.test(text.zh) && /\S/.test(text.en)
  function checkMembers(scope: string, members: readonly Member[], path: string): void {
    for (const { name, field } of members) {
      const where = path === '' ? name : `${path}.${name}`
      const found = findLabel(scope, where)
      const texts = found && [found.label, found.help ?? found.label, found.unit ?? found.label]
      if (!texts?.every(isWritten)) unlabelled.push(`${scope}.${where}`)
      check(scope, field, where)
    }
  }
  function check(scope: string, field: Field, path: string): void {
    if (field.kind === 'group') checkMembers(scope, field.members, path)
    if (field.kind === 'variants')
      for (const { members } of field.variants) checkMembers(scope, members, path)
    if (field.kind === 'list') check(scope, field.item, path)
    if (field.kind === 'tuple') for (const item of field.items) check(scope, item, path)
    if (field.kind === 'record') check(scope, field.value, path)
    if (field.kind === 'either') for (const kind of field.kinds) check(scope, kind, path)
    if (field.kind === 'choice')
      for (const option of field.options)
        if (!isWritten(findOption(option) ?? undefined)) unlabelled.push(`${scope}.${path}: ${option}`)
  }

  it('are there in both languages for every field and choice', () => {
    for (const [name, { variants }] of [
      ['figure', figureField],
      ['measurement', measurementField],
    ] as const)
      for (const { value, members } of variants) {
        if (!isWritten(findOption(value) ?? undefined)) unlabelled.push(`${name}: ${value}`)
        checkMembers(`${name}.${value}`, members, '')
      }
    for (const { method, field } of parameterFields) check(`method.${method}`, field, '')
    expect(unlabelled).toEqual([])
  })
})
