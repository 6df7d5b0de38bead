import type { SpaceToken } from '@/lib/explorations/view'

export type DrawnKind = Exclude<SpaceToken['kind'], 'special'>

/** In the order in which they are drawn: what matters most lies on top. */
export const drawnKinds = ['context', 'question', 'answer'] as const satisfies readonly DrawnKind[]

/** Colour and shape say the same. */
export const kindColour: Readonly<Record<DrawnKind, string>> = {
  question: 'var(--question)',
  context: 'var(--context)',
  answer: 'var(--answer)',
}

/** Path of a mark around a place; `size` is half its side. */
export function markPath(kind: DrawnKind, x: number, y: number, size: number): string {
  const at = (left: number, top: number) => `${left.toFixed(1)} ${top.toFixed(1)}`
  if (kind === 'answer') {
    const reach = size * 1.5
    return `M${at(x, y - reach)}L${at(x + reach, y)}L${at(x, y + reach)}L${at(x - reach, y)}Z`
  }
  if (kind === 'question') return `M${at(x - size, y - size)}h${2 * size}v${2 * size}h${-2 * size}Z`
  return `M${at(x - size, y)}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`
}
