import type { GivenSentence } from '@/lib/explorations/view'

/** A piece of a sentence that is chosen as a whole, [start, end) in UTF-16 units. */
export type Span = readonly [start: number, end: number]

/** @returns the pieces of a sentence: every Chinese character for itself, letters and digits in a row as one word. */
export function piecesOf(text: string): Span[] {
  return [...text.matchAll(/[\p{Script=Latin}\p{N}]+|\S/gu)].map(({ 0: piece, index }) => [
    index,
    index + piece.length,
  ])
}

/**
 * What is selected after a press on a piece. Beside the selection it grows by the piece; at its end it shrinks by it;
 * anywhere else the piece alone is selected.
 * @param pieces of the sentence, from `piecesOf`
 * @returns never an empty selection, and never one with a gap
 */
export function pressPiece(pieces: readonly Span[], selection: Span, pressed: number): Span {
  const piece = pieces[pressed]
  if (!piece) return selection
  const chosen = pieces.flatMap((other, index) => (isWithin(other, selection) ? [index] : []))
  const [first, last] = [chosen[0], chosen.at(-1)]
  if (first === undefined || last === undefined) return piece
  if (pressed === first - 1) return [piece[0], selection[1]]
  if (pressed === last + 1) return [selection[0], piece[1]]
  if (chosen.length > 1 && pressed === first) return [pieces[first + 1]![0], selection[1]]
  if (chosen.length > 1 && pressed === last) return [selection[0], pieces[last - 1]![1]]
  return piece
}

export function isWithin(piece: Span, selection: Span): boolean {
  return piece[0] < selection[1] && piece[1] > selection[0]
}

/** @returns the sentences with the first place of `part` selected in each; null where one of them lacks it. */
export function selectEverywhere(sentences: readonly GivenSentence[], part: string): GivenSentence[] | null {
  const selected = sentences.flatMap((sentence) => {
    const start = sentence.text.indexOf(part)
    return start < 0 ? [] : [{ ...sentence, selection: [start, start + part.length] as const }]
  })
  return selected.length === sentences.length ? selected : null
}

/** @returns what is selected in all sentences alike; null where they differ. */
export function commonSelection(sentences: readonly GivenSentence[]): string | null {
  const parts = new Set(sentences.map(({ text, selection }) => text.slice(...selection)))
  return parts.size === 1 ? [...parts][0]! : null
}

/** @returns a typed sentence with a selection that stands in it: the former characters, else the first piece. */
export function retype(former: GivenSentence, text: string): GivenSentence {
  const part = former.text.slice(...former.selection)
  const start = part ? text.indexOf(part) : -1
  const selection: Span = start >= 0 ? [start, start + part.length] : (piecesOf(text)[0] ?? [0, text.length])
  return { ...former, text, selection }
}
