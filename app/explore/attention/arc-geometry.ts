import type { Link } from './visible-weights'

/** Where a token stands on the line of the sentence, in pixels. */
export interface Place {
  readonly start: number
  readonly end: number
}

export interface Arc {
  readonly link: Link
  /** SVG path in a box whose line is at the bottom (or left, for a sentence that runs downwards). */
  readonly path: string
}

/** Ends of arcs stand a little apart, so that links to and from one token can be told apart. */
const SPREAD = 0.25

/**
 * Arcs over a line, the longer the higher, all within `depth`.
 *
 * @param vertical the line runs downwards, and arcs go to the right of it
 */
export function layArcs(
  links: readonly Link[],
  places: readonly Place[],
  depth: number,
  vertical: boolean,
): Arc[] {
  const longest = (places.at(-1)?.end ?? 0) - (places[0]?.start ?? 0) || 1
  return links.flatMap((link) => {
    const [from, to] = [places[link.from], places[link.to]]
    if (!from || !to) return []
    const forward = link.to >= link.from
    const leave = at(from, forward ? 0.5 + SPREAD : 0.5 - SPREAD)
    const arrive =
      link.to === link.from ? at(from, 0.5 - SPREAD) : at(to, forward ? 0.5 - SPREAD : 0.5 + SPREAD)
    const length = Math.abs(arrive - leave)
    // A cubic's top is at three quarters of its handles. Short arcs grow faster, so that neighbours are seen.
    const rise = Math.min(depth - 3, Math.max(10, depth * Math.sqrt(length / longest))) / 0.75
    return [{ link, path: cubic(leave, arrive, rise, depth, vertical) }]
  })
}

function at({ start, end }: Place, share: number): number {
  return start + (end - start) * share
}

function cubic(leave: number, arrive: number, rise: number, depth: number, vertical: boolean): string {
  const r = (value: number) => Math.round(value * 10) / 10
  if (vertical) return `M0 ${r(leave)}C${r(rise)} ${r(leave)} ${r(rise)} ${r(arrive)} 0 ${r(arrive)}`
  const top = r(depth - rise)
  return `M${r(leave)} ${depth}C${r(leave)} ${top} ${r(arrive)} ${top} ${r(arrive)} ${depth}`
}
