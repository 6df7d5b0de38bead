import type { Bilingual } from '@/lib/explainers/bilingual'
import type { FigureSpecInput } from '@/lib/explainers/figures/spec'

/** An assignment whose questions the viewer writes. */
export interface Studio {
  readonly address: string
  readonly title: Bilingual
}

/** @returns the address of the workbench with the figure on it. */
export function workbenchAddress({ address }: Studio, spec: FigureSpecInput): string {
  return `${address}/figures?${new URLSearchParams({ a: JSON.stringify(spec) })}`
}
