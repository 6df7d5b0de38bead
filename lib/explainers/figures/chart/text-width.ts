/** Widths of Inter's characters relative to its size; a Chinese character is as wide as it is high. */
const NARROW = new Set([..."iljftI.,:;'’!|()[]-–"])
const WIDE = new Set([...'mwMW@%—'])

/** @returns about how wide a text is, a little more rather than less. */
export function textWidth(text: string, size: number): number {
  let width = 0
  for (const character of text) {
    if (character.codePointAt(0)! >= 0x2e80) width += 1
    else if (NARROW.has(character)) width += 0.36
    else if (WIDE.has(character)) width += 0.92
    else if (character >= 'A' && character <= 'Z') width += 0.72
    else width += 0.61
  }
  return width * size
}
