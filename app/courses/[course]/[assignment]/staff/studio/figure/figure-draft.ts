import { type FigureSpec, figureSpecSchema, isLanguageSpec } from '@/lib/explainers/figures/spec'
import { startOf } from '@/lib/explainers/figures/spec-starts'
import { type FieldOf, fieldOf, type Member } from '@/lib/schema-form/field'
import { below, isValues, problemsOf } from '@/lib/schema-form/problems'
import { isSame, withoutDefaults } from '@/lib/schema-form/values'

/** A specification while it is edited: maybe incomplete or wrong, without what is as it is by default. */
export type FigureDraft = { readonly layout: FigureSpec['layout'] } & { readonly [name: string]: unknown }

export const figureField = fieldOf(figureSpecSchema) as FieldOf<'variants'>

export function draftOf(spec: FigureSpec): FigureDraft {
  return withoutDefaults(figureField, spec) as FigureDraft
}

/** @returns null while the draft cannot be parsed. */
export function specOf(draft: FigureDraft): FigureSpec | null {
  return figureSpecSchema.safeParse(draft).data ?? null
}

/**
 * @returns the specification that the draft would be if what is wrong in it were as its layout begins, without parameters:
 * what the form needs to know of an unfinished draft.
 */
export function shapeOf(draft: FigureDraft): FigureSpec {
  const start: { readonly [name: string]: unknown } = startOf(draft.layout)
  const right = membersOf(draft.layout).flatMap(({ name, field }) => {
    if (name === 'parameters') return []
    const isRight = draft[name] !== undefined && problemsOf(field, draft[name]).length === 0
    return [[name, isRight ? draft[name] : start[name]] as const]
  })
  const { layout } = draft
  // What only a refinement refuses, such as the same picture twice, leaves the layout's own beginning.
  return specOf({ ...Object.fromEntries(right), layout }) ?? figureSpecSchema.parse(start)
}

export function membersOf(layout: FigureSpec['layout']): readonly Member[] {
  return figureField.variants.find(({ value }) => value === layout)?.members ?? []
}

/** @returns the model's name, also where it is the layout's usual one. */
export function modelOf({ layout, model }: FigureDraft): string {
  return String(model ?? membersOf(layout).find(({ name }) => name === 'model')?.default ?? '')
}

/**
 * @returns the draft in another layout: what both can say stays, where they are made of the same kind of model; the rest
 * is as the layout begins.
 */
export function withLayout(draft: FigureDraft | null, layout: FigureSpec['layout']): FigureDraft {
  const start = startOf(layout) as unknown as FigureDraft
  if (!draft || familyOf(draft.layout) !== familyOf(layout)) return start
  const offered: { readonly [name: string]: unknown } = {
    ...draft,
    // One picture of several is the first, several begin with the one.
    ...(Array.isArray(draft.pictures) && { picture: draft.pictures[0] }),
    ...('picture' in draft && { pictures: [draft.picture] }),
  }
  const kept = membersOf(layout).filter(
    ({ name, field }) => offered[name] !== undefined && problemsOf(field, offered[name]).length === 0,
  )
  return { ...start, ...Object.fromEntries(kept.map(({ name }) => [name, offered[name]])), layout }
}

/** The kind of model that a layout is made of. */
export function familyOf(layout: FigureSpec['layout']): 'classifier' | 'masked' | 'answering' {
  if (layout === 'embedding-space') return 'answering'
  return isLanguageSpec({ layout } as FigureSpec) ? 'masked' : 'classifier'
}

/** @returns the paths of what two drafts have differently, parameters of methods one by one. */
export function differencesOf(one: FigureDraft, other: FigureDraft): string[] {
  return differing(one, other, '')
}

function differing(one: unknown, other: unknown, path: string): string[] {
  if (isSame(one, other)) return []
  // A group that only one of them has is compared with an empty one.
  const [mine, theirs] = [one ?? {}, other ?? {}]
  if (!isValues(mine) || !isValues(theirs)) return [path]
  const names = new Set([...Object.keys(mine), ...Object.keys(theirs)])
  return [...names].flatMap((name) => differing(mine[name], theirs[name], below(path, name)))
}
