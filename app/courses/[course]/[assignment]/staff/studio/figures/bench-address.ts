import { type FigureSpec, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { startOf } from '@/lib/explainers/figures/spec-starts'
import { draftOf } from '../figure/figure-draft'

/** The two settings on the workbench; B is there when somebody compares. */
export interface Bench {
  readonly a: FigureSpec
  readonly b: FigureSpec | null
}

type Query = { readonly [name: string]: string | string[] | undefined }

/** @param query of an address, maybe typed by hand: what it says wrongly counts as not said. */
export function readBench(query: Query): Bench {
  return {
    a: readSpec(query.a) ?? figureSpecSchema.parse(startOf('maps')),
    b: readSpec(query.b),
  }
}

/** @returns the query of the address that shows the settings again, without what is as it is by default. */
export function writeBench({ a, b }: Bench): string {
  const query = new URLSearchParams({ a: JSON.stringify(draftOf(a)) })
  if (b) query.set('b', JSON.stringify(draftOf(b)))
  return query.toString()
}

function readSpec(text: string | string[] | undefined): FigureSpec | null {
  if (typeof text !== 'string') return null
  try {
    return figureSpecSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
